// ledger/outages.hpp -- times when lost connections look like a fault of ours.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/casework/outage.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

struct Outage {
    Instant began_at{};
    std::string reason;
};
// The one that lasts.
std::optional<Outage> current_outage(Ledger& ledger);

// The replies by which it is told, none older than `age`.
std::vector<RecentReply> recent_replies(Ledger& ledger, Seconds age, Instant now);

// One begins, or the one that lasts ends, as the replies look; the cases that this touches are to
// be looked at now. True if anything changed.
bool note_outage(Ledger& ledger, const RecentReplies& replies, Instant now);

}  // namespace ndr
