// fetch/store.hpp -- what is kept between two runs: answers, for a day, and who was asked when.
//
// One directory; programs that run at the same time take turns by a lock. Without a directory
// nothing is kept and nothing is limited. Throws IoError.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/network/fetched.hpp"

namespace ndr {

class Store {
public:
    // Made if it is missing; "" for none.
    explicit Store(std::string directory);

    // The answer to that question, not older than a day; or of any age.
    std::optional<std::vector<Fetched>> fresh(const std::string& question, Instant now) const;
    std::optional<std::vector<Fetched>> any(const std::string& question) const;
    // Keeps it; answers that are a week old go.
    void keep(const std::string& question, const std::vector<Fetched>& answers) const;

    // A server may be asked ten times a minute (LACNIC's limit), and not before it said. Throws
    // Failure (temp_fail) saying how long to wait, else notes that it was asked.
    void take_turn(const std::string& server, Instant now) const;
    // The server wants to be left alone.
    void hold_off(const std::string& server, Instant until) const;

private:
    std::string directory_;
};

}  // namespace ndr
