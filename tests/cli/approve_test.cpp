// What waits for a person: approved or dismissed, singly and in bulk, and who did it.
#include <gtest/gtest.h>

#include "support/complained.hpp"
#include "support/ledger_file.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

const std::string ripe_text = ripe_answer("203.0.113.0 - 203.0.113.255", "abuse@example.net");
const std::string other_text = ripe_answer("198.51.100.0 - 198.51.100.255", "abuse@example.com");
constexpr const char* a_week_later = "2026-11-30T12:00:00Z";

// Of two contacts one fails and one is silent: a week later a block is proposed.
struct Approval : Complained, testing::Test {
    Approval() : Complained(ripe_text) {
        site.configure("enforce = block\nback_ends = list\nlist.path = " + list + "\n");
        site.output({"complain", "--ip", "203.0.113.8", "security@example.net", "noc@example.com"});
        bounce("noc@example.com", "5.1.1", "smtp; 550 5.1.1 <noc@example.com>: User unknown");
        EXPECT_EQ(later({"act"}).status, 0);
    }

    Ran later(std::vector<std::string> words) const {
        return site.run_at(a_week_later, std::move(words));
    }
    std::string state_of(const std::string& id) const {
        return LedgerFile(site.ledger()).value("SELECT state FROM follow_up WHERE id = " + id);
    }
    std::string proposed_block() const {
        return LedgerFile(site.ledger())
            .value("SELECT id FROM follow_up WHERE kind = 'block' AND state = 'proposed'");
    }
    std::string listed() const { return octets_of(list); }

    std::string list = site.make_directory("export") + "/blocked";
};

}  // namespace

TEST_F(Approval, makes_a_proposed_block_due_and_says_who_and_why) {
    const std::string id = proposed_block();
    ASSERT_NE(id, "");
    later({"act", "--first"});
    EXPECT_FALSE(holds(listed(), "203.0.113"));
    const Ran approved = later({"approve", id, "--why", "seen in the log too"});
    EXPECT_EQ(approved.status, 0) << approved;
    EXPECT_EQ(approved.out, id + ": due block 203.0.113.0/24 for 30d\n");
    EXPECT_EQ(state_of(id), "due");
    const Ran carried_out = later({"act", "--first"});
    EXPECT_TRUE(holds(carried_out.out, "done: block 203.0.113.0/24")) << carried_out;
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24"));
    LedgerFile ledger(site.ledger());
    EXPECT_EQ(ledger.rows("SELECT verb, why, ruled_by <> '' FROM ruling"),
              (std::vector<std::vector<std::string>>{{"approve", "seen in the log too", "1"}}));
    EXPECT_TRUE(holds(later({"status", "203.0.113.8"}).out, "seen in the log too"));
}

TEST_F(Approval, of_what_was_dismissed_is_needed_again) {
    const std::string id = proposed_block();
    EXPECT_EQ(later({"dismiss", id}).out, id + ": dismissed block 203.0.113.0/24 for 30d\n");
    EXPECT_EQ(later({"act", "--first"}).status, 0);
    EXPECT_EQ(state_of(id), "dismissed");
    EXPECT_FALSE(holds(later({"review"}).out, "block"));
    EXPECT_EQ(later({"approve", id}).out, id + ": due block 203.0.113.0/24 for 30d\n");
    EXPECT_EQ(later({"dismiss", id}).out, id + ": dismissed block 203.0.113.0/24 for 30d\n");
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT count(*) FROM ruling"), "3");
}

TEST_F(Approval, in_bulk_lists_what_is_signed_and_waits_for_yes) {
    const std::string id = proposed_block();
    const Ran listed_only = later({"approve", "--all"});
    EXPECT_EQ(listed_only.status, 0);
    EXPECT_TRUE(holds(listed_only.out, "203.0.113.0/24: recipient-unknown, signed (1 complaint)"))
        << listed_only;
    EXPECT_TRUE(holds(listed_only.out, "nothing is changed yet")) << listed_only;
    EXPECT_EQ(state_of(id), "proposed");
    EXPECT_TRUE(holds(later({"approve", "--all", "--kind", "call", "--yes"}).out,
                      "no signed follow-up waits"));
    EXPECT_EQ(state_of(id), "proposed");
    const Ran done = later({"approve", "--all", "--kind", "block", "--yes"});
    EXPECT_TRUE(holds(done.out, id + ": due block")) << done;
    EXPECT_EQ(state_of(id), "due");
}

// What a stranger's mail alone says is looked at one by one.
TEST_F(Approval, in_bulk_leaves_out_what_is_not_signed) {
    LedgerFile(site.ledger())
        .execute("UPDATE follow_up SET trust = 'matched' WHERE state = 'proposed'");
    EXPECT_EQ(later({"approve", "--all", "--yes"}).out,
              "nothing to approve: no signed follow-up waits\n");
    EXPECT_NE(proposed_block(), "");
}

