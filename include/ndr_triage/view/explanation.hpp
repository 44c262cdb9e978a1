// view/explanation.hpp -- why a message was judged as it was, and what follows: for people.
#pragma once

#include <string>

#include "ndr_triage/intake/preview.hpp"

namespace ndr {

// The evidence in order, the matched words underlined; what decided and what was outvoted. Lines
// are kept within `width` columns (0: 100).
std::string explanation(const std::string& name, const Judgement& judgement, std::size_t width = 0);

// Which complaint it answers, the policy step, and the follow-ups with their reasons.
std::string explanation(const Preview& preview, const Policy& policy);

}  // namespace ndr
