// action/letters.hpp -- letters that follow from a case: notices to postmasters, mail to
// registries.
//
// As nearly once as mail allows: a letter is `sending` in the ledger before the MTA is asked, and
// done after it took it. One that is found `sending` may have left, and is not sent again but shown
// to a person; so is one whose MTA fell silent after it had all of it. One that the MTA did not
// take is due again, later each time: after 5 minutes, 10, 20, up to a day.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/action/complaining.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"

namespace ndr {

// The letter that a follow-up is; nullopt if it is none, or has nothing to tell any more.
using Compose = std::function<std::optional<Posting>(const FollowUpRow&)>;

struct SentLetters {
    std::vector<std::string> sent;    // a line each
    std::vector<std::string> faults;  // letters that did not leave, a line each
};
// Sends those of that kind that are due now, each decided once more before. Throws LedgerError.
SentLetters send_letters(Ledger& ledger, const Policy& policy, const Relay& relay,
                         FollowUpKind kind, const Compose& compose, Instant now);

// A notice in the words of casework/notice_letter.hpp, from a signed VERP sender of its own
// purpose.
std::optional<Posting> notice_posting(Ledger& ledger, const Policy& policy, const Key& key,
                                      const ComplaintDesk& desk, const FollowUpRow& notice,
                                      Instant now);

}  // namespace ndr
