// triage/facts.hpp -- header facts of a reply and of the message it returns.
#pragma once

#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

std::string message_id_of(const Header& header);
ReplyFacts facts_of(const Header& header);
// Message-ID and To of the returned message, unless they are known already.
void add_original_facts(const Header& original, ReplyFacts& facts);
// For comparison: "complaints+token@example.org" without the detail that tells complaints apart.
std::string without_detail(std::string_view address);

}  // namespace ndr
