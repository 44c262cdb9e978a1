// action/callers/findings.hpp -- what is said of one caller, and the files it is found in.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/action/checkup.hpp"

namespace ndr {

// All that is wrong with one way to call us; if nothing is, that it works.
class Findings {
public:
    // "Postfix: service ndr-triage" leads each line.
    explicit Findings(std::string subject) : subject_(std::move(subject)) {}

    void broken(const std::string& what, const std::string& remedy);
    void warn(const std::string& what, const std::string& remedy);
    // Whoever is not the ledger's `owner` cannot open it. The remedy names the right user.
    void run_by(const std::string& user, const std::string& owner, const std::string& remedy);
    void add_to(std::vector<Checked>& all) &&;

private:
    std::string subject_;
    std::string user_;
    std::vector<Checked> found_;
};

// "" for a file that is not there, or not for us to read.
std::string text_of(const std::string& path);
bool is_there(const std::string& path);
// Its user's name; "" if it is not there.
std::string owner_of(const std::string& path);
bool is_writable_by_others(const std::string& path);

// What a caller asks of a user's own file before it believes what stands there.
struct FileDemands {
    bool root_may_own = true;
    bool group_may_write = true;
    bool looks_at_directory = true;
    std::string otherwise;  // "procmail does not read it"
};
// `owner` is who must own it, and who runs what it names.
void check_own_file(const std::string& path, const std::string& owner, const FileDemands& demands,
                    Findings& findings);

}  // namespace ndr
