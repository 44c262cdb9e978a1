// view/calls.hpp -- calls to make, and the worksheet of one.
#pragma once

#include "ndr_triage/ledger/calls.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

// With the local time there.
Listing listing_of(const std::vector<CallRow>& calls, Instant now);

// Whom to call, at what number, what time it is there, what bounced, what to say in short, and what
// to do with each answer. What strangers wrote is escaped, and our tokens in it are blanked.
// `reporter`: "Example Org <complaints@example.org>".
std::string call_sheet(const CallFacts& facts, const std::string& reporter, Instant now);

}  // namespace ndr
