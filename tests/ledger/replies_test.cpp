#include "ndr_triage/ledger/replies.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/ledger/networks.hpp"
#include "support/casework.hpp"
#include "support/ledger_file.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

Reply reply_of(const std::string& octets, Trust trust = Trust::unknown) {
    Reply reply;
    reply.digest = digest_of(octets);
    reply.judgement = support::judged(octets);
    reply.received_at = support::noon;
    reply.recorded_at = support::noon;
    reply.identity.trust = trust;
    reply.identity.reason = "test";
    reply.size = octets.size();
    reply.octets = octets;
    return reply;
}

class Replies : public testing::Test {
protected:
    FiledAs file(const Reply& reply) {
        FiledAs filed;
        ledger_.write([&] { filed = file_reply(ledger_, reply); });
        return filed;
    }
    Reply get(std::int64_t id) {
        std::optional<Reply> reply;
        ledger_.read([&] { reply = get_reply(ledger_, id); });
        return reply.value_or(Reply{});
    }

    const std::string octets_ =
        support::bounce("abuse@example.net", "5.2.2", "552 5.2.2 mailbox full");
    support::TemporaryDirectory directory_;
    Ledger ledger_{directory_.at("ledger.sqlite3"), Ledger::Access::write};
};

// Acknowledgements of one digest to several complaints.
class OneDigest : public support::LedgerTest {
protected:
    OneDigest() {
        complain_alone("203.0.113.7", {"abuse@example.net", "noc@example.net"});
        complain_alone("198.51.100.7", {"abuse@example.com"});
    }

    static Reply to(std::int64_t complaint, std::size_t position, Trust trust) {
        Reply reply =
            support::reply_of({complaint, position, "helpdesk@example.net", Outcome::acknowledged,
                               trust, false, support::noon + std::chrono::hours(1)});
        reply.digest = support::digest_for("received");
        return reply;
    }
    void take(const Reply& reply) {
        const FiledAs filed = file_reply(ledger_, reply);
        if (!filed.has_changed) return;
        if (filed.left) decide_case(ledger_, policy_, *filed.left, reply.recorded_at);
        decide_case(ledger_, policy_, reply.identity.copy->complaint, reply.recorded_at);
    }
    // What all orders of them leave: replies, then copies.
    void expect_in_all_orders(std::vector<Reply> replies, const std::string& expected) {
        const auto is_before = [](const Reply& a, const Reply& b) { return a.id < b.id; };
        for (std::size_t i = 0; i < replies.size(); ++i)
            replies[i].id = static_cast<std::int64_t>(i);
        do {
            ledger_.write([&] {
                for (const auto& reply : replies)
                    take(reply);
            });
            support::LedgerFile file(directory_.at("ledger.sqlite3"));
            EXPECT_EQ(file.value("SELECT group_concat(what, ', ') FROM (SELECT complaint || '/' || "
                                 "position || ' ' || trust AS what FROM reply ORDER BY what)") +
                          "; " +
                          file.value("SELECT group_concat(what, ', ') FROM (SELECT complaint || "
                                     "'/' || position || ' ' || state AS what FROM copy "
                                     "ORDER BY what)"),
                      expected);
            for (const char* table : {"message", "mention", "verdict", "reply"})
                file.execute(fmt::format("DELETE FROM {}", table));
            file.execute("UPDATE copy SET state = 'silent'");
        } while (std::next_permutation(replies.begin(), replies.end(), is_before));
    }
};

}  // namespace

TEST_F(OneDigest, answers_each_copy_that_a_token_proves_and_no_other_in_any_order) {
    expect_in_all_orders(
        {to(1, 0, Trust::unknown), to(1, 0, Trust::matched), to(1, 0, Trust::is_signed),
         to(1, 1, Trust::is_signed), to(2, 0, Trust::is_signed)},
        "1/0 signed, 1/1 signed, 2/0 signed; 1/0 works, 1/1 works, 2/0 works");
}

TEST_F(OneDigest, stays_with_its_complaint_though_another_is_better_proven) {
    expect_in_all_orders(
        {to(1, 0, Trust::matched), to(2, 0, Trust::is_signed), to(2, 0, Trust::unknown)},
        "1/0 matched, 2/0 signed; 1/0 silent, 1/1 silent, 2/0 works");
}

