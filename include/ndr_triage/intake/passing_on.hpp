// intake/passing_on.hpp -- a message that was taken in goes on to its reader, marked.
#pragma once

#include <vector>

#include "ndr_triage/intake/delivery.hpp"
#include "ndr_triage/mail/message.hpp"

namespace ndr {

// What rules of procmail or Sieve can go by: X-NDR-Triage-Outcome, -Acknowledgement, -Form, -Trust,
// -Complaint and -Reply of what was taken in, each a word or a number; -Held of what lies in hold,
// the name that `hold list` shows. Nothing in them is a stranger's.
std::vector<Field> marks_of(const Delivered& delivered);

// The whole message to `fd`, marked (mail/marking.hpp); a large one from its file in hold. Throws
// IoError unless all of it was written.
void pass_on(const Incoming& incoming, const std::vector<Field>& marks, int fd);

}  // namespace ndr
