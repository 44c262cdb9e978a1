// action/callers.hpp -- whether those that call us were told to do so without losing mail.
//
// Reads their configuration as far as it names ndr-triage; a file that is not there, or that this
// user may not read, is nobody's fault. What is not known to go wrong is left alone.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/action/checkup.hpp"

namespace ndr {

// The services of pipe(8) in master.cf and what main.cf says of them, in Postfix's `directory`.
// `owner` is the ledger's.
std::vector<Checked> check_postfix(const std::string& directory, const std::string& owner);

// The recipes of a procmailrc(5).
std::vector<Checked> check_procmail(const std::string& path);

// The statements `to` and `cc` of a maildropfilter(7).
std::vector<Checked> check_maildrop(const std::string& path);

}  // namespace ndr
