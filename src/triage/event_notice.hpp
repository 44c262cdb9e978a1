// triage/event_notice.hpp -- what a cloud mail service tells in JSON by mail: Amazon SES through
// SNS.
#pragma once

#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// Judges a text that is such an object ("notificationType": Bounce or Delivery); false for any
// other text. What stands in it are the fields of RFC 3464 under other names.
bool judge_event_notice(const RuleSet& rules, std::string_view text, Judgement& judgement);

}  // namespace ndr
