// action/callers/postfix.hpp -- the two ways in which Postfix runs us, and its main.cf.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/action/callers.hpp"

namespace ndr {

// Lines of Postfix's files: one that begins with a blank goes on with the one before (postconf(5)).
std::vector<std::string> logical_lines(const std::string& text);

class MainCf {
public:
    explicit MainCf(const std::string& text) : lines_(logical_lines(text)) {}

    bool is_there() const { return !lines_.empty(); }
    // The last value of a parameter, `otherwise` if it is not set.
    std::string value(std::string_view name, std::string_view otherwise = "") const;

private:
    std::vector<std::string> lines_;
};

// Services of pipe(8) in master.cf.
void check_services(const CallerSite& site, const MainCf& main_cf, std::vector<Checked>& all);

// Commands that local(8) runs: named by the aliases, by files these include, and by ~/.forward of
// the ledger's owner.
void check_local_commands(const CallerSite& site, const MainCf& main_cf, std::vector<Checked>& all);

}  // namespace ndr
