// action/notifying.hpp -- one mail for what is new and needs a person, at most one an hour.
//
// New is a held or refused follow-up, a call, a letter that was found on its way, and a fault that
// was not there before. Each is told once, and again only after it was gone. The mail's envelope
// sender is null and it says Auto-Submitted (RFC 3834): nothing answers it, so no loop can start.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/action/complaining.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"

namespace ndr {

// What somebody can be told of.
struct Matter {
    std::string name;  // the same as long as it stands
    std::string line;  // for people
};
// Of open follow-ups, and of faults ("nftables: what is wrong").
std::vector<Matter> matters_of(const std::vector<FollowUpRow>& open,
                               const std::vector<std::string>& faults);

// Tells `to` what is new; true if a mail left. Throws LedgerError; SubmissionError, then the next
// call tries again.
bool notify(Ledger& ledger, const ComplaintDesk& desk, const std::string& to,
            const std::vector<std::string>& faults, Instant now);

}  // namespace ndr
