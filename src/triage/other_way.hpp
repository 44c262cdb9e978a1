// triage/other_way.hpp -- other addresses and forms that an answer names.
#pragma once

#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// Addresses but the sender's, ours and those of the message answered.
std::vector<std::string> other_addresses_in(const ReplyFacts& facts, std::string_view words);

bool has_link(std::string_view words);

// Links to forms, without the pages of the given tickets.
std::vector<std::string> form_links_in(std::string_view words,
                                       const std::vector<std::string>& tickets);

// Links that lead further than to somebody's front page, forms or not.
std::vector<std::string> pages_in(std::string_view words);

// An address or a form made for complaints, which no signature bears by chance: abuse@ at another
// domain than the sender's, a link with "report" in it.
bool names_complaint_desk(const ReplyFacts& facts, const AcknowledgementFacts& named);

}  // namespace ndr
