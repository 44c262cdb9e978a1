// deliver: what an MTA sees when all is well, and what can never succeed.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <memory>

#include "support/ledger_file.hpp"
#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

class DeliverCommand : public ::testing::Test {
protected:
    std::string count_of_replies() const {
        return LedgerFile(site.ledger()).value("SELECT count(*) FROM reply");
    }
    // The one message in hold/new, octet for octet.
    std::string held() const {
        const auto names = names_in(site.at("hold/new"));
        EXPECT_EQ(names.size(), 1U);
        return names.empty() ? "" : octets_of(site.at("hold/new/" + names[0]));
    }
    // Exit 0, nothing on standard output, and one line that tells where it is and why.
    void expect_held(const Ran& ran, const std::string& why) const {
        expect_one_line_error(ran, 0, {"held as " + site.hold() + "/new/", why});
        EXPECT_EQ(ran.out, "");
    }

    Site site;
    const std::string bounce = example("replies/03-qmail-no-mailbox.eml");
};

TEST_F(DeliverCommand, takes_a_reply_into_a_ledger_that_it_makes_and_says_nothing) {
    expect_silent_success(site.run({"deliver"}, bounce));
    const auto replies = site.listed({"replies"});
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_EQ(replies[0]["outcome"], "recipient-unknown");
    EXPECT_EQ(replies[0]["recipient"], "abuse@colo-west.example.net");
    EXPECT_TRUE(site.output({"replies", "show", "1", "--octets"}) == bounce);
    EXPECT_FALSE(std::filesystem::exists(site.hold()));
}

TEST_F(DeliverCommand, of_the_same_again_says_nothing_and_changes_nothing) {
    expect_silent_success(site.run({"deliver"}, bounce));
    const std::string before = canonical_dump(site.ledger());
    expect_silent_success(site.run({"deliver"}, bounce));
    expect_silent_success(site.run({"deliver", "--copy"}, bounce));
    EXPECT_EQ(canonical_dump(site.ledger()), before);
}

TEST_F(DeliverCommand, leaves_the_same_ledger_as_a_replay) {
    const Site other;
    for (const auto& name : names_in(examples_at("complaints"))) {
        site.record(example("complaints/" + name));
        other.record(example("complaints/" + name));
    }
    for (const auto& name : names_in(examples_at("replies")))
        expect_silent_success(site.run({"deliver"}, example("replies/" + name)));
    other.copy_examples("replies");
    other.output({"replay", "replies"});
    EXPECT_EQ(canonical_dump(site.ledger()), canonical_dump(other.ledger()));
}

TEST_F(DeliverCommand, records_what_is_no_mail_as_unrelated) {
    expect_silent_success(site.run({"deliver"}, "milk\nbread and butter\n"));
    expect_silent_success(site.run({"deliver"}, "\x89PNG\r\n\x1a\n" + std::string(3000, '\x1')));
    const auto replies = site.listed({"replies"});
    ASSERT_EQ(replies.size(), 2U);
    for (const auto& reply : replies)
        EXPECT_EQ(reply["outcome"], "unrelated");
}

TEST_F(DeliverCommand, holds_an_empty_message) {
    expect_held(site.run({"deliver"}), "empty");
    EXPECT_EQ(held(), "");
}

TEST_F(DeliverCommand, keeps_the_first_64_kib_of_the_octets_and_counts_the_rest) {
    const std::string large = bounce + std::string(200000, '-') + "\n";
    expect_silent_success(site.run({"deliver"}, large));
    LedgerFile ledger(site.ledger());
    EXPECT_EQ(ledger.value("SELECT size FROM reply"), std::to_string(large.size()));
    EXPECT_EQ(ledger.value("SELECT length(octets) FROM message"), "65536");
}

// Its first 64 KiB are judged.
TEST_F(DeliverCommand, holds_and_judges_a_message_over_max_size) {
    site.configure("max_size = 100000\n");
    const std::string large = bounce + std::string(200000, '-') + "\n";
    expect_held(site.run({"deliver"}, large), "max_size");
    EXPECT_TRUE(held() == large);
    const auto replies = site.listed({"replies"});
    ASSERT_EQ(replies.size(), 1U);
    EXPECT_EQ(replies[0]["outcome"], "recipient-unknown");
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT size FROM reply"),
              std::to_string(large.size()));
}

