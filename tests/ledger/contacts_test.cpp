#include "ndr_triage/ledger/contacts.hpp"

#include <gtest/gtest.h>

#include "support/casework.hpp"

namespace ndr {

namespace {

using State = ContactHistory::State;
using std::chrono::days;
using std::chrono::hours;
using support::noon;

const std::string abuse = "abuse@example.net";

class Contacts : public support::LedgerTest {
protected:
    Contacts() {
        ledger_.write([&] { put_network(ledger_, support::registered_network()); });
        first_ = complain("c1@example.org", noon);
        second_ = complain("c2@example.org", noon + days(3));
    }
    std::int64_t complain(const std::string& message_id, Instant at, bool was_sent = true) {
        Complaint complaint = support::complaint_to(abuse, message_id);
        complaint.sent_at = at;
        complaint.copies[0].was_sent = was_sent;
        return take(complaint, at);
    }
    void answer(std::int64_t complaint, Outcome outcome, Instant at, Trust trust = Trust::is_signed,
                bool is_born_here = true) {
        LedgerTest::answer({complaint, 0, abuse, outcome, trust, is_born_here, at});
    }
    ContactHistory history(Instant now = noon + days(10)) {
        ContactHistory found;
        ledger_.read([&] { found = contact_history(ledger_, abuse, policy_, now); });
        return found;
    }

    std::int64_t first_ = 0;
    std::int64_t second_ = 0;
};

}  // namespace

TEST_F(Contacts, without_a_reply_are_unknown) {
    const auto contact = history();
    EXPECT_EQ(contact.address, abuse);
    EXPECT_EQ(contact.state, State::unknown);
    EXPECT_EQ(contact.complaints, 2);
    EXPECT_EQ(contact.last_failure, std::nullopt);
    EXPECT_FALSE(contact.is_known_dead());
    EXPECT_EQ(reason_not_to_mail(contact, policy_), "");
}

TEST_F(Contacts, are_known_dead_for_thirty_days_after_the_last_proven_failure) {
    answer(first_, Outcome::recipient_unknown, noon + hours(1));
    answer(second_, Outcome::mailbox_full, noon + days(3) + hours(1));
    const Instant until = noon + days(33) + hours(1);
    const auto contact = history(until - Seconds(1));
    EXPECT_EQ(contact.state, State::failing);
    EXPECT_EQ(contact.failing_since, noon + hours(1));
    EXPECT_EQ(contact.last_failure, noon + days(3) + hours(1));
    EXPECT_EQ(contact.last_outcome, Outcome::mailbox_full);
    EXPECT_EQ(contact.failures, 2);
    EXPECT_EQ(contact.known_dead_until, until);
    EXPECT_EQ(reason_not_to_mail(contact, policy_),
              "it is known dead until 2026-12-23T13:00:00Z: mailbox-full on 2026-11-23T13:00:00Z");
    EXPECT_FALSE(history(until).is_known_dead());
    EXPECT_EQ(history(until).state, State::failing);
    policy_.dead_term = days(2);
    EXPECT_FALSE(history().is_known_dead());
}

TEST_F(Contacts, are_not_dead_before_a_failure_from_outside_has_settled) {
    answer(second_, Outcome::mailbox_full, noon + days(4), Trust::is_signed, false);
    EXPECT_FALSE(history(noon + days(5) - Seconds(1)).is_known_dead());
    EXPECT_TRUE(history(noon + days(5)).is_known_dead());
}

// Whoever can forge a bounce must not keep the complaints about himself from being sent.
TEST_F(Contacts, are_not_dead_by_a_reply_that_could_be_forged) {
    answer(second_, Outcome::mailbox_full, noon + days(4), Trust::unknown, false);
    EXPECT_EQ(history().state, State::unknown);
    EXPECT_EQ(history().failures, 0);
    answer(second_, Outcome::mailbox_full, noon + days(5), Trust::matched, false);
    EXPECT_EQ(history().state, State::failing);
    EXPECT_EQ(history().failures, 1);
    EXPECT_FALSE(history().is_known_dead());
}

TEST_F(Contacts, that_acknowledge_again_are_working) {
    answer(first_, Outcome::recipient_unknown, noon + hours(1));
    EXPECT_TRUE(history().is_known_dead());
    answer(second_, Outcome::acknowledged, noon + days(3) + hours(1));
    const auto contact = history();
    EXPECT_EQ(contact.state, State::working);
    EXPECT_EQ(contact.last_worked, noon + days(3) + hours(1));
    EXPECT_EQ(contact.failing_since, std::nullopt);
    EXPECT_EQ(contact.last_failure, noon + hours(1));
    EXPECT_EQ(contact.acknowledgements, 1);
    EXPECT_FALSE(contact.is_known_dead());
}

TEST_F(Contacts, are_not_dead_for_longer_because_nothing_was_sent_to_them) {
    answer(first_, Outcome::recipient_unknown, noon + hours(1));
    const auto before = history();
    complain("c3@example.org", noon + days(5), false);
    const auto after = history();
    EXPECT_EQ(after.known_dead_until, before.known_dead_until);
    EXPECT_EQ(after.failures, before.failures);
    EXPECT_EQ(after.complaints, 3);
}

TEST_F(Contacts, that_nobody_complained_to_have_no_history) {
    ledger_.read([&] {
        EXPECT_EQ(contact_history(ledger_, "noc@example.com", policy_, noon).complaints, 0);
    });
}

TEST_F(Contacts, are_listed_each_once) {
    answer(first_, Outcome::recipient_unknown, noon + hours(1));
    Complaint other = support::complaint_to("a@example.com", "c9@example.org");
    take(other, noon);
    ledger_.read([&] {
        const auto contacts = list_contacts(ledger_, policy_, noon + days(10));
        ASSERT_EQ(contacts.size(), 2U);
        EXPECT_EQ(contacts[0].address, "a@example.com");
        EXPECT_EQ(contacts[1].address, abuse);
        EXPECT_EQ(contacts[1].complaints, 2);
        EXPECT_EQ(contacts[1].state, State::failing);
    });
}

TEST(ReasonNotToMail, names_what_is_no_mailbox_of_others) {
    Policy policy = Policy::standard();
    policy.own_addresses = {"complaints@example.org"};
    const auto reason = [&](const std::string& address) {
        ContactHistory contact;
        contact.address = address;
        return reason_not_to_mail(contact, policy);
    };
    EXPECT_EQ(reason("abuse@example.net"), "");
    EXPECT_EQ(reason("abuse@[192.0.2.1]"), "it is no plain mail address");
    EXPECT_EQ(reason("abuse"), "it is no plain mail address");
    EXPECT_EQ(reason("removed@lacnic.net"), "it is a placeholder, nobody's mailbox");
    EXPECT_EQ(reason("complaints@example.org"), "it is an address of ours");
}

}  // namespace ndr