// Approved, it would be carried out without a question.
TEST_F(Approval, in_bulk_leaves_out_what_may_be_a_fault_of_ours) {
    const std::string proposed = proposed_block();
    site.output({"networks", "import", site.write("other.txt", other_text)});
    site.output({"complain", "--ip", "198.51.100.7"});
    bounce("abuse@example.com", "4.4.1",
           "X-Postfix; connect to mx.example.com[192.0.2.1]:25: Connection timed out");
    const std::string held = LedgerFile(site.ledger())
                                 .value(
                                     "SELECT id FROM follow_up WHERE kind = 'block' "
                                     "AND state = 'held'");
    ASSERT_NE(held, "");
    const std::string left_out = "left out, approve " + held + " alone: block 198.51.100.0/24";
    const Ran alone = later({"approve", "--all", "--kind", "report"});
    EXPECT_FALSE(holds(alone.out, "left out")) << alone;
    const Ran done = later({"approve", "--all", "--yes"});
    EXPECT_TRUE(holds(done.out, left_out)) << done;
    EXPECT_TRUE(holds(done.out, "control_host is not set")) << done;
    EXPECT_TRUE(holds(done.out, proposed + ": due block")) << done;
    EXPECT_EQ(state_of(held), "held");
    EXPECT_TRUE(holds(later({"approve", "--all", "--yes"}).out,
                      "nothing to approve: no other signed follow-up waits\n"));
    EXPECT_EQ(later({"approve", held}).out, held + ": due block 198.51.100.0/24 for 30d\n");
    EXPECT_EQ(later({"dismiss", held}).status, 0);
}

// A person may well be tired of all of them.
TEST_F(Approval, in_bulk_dismisses_what_may_be_a_fault_of_ours) {
    bounce("abuse@example.net", "4.4.1",
           "X-Postfix; connect to mx.example.net[192.0.2.1]:25: Connection timed out");
    const std::string waiting =
        "SELECT count(*) FROM follow_up WHERE kind = 'block' AND state IN ('held', 'proposed')";
    EXPECT_EQ(LedgerFile(site.ledger()).value(waiting), "2");
    EXPECT_EQ(later({"dismiss", "--all", "--yes"}).status, 0);
    EXPECT_EQ(LedgerFile(site.ledger()).value(waiting), "0");
}

TEST_F(Approval, names_what_cannot_be_approved) {
    const std::string id = proposed_block();
    expect_one_line_error(later({"approve", "4711"}), 66, {"4711", "review"});
    expect_one_line_error(later({"approve", "x7"}), 64, {"x7", "review"});
    expect_one_line_error(later({"approve"}), 64, {"--all"});
    expect_one_line_error(later({"approve", id, "--all"}), 64, {"--all"});
    later({"approve", id});
    expect_one_line_error(later({"approve", id}), 65, {id, "due already"});
    later({"act", "--first"});
    expect_one_line_error(later({"approve", id}), 65, {id, "it was done on"});
    expect_one_line_error(later({"dismiss", id}), 65, {id, "it was done on"});
}

TEST_F(Approval, of_what_hurts_its_owner_blocks_what_is_left_around_it) {
    site.configure("allow_list = " + site.write("allow", "203.0.113.128/25 our office\n") + "\n");
    bounce("security@example.net", "5.1.1", no_such_user);
    bounce("abuse@example.net", "5.1.1", no_such_user);
    const std::string id = LedgerFile(site.ledger())
                               .value(
                                   "SELECT min(id) FROM follow_up WHERE kind = 'block' "
                                   "AND state = 'refused'");
    ASSERT_NE(id, "");
    expect_one_line_error(later({"approve", id}), 65, {id, "our office", "--around"});
    EXPECT_EQ(state_of(id), "refused");
    const Ran around = later({"approve", id, "--around"});
    EXPECT_EQ(around.status, 0) << around;
    EXPECT_EQ(state_of(id), "due");
    later({"act", "--first"});
    EXPECT_TRUE(holds(listed(), "203.0.113.0/25"));
    EXPECT_FALSE(holds(listed(), "203.0.113.0/24"));
}

TEST_F(Approval, around_nothing_that_is_left_stays_refused) {
    const std::string id = proposed_block();
    site.configure("allow_list = " + site.write("allow", "203.0.112.0/22 all of it\n") + "\n");
    expect_one_line_error(later({"approve", id, "--around"}), 65, {id, "all of it"});
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT count(*) FROM ruling"), "0");
}

// Nobody looked the network up: its contacts are of the user's own knowledge.
TEST(ApprovalOfGuesses, is_refused_with_the_way_out) {
    Site site;
    site.configure("allow_documentation = yes\nlookup = no\n");
    site.run({"complain", "--ip", "203.0.113.7"});
    const std::string id =
        LedgerFile(site.ledger()).value("SELECT id FROM follow_up WHERE kind = 'block'");
    ASSERT_NE(id, "");
    expect_one_line_error(site.run({"approve", id}), 65,
                          {id, "only a guess", "networks refresh 203.0.113.7", "blocks add"});
}

}  // namespace ndr::support
