// action/act.hpp -- what the timer does: held messages, cases whose time has come, what is due.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/intake/delivery.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"

namespace ndr {

// What there is to do at one moment.
struct Agenda {
    std::vector<HeldMessage> held;        // to be tried once more
    std::vector<HeldMessage> waiting;     // in retry folders, to be held and tried
    std::size_t cases = 0;                // whose decision time has changed
    std::vector<FollowUpRow> follow_ups;  // open, by network; an id of 0: not in the ledger yet
};

// Looks only: the follow-ups of cases whose time has come are as they would be decided now.
Agenda agenda_of(Ledger& ledger, const Policy& policy, const Hold& hold,
                 const std::vector<std::string>& retry_folders, Instant now);

// Decides cases whose time has come; how many.
std::size_t decide_pending_cases(Ledger& ledger, const Policy& policy, Instant now);

// Takes up again what is held or lies in the retry folders, looks whether lost connections may be a
// fault of ours, and decides cases whose time has come.
struct Settled {
    std::vector<Delivered> retried;
    std::vector<std::string> faults;  // of retry folders
    std::size_t cases = 0;
};
Settled settle(const Delivery& delivery, const SizeLimits& limits,
               const std::vector<std::string>& retry_folders);

}  // namespace ndr
