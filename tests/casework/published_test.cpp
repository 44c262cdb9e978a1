// Networks that are not what they were when the complaint was sent.
#include <gtest/gtest.h>

#include "cases.hpp"

namespace ndr {

namespace {

using namespace cases;

class Published : public testing::Test {
protected:
    Published() { file_.replies = {reply(file_, 0, Outcome::recipient_unknown, signed_born_here)}; }

    Lines decided() const { return follow_ups(decide(policy(), file_, after(hours(2)))); }

    std::string reason_for(FollowUpKind kind) const {
        for (const auto& follow_up : decide(policy(), file_, after(hours(2))).follow_ups) {
            if (kind_of(follow_up.deed) == kind) return follow_up.reason;
        }
        return "nothing follows";
    }

    CaseFile file_ = case_of({"abuse@example.net"});
    const Lines due_{"due report abuse@example.net", "due notice example.net",
                     "due block 198.51.100.0/24"};
    const Lines proposed_{"proposed report abuse@example.net", "due notice example.net",
                          "proposed block 198.51.100.0/24"};
};

TEST_F(Published, contacts_that_all_failed_lose_their_network) {
    EXPECT_EQ(decided(), due_);
}

TEST_F(Published, contacts_that_were_never_written_to_keep_it) {
    publish(file_, {"abuse@example.com"});
    EXPECT_EQ(decided(), proposed_);
    EXPECT_EQ(reason_for(FollowUpKind::block),
              "abuse@example.net: recipient-unknown, signed reply; abuse@example.com, which the "
              "registry publishes today, was never written to");
    EXPECT_EQ(reason_for(FollowUpKind::report),
              "abuse@example.net: recipient-unknown, signed reply; the registry does not publish "
              "abuse@example.net for the network today");
}

TEST_F(Published, one_more_contact_than_was_written_to_keeps_it) {
    publish(file_, {"abuse@example.net", "abuse@example.com"});
    EXPECT_EQ(decided(), (Lines{"due report abuse@example.net", "due notice example.net",
                                "proposed block 198.51.100.0/24"}));
}

TEST_F(Published, one_fewer_contact_does_not) {
    file_ = case_of({"abuse@example.net", "abuse@example.com"});
    file_.replies = {reply(file_, 0, Outcome::mailbox_full, signed_born_here),
                     reply(file_, 1, Outcome::recipient_unknown, signed_born_here)};
    publish(file_, {"abuse@example.net"});
    EXPECT_EQ(decided(), (Lines{"proposed report abuse@example.com", "due notice example.com",
                                "due block 198.51.100.0/24"}));
}

TEST_F(Published, contacts_that_complaints_do_not_go_to_say_nothing) {
    file_.network.contacts.push_back(
        {ContactRole::technical, "tech@example.com", "+1-555-0100", "", {}});
    EXPECT_EQ(decided(), due_);
}

TEST_F(Published, a_contact_known_dead_got_no_copy_and_has_failed) {
    file_.complaint.copies[0].was_sent = false;
    file_.replies.clear();
    file_.history.failures = {known_failure("abuse@example.net")};
    EXPECT_EQ(decided(), due_);
}

TEST_F(Published, where_a_registry_publishes_none_nothing_is_due) {
    publish(file_, {});
    EXPECT_EQ(decided(), proposed_);
    EXPECT_EQ(reason_for(FollowUpKind::block),
              "abuse@example.net: recipient-unknown, signed reply; the registry publishes no "
              "contact for the network");
    for (const auto authority : {Authority::imported, Authority::delegated}) {
        file_.network.authority = authority;
        EXPECT_EQ(decided(), due_) << text(authority);
    }
}

TEST_F(Published, a_contact_told_on_the_telephone_counts_in_place_of_those) {
    file_.network.told_contact = ToldContact{"abuse@example.com", "jo", after(hours(1))};
    EXPECT_EQ(decided().back(), "proposed block 198.51.100.0/24");
    EXPECT_NE(reason_for(FollowUpKind::block)
                  .find("abuse@example.com, which replaces the published contacts, was never "
                        "written to"),
              std::string::npos)
        << reason_for(FollowUpKind::block);
    file_.complaint.copies[0].contact = "abuse@example.com";
    file_.replies = {reply(file_, 0, Outcome::recipient_unknown, signed_born_here)};
    EXPECT_EQ(decided(), (Lines{"proposed report abuse@example.com", "due notice example.com",
                                "due block 198.51.100.0/24"}));
}

TEST_F(Published, a_person_may_approve_the_block_all_the_same) {
    publish(file_, {"abuse@example.com"});
    file_.rulings = {{FollowUpKind::block, "198.51.100.0/24", Ruling::Verb::approve, "",
                      after(hours(2)), "jo", "seen in the log"}};
    EXPECT_EQ(decided().back(), "due block 198.51.100.0/24");
}

}  // namespace

}  // namespace ndr
