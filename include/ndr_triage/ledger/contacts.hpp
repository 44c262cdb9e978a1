// ledger/contacts.hpp -- what became of each contact over all complaints.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

// Times are the dates of the replies that say so. Only copies that were sent count.
struct ContactHistory {
    enum class State {
        unknown,  // silent, or nothing but unproven replies
        working,  // its last word: a signed acknowledgement
        failing,  // its last word: a failure that follow-ups may be held or due for
    };

    std::string address;
    State state = State::unknown;
    std::optional<Instant> failing_since;  // the first failure since it worked, while it is failing
    std::optional<Instant> last_failure;
    std::optional<Instant> last_worked;
    // Until then no complaint is sent to it. Only a failure that lets something be due makes a
    // contact known dead, and not before it has settled: a held one waits for a person, and a
    // forged bounce must not keep complaints from an attacker's network.
    std::optional<Instant> known_dead_until;
    std::optional<Outcome> last_outcome;  // of the last failure
    std::int64_t complaints = 0;          // copies that it was to get
    std::int64_t failures = 0;            // of these failed, proven or matched
    std::int64_t acknowledgements = 0;    // of these acknowledged, signed

    bool is_known_dead() const { return known_dead_until.has_value(); }
};

// Of an address in comparable form; one that nobody complained to has nothing but its address.
ContactHistory contact_history(Ledger& ledger, const std::string& address, const Policy& policy,
                               Instant now);
// All, by address.
std::vector<ContactHistory> list_contacts(Ledger& ledger, const Policy& policy, Instant now);

// Why no complaint may be mailed to the contact, as a sentence; "" if it may: no plain address, a
// placeholder, a registry's own address, an address of ours, known dead.
std::string reason_not_to_mail(const ContactHistory& contact, const Policy& policy);

std::string_view text(ContactHistory::State state);

}  // namespace ndr
