#include "ndr_triage/intake/delivery.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

class Delivering : public testing::Test {
protected:
    Delivery delivery(bool has_copy = false) {
        return {rules_,   house_,       ledger_path_, hold_, {"complaints@example.org", "", ""},
                has_copy, support::noon};
    }
    Incoming incoming(const std::string& octets) {
        const std::string path = directory_.write("incoming", octets);
        const Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC));
        return read_incoming(fd.get(), limits_, hold_);
    }

    const std::string full_ =
        support::bounce("abuse@example.net", "5.2.2", "552 5.2.2 mailbox full");
    RuleSet rules_ = RuleSet::standard();
    House house_;
    SizeLimits limits_;
    support::TemporaryDirectory directory_;
    std::string ledger_path_ = directory_.at("ledger.sqlite3");
    Hold hold_{directory_.at("hold")};
};

}  // namespace

TEST_F(Delivering, puts_a_reply_into_the_ledger_and_nothing_into_hold) {
    auto message = incoming(full_);
    const auto delivered = deliver(delivery(), message);
    ASSERT_TRUE(delivered.receipt);
    EXPECT_EQ(delivered.receipt->judgement.outcome, Outcome::mailbox_full);
    EXPECT_TRUE(hold_.list().empty());
}

TEST_F(Delivering, holds_an_empty_message) {
    auto message = incoming("");
    const auto delivered = deliver(delivery(), message);
    EXPECT_FALSE(delivered.receipt);
    EXPECT_EQ(hold_.list().size(), 1U);
}

TEST_F(Delivering, judges_the_head_of_a_large_message_and_holds_all_of_it) {
    limits_.max_size = 100000;
    const std::string large = full_ + std::string(300000, 'x') + "\n";
    auto message = incoming(large);
    const auto delivered = deliver(delivery(), message);
    ASSERT_TRUE(delivered.receipt);
    EXPECT_EQ(delivered.receipt->judgement.outcome, Outcome::mailbox_full);
    ASSERT_EQ(hold_.list().size(), 1U);
    EXPECT_EQ(read_file(hold_.list()[0].path), large);
}

TEST_F(Delivering, into_a_broken_house_is_deferred_and_with_a_copy_held) {
    directory_.make_directory("ledger.sqlite3");
    auto message = incoming(full_);
    EXPECT_THROW(deliver(delivery(), message), Failure);
    EXPECT_TRUE(hold_.list().empty());
    const auto delivered = deliver(delivery(true), message);
    EXPECT_FALSE(delivered.receipt);
    ASSERT_EQ(hold_.list().size(), 1U);
    EXPECT_EQ(read_file(hold_.list()[0].path), full_);
}

TEST_F(Delivering, of_a_large_message_that_cannot_be_held_is_deferred) {
    limits_.max_size = 100000;
    directory_.write("hold", "a file where the Maildir should be");
    auto message = incoming(full_ + std::string(300000, 'x'));
    EXPECT_THROW(deliver(delivery(), message), Failure);
}

TEST_F(Delivering, takes_a_held_message_up_again) {
    directory_.make_directory("ledger.sqlite3");
    auto message = incoming(full_);
    deliver(delivery(true), message);
    std::filesystem::remove(ledger_path_);
    const auto again = retry(delivery(), hold_.list().at(0), limits_);
    EXPECT_TRUE(again.receipt);
    EXPECT_TRUE(hold_.list().empty());
}

TEST_F(Delivering, puts_aside_what_can_never_be_taken_in) {
    auto message = incoming("");
    deliver(delivery(), message);
    const auto again = retry(delivery(), hold_.list().at(0), limits_);
    EXPECT_FALSE(again.receipt);
    ASSERT_EQ(hold_.list().size(), 1U);
    EXPECT_TRUE(hold_.list()[0].was_retried);
}

}  // namespace ndr
