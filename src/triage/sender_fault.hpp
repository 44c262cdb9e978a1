// triage/sender_fault.hpp -- a host that answers about the sender's address, not the recipient's.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/triage/verdict.hpp"

namespace ndr {

// A host may call back before it takes a message, and say in answer to RCPT what it heard:
// "550 5.1.1 <complaints+abcd@example.org>: User unknown". That fault is ours, so a failure of the
// recipient becomes `refused` where the words that decided it name one of `senders`, with or
// without its detail, and no other address.
void refuse_if_about_sender(const RecipientEvidence& recipient,
                            const std::vector<std::string>& senders, Verdict& verdict);

}  // namespace ndr
