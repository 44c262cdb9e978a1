// triage/statements.hpp -- which of the phrases found in a text state something: advice and
// suppositions do not, and a gap does not silence what it passes over.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/triage/rules.hpp"

namespace ndr {

// "If the mailbox is full", "one of the following reasons: the address does not exist": advice that
// goes with a notification states no fact.
bool is_supposition(const Finding& finding, std::string_view text);

// What the text states: its phrases, by position, without suppositions; then those that a gap of a
// longer phrase passes over though they say something else.
std::vector<Finding> statements_in(const RuleSet& rules, const std::string& text,
                                   const std::vector<RuleField>& fields);

}  // namespace ndr
