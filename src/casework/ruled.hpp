// casework/ruled.hpp -- what a person's ruling makes of a follow-up that a case asks for.
#pragma once

#include "ndr_triage/casework/case_file.hpp"

namespace ndr {

// The last ruling about it; nullptr if there is none.
const Ruling* ruling_on(const CaseFile& file, FollowUpKind kind, const std::string& target);
// What came of the last call that was made for the case; nullptr if none was.
const Ruling* end_of_call(const CaseFile& file);
// Dismisses it, or makes it due at the time of the ruling: unless it is refused, or aimed at a
// network that is only a guess.
void apply_ruling(const CaseFile& file, FollowUp& follow_up);

}  // namespace ndr
