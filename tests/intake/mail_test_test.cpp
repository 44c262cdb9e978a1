// A letter that doctor sent to itself: noted, and no reply; whatever else looks like it is one.
#include <gtest/gtest.h>

#include "ndr_triage/ledger/mail_tests.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

class MailTestLetter : public testing::Test {
protected:
    MailTestLetter() {
        ledger_.write([&] { add_mail_test(ledger_, token_, digest_of(letter_), support::noon); });
    }

    static std::string letter(const std::string& token) {
        return "From: complaints@example.org\nTo: complaints+" + token +
               "@example.org\nSubject: does mail come back?\nMessage-ID: <" + token +
               "@example.org>\n\nIt does.\n";
    }
    Receipt take(const std::string& octets, const Envelope& envelope,
                 Instant at = support::noon + std::chrono::seconds(3)) {
        return take_in(ledger_, house_, raw_message(octets), envelope, support::judged(octets), at);
    }
    std::size_t replies() {
        std::size_t count = 0;
        ledger_.read([&] { count = list_replies(ledger_, {}).size(); });
        return count;
    }
    std::optional<MailTestReturn> came() {
        std::optional<MailTest> test;
        ledger_.read([&] { test = find_mail_test(ledger_, token_); });
        return test ? test->came : std::nullopt;
    }

    const std::string token_ = sign("abcd", "secret", TokenPurpose::test, 7, 0, "").text();
    const std::string letter_ = letter(token_);
    const Envelope envelope_{"complaints+" + token_ + "@example.org", "", "127.0.0.1"};
    support::TemporaryDirectory directory_;
    Ledger ledger_{directory_.at("ledger.sqlite3"), Ledger::Access::write};
    House house_;
};

TEST_F(MailTestLetter, is_noted_and_is_no_reply) {
    EXPECT_FALSE(came());
    EXPECT_EQ(take("Received: from localhost by mx.example.org\n" + letter_, envelope_).filing,
              Filing::mail_test);
    EXPECT_EQ(replies(), 0U);
    ASSERT_TRUE(came());
    EXPECT_EQ(came()->at, support::noon + std::chrono::seconds(3));
    EXPECT_EQ(came()->recipient, envelope_.recipient);
    EXPECT_EQ(came()->place, "envelope recipient");
    EXPECT_EQ(came()->client, "127.0.0.1");
}

TEST_F(MailTestLetter, counts_by_its_first_return) {
    take(letter_, {"complaints@example.org", "", std::nullopt});
    EXPECT_EQ(take(letter_, envelope_).filing, Filing::mail_test);
    EXPECT_EQ(came()->recipient, "complaints@example.org");
    EXPECT_EQ(came()->place, "") << "the token was lost";
    EXPECT_EQ(came()->client, std::nullopt);
}

TEST_F(MailTestLetter, with_other_words_is_a_reply_as_well) {
    EXPECT_EQ(take(letter_ + "Please call me.\n", envelope_).filing, Filing::recorded);
    EXPECT_EQ(replies(), 1U);
    EXPECT_TRUE(came()) << "the way works, whoever added a line";
}

TEST_F(MailTestLetter, that_was_never_sent_is_a_reply) {
    const auto unknown = sign("abcd", "secret", TokenPurpose::test, 8, 0, "").text();
    EXPECT_EQ(take(letter(unknown), envelope_).filing, Filing::recorded);
    EXPECT_EQ(replies(), 1U);
    EXPECT_FALSE(came());
}

TEST_F(MailTestLetter, is_found_by_what_our_mta_put_on_top) {
    take("Delivered-To: COMPLAINTS+" + token_ + "@example.org\n" + letter_, {});
    ASSERT_TRUE(came());
    EXPECT_EQ(came()->place, "Delivered-To");
    EXPECT_EQ(came()->recipient, "COMPLAINTS+" + token_ + "@example.org");
}

}  // namespace

}  // namespace ndr
