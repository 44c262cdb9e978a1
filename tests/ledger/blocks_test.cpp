#include "ndr_triage/ledger/blocks.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/ledger/cases.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "support/casework.hpp"
#include "support/ledger_file.hpp"

namespace ndr {

namespace {

using std::chrono::days;
using std::chrono::hours;
using support::noon;

constexpr const char* timed_out = "X-Postfix; connect to mx.example.com[203.0.113.9]:25: timed out";

// 203.0.113.0/24 is blocked from two hours after noon, for 30 days.
class OwnBlock : public support::LedgerTest {
protected:
    OwnBlock() {
        ledger_.write([&] { put_network(ledger_, support::registered_network()); });
        const auto blocked = complain("203.0.113.7", "abuse@example.net", noon);
        answer({blocked, 0, "abuse@example.net", Outcome::mailbox_full, Trust::is_signed, true,
                noon + hours(1)});
        ledger_.write(
            [&] { finish_follow_up(ledger_, list_follow_ups(ledger_, {}).at(0).id, begin_); });
    }
    std::int64_t complain(const std::string& about, const std::string& contact, Instant at) {
        Complaint complaint = support::complaint_to(contact, about + "@example.org");
        complaint.address = Address::parse(about).value();
        complaint.sent_at = at;
        return take(complaint, at);
    }
    std::string over(const std::string& diagnostic_code, const std::string& remote_mta,
                     Instant from, Instant until) {
        std::string found;
        ledger_.read(
            [&] { found = own_block_over(ledger_, diagnostic_code, remote_mta, from, until); });
        return found;
    }

    const Instant begin_ = noon + hours(2);
    const Instant end_ = noon + hours(2) + days(30);
};

}  // namespace

TEST_F(OwnBlock, covers_a_mail_host_while_it_runs) {
    EXPECT_EQ(over(timed_out, "", begin_ - hours(9), begin_ - Seconds(1)), "");
    EXPECT_EQ(over(timed_out, "", begin_ - hours(9), begin_), "203.0.113.0/24");
    EXPECT_EQ(over(timed_out, "", end_ - Seconds(1), end_ + days(1)), "203.0.113.0/24");
    EXPECT_EQ(over(timed_out, "", end_, end_ + days(1)), "");
}

TEST_F(OwnBlock, covers_no_mail_host_after_it_was_lifted) {
    const std::string lift = std::to_string(unix_seconds(begin_ + hours(1)));
    support::LedgerFile(directory_.at("ledger.sqlite3"))
        .execute(
            "INSERT INTO follow_up (complaint, kind, target, state, due_at, reason, decided_at, "
            "done_at) VALUES (1, 'lift', '203.0.113.0/24', 'done', " +
            lift + ", '', " + lift + ", " + lift + ")");
    EXPECT_EQ(over(timed_out, "", begin_, begin_ + days(1)), "203.0.113.0/24");
    EXPECT_EQ(over(timed_out, "", begin_ + hours(1), begin_ + days(1)), "");
}

// As MTAs write it: Postfix, Exim, Sendmail, Exchange, qmail.
TEST_F(OwnBlock, is_found_by_any_address_in_the_words) {
    for (const char* words :
         {"connect to mx.example.com[203.0.113.9]:25: Connection refused",
          "host mx.example.com [203.0.113.9]: Connection timed out",
          "421 4.4.1 connect to 203.0.113.9: Operation timed out",
          "441 4.4.1 Error encountered while communicating with 203.0.113.9",
          "Connected to 203.0.113.9 but connection died. (#4.4.2)",
          "connect to a.example.com[192.0.2.1]:25: refused; connect to [203.0.113.9]:25: refused"})
        EXPECT_EQ(over(words, "", begin_, begin_), "203.0.113.0/24") << words;
    EXPECT_EQ(over("4.4.1", "dns; mx.example.com (203.0.113.9)", begin_, begin_), "203.0.113.0/24");
    EXPECT_EQ(over("connect to mx.example.com[203.0.112.255]:25: refused", "", begin_, begin_), "");
    EXPECT_EQ(over("connect to mx.example.com: refused", "mx.example.com", begin_, begin_), "");
}

// Its bounce follows the block of another network, of which the contact's mail host is a part.
TEST_F(OwnBlock, makes_a_lost_connection_undetermined_for_the_case) {
    const auto other = complain("198.51.100.7", "abuse@example.com", begin_ + hours(1));
    support::Answer answer{other,
                           0,
                           "abuse@example.com",
                           Outcome::lost_connection,
                           Trust::is_signed,
                           true,
                           begin_ + hours(2)};
    Reply reply = support::reply_of(answer);
    reply.judgement.recipients.at(0).diagnostic_code = timed_out;
    Decision decision;
    ledger_.write([&] {
        file_reply(ledger_, reply);
        decision = decide(policy_, load_case(ledger_, other, policy_, answer.at), answer.at);
    });
    ASSERT_EQ(decision.contacts.size(), 1U);
    EXPECT_EQ(decision.contacts[0].state, ContactStanding::State::silent);
    EXPECT_NE(decision.contacts[0].why.find("our own block of 203.0.113.0/24"), std::string::npos)
        << decision.contacts[0].why;
    EXPECT_TRUE(decision.follow_ups.empty());
}

}  // namespace ndr
