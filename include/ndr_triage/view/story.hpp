// view/story.hpp -- all that the ledger knows of a thing, in the order of time.
#pragma once

#include <string>

#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

// What a story can be about: an address ("203.0.113.7"), a prefix ("203.0.113.0/24"), a contact
// ("abuse@example.net"), a domain ("example.net").
struct Story {
    std::string subject;   // a line: what it is, which network, how it stands
    Listing events;        // time, event, complaint, what
    std::string standing;  // how each case stands now, and why
};

// Throws LedgerError; UsageError for words that are none of these.
Story story_of(Ledger& ledger, const Policy& policy, const std::string& what, Instant now);

}  // namespace ndr
