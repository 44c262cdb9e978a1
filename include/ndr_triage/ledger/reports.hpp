// ledger/reports.hpp -- what the draft of a registry report needs to know.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include "ndr_triage/casework/report_draft.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"

namespace ndr {

// Of a follow-up that is a registry report: its network as it is known now, the bounce that its
// contact stands by, and what was done to reach the holder. `reporter` is left to the caller.
ReportFacts report_facts(Ledger& ledger, const FollowUpRow& report);

}  // namespace ndr