TEST_F(DeliverCommand, holds_twenty_megabytes_by_default_in_little_memory) {
    std::string large = bounce;
    while (large.size() < 20U << 20)
        large += std::string(76, 'x') + "\n";
    const Ran ran = site.run({"deliver"}, large);
    expect_held(ran, "max_size");
    EXPECT_TRUE(held() == large);
    EXPECT_EQ(count_of_replies(), "1");
    EXPECT_TRUE(is_sanitized() || ran.most_memory < 100 * 1024) << ran.most_memory << " KiB";
}

TEST_F(DeliverCommand, sixteen_mebibytes_exactly_are_not_too_many) {
    std::string large = bounce;
    large.resize(16U << 20, 'x');
    expect_silent_success(site.run({"deliver"}, large));
    large += 'x';
    expect_held(site.run({"deliver"}, large), "max_size");
}

TEST_F(DeliverCommand, takes_the_envelope_from_the_environment_where_no_option_gives_it) {
    const std::map<std::string, std::string> all{{"RECIPIENT", "one@example.org"},
                                                 {"ORIGINAL_RECIPIENT", "two@example.org"},
                                                 {"ORIG_RECIPIENT", "three@example.org"},
                                                 {"SENDER", "from@example.net"}};
    Program program = site.program({"deliver"});
    program.environment = all;
    run(program);
    program.environment.erase("RECIPIENT");
    run(program);
    program.environment["ORIGINAL_RECIPIENT"] = "";
    run(program);
    program.environment = all;
    program.words.insert(program.words.end(),
                         {"--recipient", "option@example.org", "--sender=option@example.net"});
    run(program);
    const auto rows = site.listed({"hold", "list"});
    ASSERT_EQ(rows.size(), 4U);
    EXPECT_EQ(rows[0]["recipient"], "one@example.org");
    EXPECT_EQ(rows[0]["sender"], "from@example.net");
    EXPECT_EQ(rows[1]["recipient"], "two@example.org");
    EXPECT_EQ(rows[2]["recipient"], "three@example.org");
    EXPECT_EQ(rows[3]["recipient"], "option@example.org");
    EXPECT_EQ(rows[3]["sender"], "option@example.net");
}

TEST_F(DeliverCommand, a_null_reverse_path_is_no_option) {
    expect_silent_success(
        site.run({"deliver", "--sender", "", "--recipient", "complaints@example.org"}, bounce));
}

TEST_F(DeliverCommand, quotes_no_control_character) {
    const std::string escape = "\x1b[31m";
    Ran ran = site.run({"deliver", "--sender", escape});
    expect_held(ran, "empty");
    EXPECT_FALSE(holds(ran.err, "\x1b"));
    ran = site.run({"deliver", "--" + escape}, bounce);
    EXPECT_EQ(ran.status, 75);
    EXPECT_FALSE(holds(ran.err, "\x1b"));
    EXPECT_FALSE(holds(site.output({"hold"}), "\x1b"));
}

// Postfix starts as many as default_process_limit; the first ones find no ledger.
TEST_F(DeliverCommand, many_at_once_lose_nothing) {
    constexpr int many = 12;
    std::vector<std::unique_ptr<Running>> running;
    for (int i = 0; i < many; ++i)
        running.push_back(std::make_unique<Running>(site.program({"deliver"})));
    for (int i = 0; i < many; ++i)
        running[static_cast<std::size_t>(i)]->feed(
            replaced(bounce, "20731", std::to_string(100 + i / 2)) + std::to_string(i / 2) + "\n");
    for (auto& one : running)
        expect_silent_success(one->finish());
    EXPECT_EQ(count_of_replies(), std::to_string(many / 2));  // each was sent twice
}

}  // namespace

}  // namespace ndr::support
