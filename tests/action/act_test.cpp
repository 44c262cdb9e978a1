#include "ndr_triage/action/act.hpp"

#include <gtest/gtest.h>

#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

class Acting : public testing::Test {
protected:
    Acting() {
        house_.policy.allow_documentation = true;
        Complaint complaint = support::complaint_to("abuse@example.net");
        complaint.copies.push_back({"noc@example.net", "c2@example.org"});
        take_in_complaint(ledger_, house_, complaint, support::digest_for("c"), support::noon);
        const std::string octets =
            support::bounce("abuse@example.net", "5.1.1", "550 5.1.1 no such user");
        take_in(ledger_, house_, raw_message(octets), {}, support::judged(octets),
                support::noon + std::chrono::hours(2));
    }
    bool has_block(const std::vector<FollowUpRow>& rows) {
        return std::any_of(rows.begin(), rows.end(), [](const FollowUpRow& row) {
            return kind_of(row.follow_up.deed) == FollowUpKind::block;
        });
    }
    std::vector<FollowUpRow> stored() {
        std::vector<FollowUpRow> rows;
        ledger_.read([&] { rows = list_follow_ups(ledger_, {}); });
        return rows;
    }

    const Instant week_later_ = support::noon + std::chrono::days(7);
    RuleSet rules_ = RuleSet::standard();
    House house_;
    support::TemporaryDirectory directory_;
    Ledger ledger_{directory_.at("ledger.sqlite3"), Ledger::Access::write};
    Hold hold_{directory_.at("hold")};
};

}  // namespace

// A block is proposed after `silence`, 7 days, never due by itself.
TEST_F(Acting, shows_what_time_alone_will_change_without_writing_it) {
    const auto before =
        agenda_of(ledger_, house_.policy, hold_, {}, week_later_ - std::chrono::seconds(1));
    EXPECT_EQ(before.cases, 0U);
    EXPECT_FALSE(has_block(before.follow_ups));
    const auto then = agenda_of(ledger_, house_.policy, hold_, {}, week_later_);
    EXPECT_EQ(then.cases, 1U);
    EXPECT_TRUE(has_block(then.follow_ups));
    EXPECT_FALSE(has_block(stored()));
}

TEST_F(Acting, decides_cases_whose_time_has_come) {
    const Delivery delivery{rules_, house_,     directory_.at("ledger.sqlite3"), hold_, {},
                            false,  week_later_};
    EXPECT_EQ(settle(delivery, {}, {}).cases, 1U);
    EXPECT_TRUE(has_block(stored()));
    EXPECT_EQ(settle(delivery, {}, {}).cases, 0U);
}

TEST_F(Acting, tries_held_messages_once) {
    {
        HeldFile file(hold_);
        file.write(
            support::bounce("noc@example.net", "5.1.1", "550 no such user", "c2@example.org"));
        file.keep({"the ledger was locked", support::noon, {}});
    }
    HeldFile empty(hold_);
    empty.keep({"it is empty", support::noon, {}});
    const Delivery delivery{rules_, house_, directory_.at("ledger.sqlite3"),      hold_,
                            {},     false,  support::noon + std::chrono::hours(3)};
    EXPECT_EQ(agenda_of(ledger_, house_.policy, hold_, {}, support::noon).held.size(), 2U);
    EXPECT_EQ(settle(delivery, {}, {}).retried.size(), 2U);
    EXPECT_TRUE(has_block(stored()));
    EXPECT_EQ(hold_.list().size(), 1U);
    EXPECT_TRUE(settle(delivery, {}, {}).retried.empty());
}

}  // namespace ndr
