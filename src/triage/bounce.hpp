// triage/bounce.hpp -- failure notifications: RFC 3464 reports and every other form.
#pragma once

#include "ndr_triage/triage/judgement.hpp"
#include "parts.hpp"

namespace ndr {

// A verdict for each recipient of the report; the human text helps where the fields are silent.
void judge_report(const RuleSet& rules, const Roles& roles, Judgement& judgement);

// False if the message is no failure notification: it is known by what it says (that a message
// failed) together with who says it (a mail system) or what it brings back.
bool judge_bounce(const RuleSet& rules, const Header& header, const Roles& roles,
                  Judgement& judgement);

}  // namespace ndr