TEST_F(OneDigest, is_one_reply_as_long_as_nothing_proves_more) {
    expect_in_all_orders({to(2, 0, Trust::unknown), to(1, 0, Trust::unknown),
                          to(1, 1, Trust::matched), to(1, 0, Trust::is_signed)},
                         "1/0 signed; 1/0 works, 1/1 silent, 2/0 silent");
}

TEST_F(Replies, come_back_as_they_were_filed) {
    Reply reply = reply_of(octets_);
    const auto filed = file(reply);
    EXPECT_EQ(filed.filing, Filing::recorded);
    const Reply stored = get(filed.id);
    EXPECT_EQ(stored.octets, octets_);
    EXPECT_EQ(stored.size, octets_.size());
    EXPECT_EQ(stored.digest, reply.digest);
    EXPECT_EQ(to_json(stored.judgement), to_json(reply.judgement));
    EXPECT_EQ(stored.received_at, support::noon);
    EXPECT_FALSE(stored.identity.copy);
}

TEST_F(Replies, keep_64_kib_and_count_the_rest) {
    Reply reply = reply_of(octets_);
    reply.octets += std::string(100000, 'x');
    reply.size = reply.octets.size();
    const Reply stored = get(file(reply).id);
    EXPECT_EQ(stored.octets.size(), 65536U);
    EXPECT_EQ(stored.size, octets_.size() + 100000);
}

TEST_F(Replies, with_octets_zero_and_no_utf8_are_kept_octet_for_octet) {
    Reply reply = reply_of(octets_);
    reply.octets = std::string("a\0b\xff\r\n", 6);
    EXPECT_EQ(get(file(reply).id).octets, reply.octets);
}

TEST_F(Replies, of_one_digest_are_one) {
    const auto first = file(reply_of(octets_));
    const auto again = file(reply_of(octets_));
    EXPECT_EQ(again.id, first.id);
    EXPECT_EQ(again.filing, Filing::repeated);
    EXPECT_FALSE(again.has_changed);
}

TEST_F(Replies, are_raised_by_better_trust_and_never_lowered) {
    const auto first = file(reply_of(octets_, Trust::unknown));
    EXPECT_EQ(file(reply_of(octets_, Trust::matched)).filing, Filing::raised);
    EXPECT_EQ(file(reply_of(octets_, Trust::unknown)).filing, Filing::repeated);
    EXPECT_EQ(get(first.id).identity.trust, Trust::matched);
}

TEST_F(Replies, keep_the_earlier_copy_whichever_comes_first) {
    Reply late = reply_of(octets_);
    late.received_at += std::chrono::hours(1);
    late.octets = "Received: later\n" + octets_;
    const Reply early = reply_of(octets_);
    const auto first = file(late);
    EXPECT_TRUE(file(early).has_changed);
    EXPECT_EQ(get(first.id).octets, early.octets);
    EXPECT_EQ(get(first.id).received_at, support::noon);
    EXPECT_FALSE(file(late).has_changed);
    EXPECT_EQ(get(first.id).octets, early.octets);
}

TEST_F(Replies, are_listed_latest_first_and_by_outcome) {
    Reply early = reply_of(octets_);
    Reply late = reply_of(support::bounce("abuse@example.net", "5.1.1", "550 5.1.1 user unknown",
                                          "c1@example.org", "b2@x"));
    late.received_at += std::chrono::hours(1);
    file(early);
    file(late);
    ledger_.read([&] {
        const auto all = list_replies(ledger_, {});
        ASSERT_EQ(all.size(), 2U);
        EXPECT_EQ(all[0].outcome, Outcome::recipient_unknown);
        EXPECT_EQ(all[1].recipient, "abuse@example.net");
        ReplyFilter full;
        full.outcome = Outcome::mailbox_full;
        ASSERT_EQ(list_replies(ledger_, full).size(), 1U);
        ReplyFilter last;
        last.most = 1;
        EXPECT_EQ(list_replies(ledger_, last).at(0).outcome, Outcome::recipient_unknown);
    });
}

TEST_F(Replies, that_name_a_message_id_are_found_while_they_are_unmatched) {
    const auto filed = file(reply_of(octets_));
    const auto naming = [&] {
        std::vector<std::int64_t> found;
        ledger_.read([&] { found = unmatched_replies_naming(ledger_, "c1@example.org"); });
        return found;
    };
    EXPECT_EQ(naming(), std::vector<std::int64_t>{filed.id});
    file(reply_of(octets_, Trust::matched));
    EXPECT_TRUE(naming().empty());
}

}  // namespace ndr
