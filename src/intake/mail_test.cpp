#include "mail_test.hpp"

#include "envelope_token.hpp"
#include "ndr_triage/ledger/mail_tests.hpp"

namespace ndr {

bool take_in_mail_test(Ledger& ledger, const RawMessage& message, const ReplyFacts& facts,
                       const Envelope& envelope, Instant now) {
    const auto token = token_in_address(facts.message_id);
    if (!token || token->purpose != TokenPurpose::test) return false;
    const auto test = find_mail_test(ledger, token->text());
    if (!test) return false;
    MailTestReturn came{now, envelope.recipient, "", envelope.client};
    const auto found = token_of_envelope(envelope, facts);
    if (found && found->token.text() == token->text()) {
        came.recipient = found->address;
        came.place = found->place;
    }
    note_mail_test(ledger, token->text(), came);
    return message.digest == test->digest;
}

}  // namespace ndr
