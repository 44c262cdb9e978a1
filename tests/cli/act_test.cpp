// act: what follows, and why; --dry-run changes nothing at all.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/ledger_file.hpp"
#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

// Names and octets of all files below a directory; without the two that SQLite keeps beside a
// ledger for whoever reads it, and of which the first is empty while nothing is written.
std::map<std::string, std::string> files_below(const std::string& directory) {
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
        const std::string path = entry.path().string();
        const bool is_empty_wal = path.ends_with("-wal") && entry.file_size() == 0;
        if (entry.is_regular_file() && !is_empty_wal && !path.ends_with("-shm"))
            files[path] = octets_of(path);
    }
    return files;
}

class ActCommand : public ::testing::Test {
protected:
    void SetUp() override {
        site.copy_examples("complaints");
        site.copy_examples("replies");
    }

    void take_in_all() {
        site.output({"record", "complaints"});
        site.output({"replay", "replies"});
    }

    // The follow-ups of one kind about one target.
    std::vector<Json> planned(const std::string& kind, const std::string& target) const {
        auto rows = site.listed({"act", "--dry-run"});
        std::erase_if(
            rows, [&](const Json& row) { return row["kind"] != kind || row["target"] != target; });
        return rows;
    }

    Site site;
};

TEST_F(ActCommand, without_follow_ups_has_nothing_to_do) {
    site.output({"record", "complaints"});
    EXPECT_EQ(site.output({"act", "--dry-run"}), "nothing to do\n");
    EXPECT_TRUE(site.listed({"act", "--dry-run"}).empty());
}

TEST_F(ActCommand, dry_run_changes_no_octet) {
    take_in_all();
    site.run({"deliver"});  // something in hold
    const auto before = files_below(site.at(""));
    ASSERT_EQ(names_in(site.at("hold/new")).size(), 1U);
    site.output({"act", "--dry-run"});
    site.listed({"act", "--dry-run"});
    const auto after = files_below(site.at(""));
    EXPECT_TRUE(before == after);
}

// Without a token only what our own MTA wrote is believed: examples 19 and 20 have a Received that
// says from nowhere. And no block follows from a network that is only a guess.
TEST_F(ActCommand, without_tokens_only_letters_are_due_and_only_for_bounces_born_here) {
    take_in_all();
    const auto rows = site.listed({"act", "--dry-run"});
    EXPECT_GT(rows.size(), 10U);
    for (const auto& row : rows) {
        const bool is_born_here = row["complaint"] == 18 || row["complaint"] == 19;
        EXPECT_EQ(row["state"] == "due", is_born_here && row["kind"] == "notice") << row;
        EXPECT_EQ(row["due_at"].is_null(), row["state"] != "due") << row;
        EXPECT_FALSE(row["reason"].get<std::string>().empty()) << row;
    }
}

// The policy, column "elsewhere", for a network that is only a guess.
TEST_F(ActCommand, recipient_unknown_asks_for_block_report_and_notice) {
    take_in_all();
    const auto block = planned("block", "203.0.113.0/24");
    ASSERT_EQ(block.size(), 3U);  // one for each complaint
    for (const auto& row : block) {
        EXPECT_EQ(row["state"], "refused");
        EXPECT_TRUE(holds(row["reason"], "documentation")) << row;
    }
    const auto report = planned("report", "abuse@colo-west.example.net");
    ASSERT_EQ(report.size(), 1U);
    EXPECT_EQ(report[0]["state"], "proposed");
    EXPECT_TRUE(holds(report[0]["reason"], "only a guess")) << report[0];
    const auto notice = planned("notice", "colo-west.example.net");
    ASSERT_EQ(notice.size(), 1U);
    EXPECT_EQ(notice[0]["state"], "held");
    EXPECT_EQ(notice[0]["description"], "notice to postmaster@colo-west.example.net");
    EXPECT_EQ(notice[0]["address"], "203.0.113.5");
}

