#include "ndr_triage/ledger/mail_tests.hpp"

#include "statement.hpp"

namespace ndr {

void add_mail_test(Ledger& ledger, const std::string& token, const std::string& digest,
                   Instant sent_at) {
    Statement(ledger.database(), "INSERT INTO mail_test (token, digest, sent_at) VALUES (?, ?, ?)")
        .bind(token, digest, sent_at)
        .exec();
}

std::optional<MailTest> find_mail_test(Ledger& ledger, const std::string& token) {
    Statement row(ledger.database(),
                  "SELECT digest, came_at, recipient, place, client FROM mail_test "
                  "WHERE token = ?");
    if (!row.bind(token).step()) return std::nullopt;
    MailTest test{row.text(0), std::nullopt};
    if (row.is_null(1)) return test;
    test.came = MailTestReturn{row.instant(1), row.text(2), row.text(3), std::nullopt};
    if (!row.is_null(4)) test.came->client = row.text(4);
    return test;
}

void note_mail_test(Ledger& ledger, const std::string& token, const MailTestReturn& came) {
    Statement(ledger.database(),
              "UPDATE mail_test SET came_at = ?, recipient = ?, place = ?, client = ? "
              "WHERE token = ? AND came_at IS NULL")
        .bind(came.at, came.recipient, came.place, came.client, token)
        .exec();
}

}  // namespace ndr
