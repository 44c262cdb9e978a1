// mail_test.hpp -- a letter that `doctor` sent to itself has come back.
#pragma once

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/mail/envelope.hpp"
#include "ndr_triage/mail/raw_message.hpp"
#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// Notes how it came. True if the message is that very letter, octet for octet in all that counts
// for its digest, so that nothing is lost with it; what only looks like it is a reply like any
// other. Within Ledger::write.
bool take_in_mail_test(Ledger& ledger, const RawMessage& message, const ReplyFacts& facts,
                       const Envelope& envelope, Instant now);

}  // namespace ndr