TEST_F(ActCommand, mailbox_full_is_never_reported_and_lost_connection_brings_no_notice) {
    take_in_all();
    EXPECT_EQ(planned("block", "198.51.100.0/24").size(), 3U);
    EXPECT_TRUE(planned("report", "abuse@nordnetz.example").empty());
    EXPECT_TRUE(planned("notice", "nordnetz.example").empty());
    EXPECT_EQ(planned("report", "abuse@oldtelco.example").size(), 1U);
    EXPECT_TRUE(planned("notice", "oldtelco.example").empty());
}

TEST_F(ActCommand, what_is_no_failure_brings_nothing) {
    take_in_all();
    const std::string all = site.output({"act", "--dry-run"});
    for (const char* contact :
         {"filterhost.example.org", "hillside-net.example", "greywall.example.net",
          "alpenrouter.example", "datahall.example", "hoster.example", "campus.example.org",
          "labnet.example.com", "news.example.com"})
        EXPECT_FALSE(holds(all, contact)) << contact;
}

TEST_F(ActCommand, documentation_space_can_be_allowed) {
    site.configure("allow_documentation = yes\n");
    take_in_all();
    const auto block = planned("block", "203.0.113.0/24");
    ASSERT_EQ(block.size(), 3U);
    for (const auto& row : block)
        EXPECT_EQ(row["state"], "proposed") << row;  // a guess is proposed, never due
}

// abuse@ failed, tech@ has said nothing that proves anything: after a week a block is proposed.
TEST_F(ActCommand, time_alone_proposes_a_block_where_the_others_are_silent) {
    site.configure("allow_documentation = yes\n");
    site.output({"record", "complaints/20-web-exploit.eml"});
    site.output({"replay", "replies/20-postfix-one-of-two-unknown.eml"});
    EXPECT_TRUE(planned("block", "2001:db8:f6::/48").empty());
    Program later = site.program({});
    later.words = {"--config", "site.conf", "--now", "2026-11-24T17:40:04Z", "act"};
    auto dry = later;
    dry.words.emplace_back("--dry-run");
    const std::string before = canonical_dump(site.ledger());
    const Ran shown = run(dry);
    EXPECT_TRUE(holds(shown.out, "block 2001:db8:f6::/48 for 30d")) << shown;
    EXPECT_TRUE(holds(shown.out, "proposed")) << shown;
    EXPECT_EQ(canonical_dump(site.ledger()), before);
    EXPECT_EQ(run(later).status, 0);
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT state FROM follow_up WHERE kind = 'block'"),
              "proposed");
}

TEST_F(ActCommand, the_policy_of_the_configuration_holds) {
    site.configure(
        "[policy]\nrecipient-unknown.elsewhere = notice\nmailbox-full.elsewhere = nothing\n");
    take_in_all();
    for (const auto& row : site.listed({"act", "--dry-run"})) {
        EXPECT_TRUE(row["kind"] == "notice" || !holds(row["reason"], ": recipient-unknown")) << row;
        EXPECT_FALSE(holds(row["reason"], ": mailbox-full")) << row;
    }
}

TEST_F(ActCommand, an_old_reply_is_recorded_and_nothing_follows) {
    Program program = site.program({});
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"record", "complaints/03-telnet-scan.eml"},
          {"replay", "replies/03-qmail-no-mailbox.eml"},
          {"act", "--dry-run"}}) {
        // 61 days after the reply came.
        program.words = {"--config", "site.conf", "--now", "2027-01-05T06:00:00Z"};
        program.words.insert(program.words.end(), words.begin(), words.end());
        const Ran ran = run(program);
        ASSERT_EQ(ran.status, 0) << ran;
        EXPECT_EQ(words[0] == "act", ran.out == "nothing to do\n") << ran;
    }
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT trust FROM reply"), "matched");
}

TEST_F(ActCommand, text_groups_by_state_and_gives_the_reason_for_each) {
    take_in_all();
    const auto lines = lines_of(site.output({"act", "--dry-run"}));
    EXPECT_EQ(lines.at(0), "due (2): carried out when their time has come");
    const auto whys = std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
        return line.rfind("      why: ", 0) == 0;
    });
    EXPECT_EQ(static_cast<std::size_t>(whys), site.listed({"act", "--dry-run"}).size());
}

}  // namespace

}  // namespace ndr::support
