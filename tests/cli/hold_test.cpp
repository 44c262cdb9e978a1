// hold: messages that could not be taken in.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/ledger_file.hpp"
#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

// A site whose ledger is of another schema, so that deliveries with --copy are held.
class HoldCommand : public ::testing::Test {
protected:
    void SetUp() override {
        site.record(example("complaints/03-telnet-scan.eml"));
        break_ledger();
    }

    void break_ledger() {
        LedgerFile file(site.ledger());
        schema = file.value("PRAGMA user_version");
        file.execute("PRAGMA user_version = 1000");
    }
    void mend_ledger() { LedgerFile(site.ledger()).execute("PRAGMA user_version = " + schema); }

    // Held with an envelope.
    void deliver(const std::string& octets) {
        const Ran ran = site.run({"deliver", "--copy", "--recipient", "complaints@example.org",
                                  "--sender", "bounces@example.net", "--client", "192.0.2.25"},
                                 octets);
        EXPECT_EQ(ran.status, 0) << ran;
        expect_lines_for_mta(ran.err);
    }

    Site site;
    std::string schema;
    const std::string bounce = example("replies/03-qmail-no-mailbox.eml");
};

TEST_F(HoldCommand, s_messages_are_in_the_review_as_text_and_as_json) {
    deliver(bounce);
    mend_ledger();
    EXPECT_TRUE(holds(site.output({"review"}), "1 message in hold"));
    const auto rows = site.listed({"review"});
    ASSERT_FALSE(rows.empty());
    const auto messages = std::count_if(rows.begin(), rows.end(),
                                        [](const Json& row) { return row["kind"] == "message"; });
    EXPECT_EQ(messages, 1);
    const Json& row = rows.back();
    EXPECT_EQ(row["kind"], "message");
    EXPECT_EQ(row["state"], "held");
    EXPECT_EQ(row["target"], names_in(site.at("hold/new")).at(0));
    EXPECT_TRUE(holds(row["reason"], "schema 1000")) << row;
    EXPECT_TRUE(row["id"].is_null());
}

TEST_F(HoldCommand, lists_what_is_held_and_why) {
    deliver(bounce);
    const auto rows = site.listed({"hold", "list"});
    ASSERT_EQ(rows.size(), 1U);
    const auto names = names_in(site.at("hold/new"));
    ASSERT_EQ(names.size(), 1U);
    EXPECT_EQ(rows[0]["number"], 1);
    EXPECT_EQ(rows[0]["name"], names[0]);
    EXPECT_EQ(rows[0]["path"], site.at("hold/new/" + names[0]));
    EXPECT_EQ(rows[0]["held_at"], Site::now);
    EXPECT_EQ(rows[0]["size"], bounce.size());
    EXPECT_EQ(rows[0]["was_retried"], false);
    EXPECT_EQ(rows[0]["recipient"], "complaints@example.org");
    EXPECT_EQ(rows[0]["sender"], "bounces@example.net");
    EXPECT_TRUE(holds(rows[0]["reason"], "schema 1000")) << rows[0];
    EXPECT_TRUE(holds(site.output({"hold"}), names[0]));
}

TEST_F(HoldCommand, of_nothing_says_so) {
    EXPECT_EQ(site.output({"hold"}), "nothing is held\n");
    EXPECT_TRUE(site.listed({"hold", "list"}).empty());
    EXPECT_EQ(site.output({"hold", "retry"}), "");
}

TEST_F(HoldCommand, shows_the_octets_by_number_or_name) {
    deliver(bounce);
    deliver("From: x@example.net\r\n\r\n" + std::string(3, '\0') + "\xff\n");
    const auto rows = site.listed({"hold", "list"});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_TRUE(site.output({"hold", "show", "1"}) == bounce);
    EXPECT_TRUE(site.output({"hold", "show", rows[0]["name"]}) == bounce);
    EXPECT_EQ(site.output({"hold", "show", "2"}).size(), 28U);
}

TEST_F(HoldCommand, of_what_is_not_there_is_an_error) {
    deliver(bounce);
    for (const char* verb : {"show", "drop", "retry"}) {
        expect_one_line_error(site.run({"hold", verb, "2"}), 66, {"'2'", site.hold()});
        expect_one_line_error(site.run({"hold", verb, "../../site.conf"}), 66, {"site.conf"});
    }
    EXPECT_EQ(names_in(site.at("hold/new")).size(), 1U);
}

