// action/passing.hpp -- what a person should read goes on to a person, once.
//
// Replies of people, undetermined and unrelated ones. To a Maildir octet for octet with fields of
// ours on top; to an address as an enclosure of a letter whose envelope sender is null and which
// says Auto-Submitted (RFC 3834). Its Message-ID is a token: what comes back of it or answers it,
// here or at another instance, goes on no more, so that no loop can start.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/action/complaining.hpp"

namespace ndr {

struct PassedOn {
    std::size_t count = 0;
    std::vector<std::string> faults;  // a line each; they are tried again
};
// `answers` is an address, or the path of a Maildir, which is made if it is missing. At most 50 at
// a time. One that is cut short between handing over and the ledger goes on twice, none is lost.
// Throws LedgerError.
PassedOn pass_on_replies(Ledger& ledger, const Key& key, const ComplaintDesk& desk,
                         const std::string& answers, Instant now);

}  // namespace ndr
