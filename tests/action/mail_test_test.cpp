// What doctor's letter to itself tells of the way that mail takes.
#include "ndr_triage/action/mail_test.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/mail/message.hpp"
#include "support/mail_set_up.hpp"
#include "support/smtp_server.hpp"
#include "support/temporary_directory.hpp"
#include "support/words.hpp"

namespace ndr {

namespace {

using support::holds;

using std::chrono::milliseconds;

const std::string token = sign("abcd", "secret", TokenPurpose::test, 7, 0, "").text();
const std::string sent_to = "complaints+" + token + "@example.org";

Checked returned(const std::string& recipient, const std::string& place,
                 std::optional<std::string> client = "") {
    return check_mail_return(sent_to, {Instant{}, recipient, place, std::move(client)},
                             milliseconds(340));
}

TEST(MailTestReturned, with_its_token_works) {
    EXPECT_EQ(returned(sent_to, "envelope recipient").health, Health::works);
    EXPECT_EQ(returned(sent_to, "envelope recipient").what,
              "mail test: back after 0.3 s, its token in the envelope recipient, no client");
    EXPECT_EQ(returned("COMPLAINTS" + sent_to.substr(10), "Delivered-To", "192.0.2.1").what,
              "mail test: back after 0.3 s, its token in the Delivered-To (in other case, which "
              "does no harm), client 192.0.2.1");
    EXPECT_TRUE(
        holds(returned(sent_to, "envelope recipient", std::nullopt).what, "client not told"));
}

TEST(MailTestReturned, without_its_token_names_the_recipient_that_was_told) {
    const auto checked = returned("complaints@example.org", "");
    EXPECT_EQ(checked.health, Health::broken);
    EXPECT_TRUE(holds(checked.what, "'complaints@example.org'")) << checked.what;
    EXPECT_TRUE(holds(checked.remedy, "--recipient=${original_recipient}")) << checked.remedy;
}

TEST(MailTestReturned, with_its_token_in_the_letter_only_is_a_warning) {
    const auto checked = returned(sent_to, "To");
    EXPECT_EQ(checked.health, Health::warning);
    EXPECT_TRUE(holds(checked.what, "only in To")) << checked.what;
}

class MailTest : public testing::Test {
protected:
    Checked check() {
        ComplaintDesk desk;
        desk.address = "complaints@example.org";
        desk.relay = *Relay::parse(server_.address());
        return check_mail(ledger_, {"abcd", "secret", {}, true}, desk, Seconds(0), Instant{});
    }

    support::SmtpServer server_;
    support::TemporaryDirectory directory_;
    Ledger ledger_{directory_.at("ledger.sqlite3"), Ledger::Access::write};
};

TEST_F(MailTest, goes_to_our_address_with_a_null_reverse_path) {
    const auto checked = check();
    ASSERT_EQ(server_.received().size(), 1U);
    const auto received = server_.received().front();
    EXPECT_TRUE(holds(received.commands.at(0), "MAIL FROM:<>")) << received.commands.at(0);
    const Message letter = parse_message(received.data);
    const auto recipient = letter.header.value("To");
    EXPECT_TRUE(holds(received.commands.at(1), "<" + std::string(recipient) + ">"));
    const auto found = token_in_address(recipient);
    ASSERT_TRUE(found) << recipient;
    EXPECT_TRUE(is_signed_with(*found, "secret", "complaints@example.org"));
    EXPECT_EQ(found->purpose, TokenPurpose::test);
    EXPECT_EQ(letter.header.value("Auto-Submitted"), "auto-generated");
    EXPECT_EQ(checked.health, Health::broken) << "nobody brought it back";
    EXPECT_TRUE(holds(checked.what, "not back within 0: sent by " + server_.address() + " to " +
                                        std::string(recipient)))
        << checked.what;
}

TEST(MailTestRefused, says_what_the_mta_said) {
    const support::SmtpServer server(
        support::SmtpServer::Answers{{"RCPT", "550 5.7.1 no relaying"}});
    const support::TemporaryDirectory directory;
    Ledger ledger(directory.at("ledger.sqlite3"), Ledger::Access::write);
    ComplaintDesk desk;
    desk.address = "complaints@example.org";
    desk.relay = *Relay::parse(server.address());
    const auto checked =
        check_mail(ledger, {"abcd", "secret", {}, true}, desk, Seconds(0), Instant{});
    EXPECT_EQ(checked.health, Health::broken);
    EXPECT_TRUE(holds(checked.what, "550 5.7.1 no relaying")) << checked.what;
    EXPECT_FALSE(checked.remedy.empty());
}

}  // namespace

}  // namespace ndr
