// action/mail_test.hpp -- proves the way that every bounce takes, by a letter to ourselves.
//
// The letter leaves by the relay with a null reverse-path, as a bounce has it, and is to come back
// to `address` with a token of purpose test; `deliver` notes it and files no reply.
#pragma once

#include "ndr_triage/action/checkup.hpp"
#include "ndr_triage/action/complaining.hpp"
#include "ndr_triage/casework/keyring.hpp"
#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/ledger/mail_tests.hpp"

namespace ndr {

// Sends the letter and waits for it, at most so long. Throws LedgerError, and IoError if the kernel
// gives no random number.
Checked check_mail(Ledger& ledger, const Key& key, const ComplaintDesk& desk, Seconds wait,
                   Instant now);

// The pure half: what the return of a letter to `recipient` tells.
Checked check_mail_return(const std::string& recipient, const MailTestReturn& came,
                          std::chrono::milliseconds took);

}  // namespace ndr
