// intake/recording.hpp -- complaints that were sent by other means, told to the ledger by mail.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/intake/intake.hpp"

namespace ndr {

struct Recorded {
    std::optional<ComplaintReceipt> receipt;
    Complaint complaint;        // with a receipt
    bool is_complaint = false;  // it reads as one
    std::string fault;          // why it is not recorded, "" with a receipt
};

// Records the complaint that a message is a copy of, if something proves that it is ours: the
// record token that came in the envelope, bound to attacker, contacts and time; or our own MTA
// wrote it. Throws LedgerError.
Recorded record_from_mail(Ledger& ledger, const House& house, const RawMessage& message,
                          const Envelope& envelope, const ReplyFacts& facts, Instant now);

}  // namespace ndr
