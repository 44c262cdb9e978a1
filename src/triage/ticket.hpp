// triage/ticket.hpp -- ticket numbers, addresses and links that an acknowledgement names.
#pragma once

#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// From the subject and the sender's own words. Addresses of the sender, ours and those of the
// message answered are left out.
AcknowledgementFacts named_in(const ReplyFacts& facts, std::string_view words);

}  // namespace ndr