TEST_F(HoldCommand, retry_takes_in_what_can_be_taken_in) {
    deliver(bounce);
    mend_ledger();
    EXPECT_TRUE(holds(site.output({"hold", "retry"}), "recipient-unknown"));
    EXPECT_TRUE(site.listed({"hold", "list"}).empty());
    EXPECT_TRUE(names_in(site.at("hold/new")).empty());
    EXPECT_TRUE(names_in(site.at("hold/info")).empty());
    const auto replies = site.listed({"replies"});
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_EQ(replies[0]["trust"], "matched");
    EXPECT_TRUE(site.output({"replies", "show", "1", "--octets"}) == bounce);
}

TEST_F(HoldCommand, retry_while_nothing_was_mended_keeps_it) {
    deliver(bounce);
    expect_one_line_error(site.run({"hold", "retry"}), 78, {"schema 1000"});
    ASSERT_EQ(names_in(site.at("hold/new")).size(), 1U);
    EXPECT_TRUE(octets_of(site.at("hold/new/" + names_in(site.at("hold/new"))[0])) == bounce);
}

TEST_F(HoldCommand, what_fails_again_goes_to_cur_with_its_reason) {
    mend_ledger();
    site.run({"deliver"});
    const auto name = names_in(site.at("hold/new")).at(0);
    const Ran ran = site.run({"hold", "retry"});
    expect_one_line_error(ran, 65, {name, "still held", "empty"});
    EXPECT_TRUE(names_in(site.at("hold/new")).empty());
    EXPECT_EQ(names_in(site.at("hold/cur")), (std::vector<std::string>{name}));
    const auto rows = site.listed({"hold", "list"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["was_retried"], true);
    EXPECT_TRUE(holds(rows[0]["reason"], "empty"));
}

TEST_F(HoldCommand, act_takes_up_what_is_held_once) {
    deliver(bounce);
    mend_ledger();
    site.run({"deliver"});  // empty: can never succeed
    EXPECT_TRUE(holds(site.output({"act", "--dry-run"}), "2 messages in hold"));
    const Ran ran = site.run({"act"});
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_EQ(lines_of(ran.err).size(), 1U) << ran;  // the empty one
    EXPECT_TRUE(holds(ran.out, "colo-west.example.net")) << ran;
    EXPECT_EQ(site.listed({"replies"}).size(), 1U);
    EXPECT_EQ(names_in(site.at("hold/cur")).size(), 1U);
    // Not tried for ever.
    EXPECT_EQ(site.run({"act"}).err, "");
}

TEST_F(HoldCommand, drop_forgets_only_what_is_named) {
    deliver(bounce);
    deliver(bounce);
    const auto rows = site.listed({"hold", "list"});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_TRUE(holds(site.output({"hold", "drop", "1"}), rows[0]["name"].get<std::string>()));
    const auto left = site.listed({"hold", "list"});
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left[0]["name"], rows[1]["name"]);
    EXPECT_EQ(names_in(site.at("hold/info")).size(), 1U);
}

TEST_F(HoldCommand, a_lost_note_costs_the_reason_and_not_the_message) {
    deliver(bounce);
    const auto name = names_in(site.at("hold/new")).at(0);
    std::filesystem::remove(site.at("hold/info/" + name + ".json"));
    const auto rows = site.listed({"hold", "list"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["sender"], nullptr);
    mend_ledger();
    site.output({"hold", "retry", "1"});
    EXPECT_EQ(site.listed({"replies"}).size(), 1U);
}

// What Dovecot could not hand over: once into the ledger, and what never succeeds aside.
TEST_F(HoldCommand, act_takes_up_the_retry_folders) {
    mend_ledger();
    site.make_directory("Maildir/.retry/new");
    site.configure("retry_folders = " + site.at("Maildir/.gone") + ", " +
                   site.at("Maildir/.retry") + "\n");
    site.write("Maildir/.retry/new/1", bounce);
    site.write("Maildir/.retry/new/2", "");
    const std::string plan = site.output({"act", "--dry-run"});
    EXPECT_TRUE(holds(plan, "2 messages in retry folders")) << plan;
    EXPECT_EQ(names_in(site.at("Maildir/.retry/new")).size(), 2U);
    const Ran ran = site.run({"act"});
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_TRUE(holds(ran.err, "still held: it is empty")) << ran;
    EXPECT_TRUE(names_in(site.at("Maildir/.retry/new")).empty());
    ASSERT_EQ(site.listed({"replies"}).size(), 1U);
    EXPECT_EQ(names_in(site.at("hold/cur")).size(), 1U);
    EXPECT_TRUE(names_in(site.at("hold/new")).empty());
}

TEST_F(HoldCommand, act_tells_of_a_retry_folder_that_is_none) {
    mend_ledger();
    site.configure("retry_folders = " + site.write("file", "") + "\n");
    expect_one_line_error(site.run({"act"}), 69, {site.at("file")});
}

}  // namespace

}  // namespace ndr::support
