// ledger/mail_tests.hpp -- letters that `doctor` sends to itself, and how they came back.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

// How a letter came back for the first time.
struct MailTestReturn {
    Instant at{};
    std::string recipient;  // the address that holds the token, else what the caller told
    std::string place;      // where that address stood, for people; "" the token was lost
    std::optional<std::string> client;  // as in Envelope
};

struct MailTest {
    std::string digest;  // of the letter
    std::optional<MailTestReturn> came;
};

// `token` is its text, in lower case.
void add_mail_test(Ledger& ledger, const std::string& token, const std::string& digest,
                   Instant sent_at);
std::optional<MailTest> find_mail_test(Ledger& ledger, const std::string& token);
// Only the first return of a letter is kept.
void note_mail_test(Ledger& ledger, const std::string& token, const MailTestReturn& came);

}  // namespace ndr
