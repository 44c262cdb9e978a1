// What goes wrong in a replay is said in one line that names the file; the rest is carried on.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>

#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

constexpr const char* from_line = "From MAILER-DAEMON Tue Nov  3 08:15:14 2026\n";

// A site with two good replies, before and after what is bad in the order of names.
class ReplayFaults : public ::testing::Test {
protected:
    void SetUp() override {
        site.write("in/a.eml", example("replies/03-qmail-no-mailbox.eml"));
        site.write("in/z.eml", example("replies/01-postfix-mailbox-full.eml"));
    }

    std::int64_t replies() const {
        return std::stoll(LedgerFile(site.ledger()).value("SELECT count(*) FROM reply"));
    }

    // The good ones were taken in, and one line tells of the bad one.
    void expect_carried_on(int status, const std::vector<std::string>& parts,
                           const std::string& in_table = "2    ") {
        const Ran ran = site.run({"replay", "in"});
        expect_one_line_error(ran, status, parts);
        EXPECT_NE(ran.out.find("in/a.eml: recipient-unknown"), std::string::npos) << ran;
        EXPECT_NE(ran.out.find("in/z.eml: mailbox-full"), std::string::npos) << ran;
        EXPECT_NE(ran.out.find("\nall                " + in_table), std::string::npos) << ran;
        EXPECT_EQ(lines_of(ran.out).back().rfind("1 ", 0), 0U) << ran;  // their number
    }

    Site site;
};

TEST_F(ReplayFaults, a_picture) {
    std::string picture = "\x89PNG\r\n\x1a\n";
    for (int i = 0; i < 20000; ++i)
        picture += static_cast<char>((i * 7919) >> 3);
    site.write("in/m.png", picture);
    expect_carried_on(65, {"in/m.png: ", "no mail"});
    EXPECT_EQ(replies(), 2);
}

TEST_F(ReplayFaults, a_text_that_is_no_mail) {
    site.write("in/m.txt", "Shopping list\n\nmilk\nbread and butter\n");
    expect_carried_on(65, {"in/m.txt: ", "no mail"});
    EXPECT_EQ(replies(), 2);
}

TEST_F(ReplayFaults, an_empty_file) {
    site.write("in/m.eml", "");
    expect_carried_on(65, {"in/m.eml: ", "empty"});
    EXPECT_EQ(replies(), 2);
}

TEST_F(ReplayFaults, a_directory_without_permission) {
    site.write("in/m/b.eml", example("replies/11-postfix-delayed.eml"));
    std::filesystem::permissions(site.at("in/m"), std::filesystem::perms::none);
    expect_carried_on(77, {"in/m: ", "Permission denied"});
    std::filesystem::permissions(site.at("in/m"), std::filesystem::perms::owner_all);
}

TEST_F(ReplayFaults, a_file_without_permission) {
    std::filesystem::permissions(site.write("in/m.eml", "From: a@example.net\n\nx\n"),
                                 std::filesystem::perms::none);
    expect_carried_on(77, {"in/m.eml: ", "Permission denied"});
}

TEST_F(ReplayFaults, a_link_that_leads_nowhere) {
    std::filesystem::create_symlink("gone.eml", site.at("in/m.eml"));
    expect_carried_on(66, {"in/m.eml: ", "No such file"});
}

TEST_F(ReplayFaults, a_missing_path_among_others) {
    const Ran ran = site.run({"replay", "in/a.eml", "gone", "in/z.eml"});
    expect_one_line_error(ran, 66, {"gone: ", "No such file"});
    EXPECT_EQ(replies(), 2);
}

TEST_F(ReplayFaults, several_each_get_their_line_and_the_first_decides_the_status) {
    site.write("in/m.eml", "");
    const Ran ran = site.run({"replay", "gone", "in", "lost"});
    EXPECT_EQ(ran.status, 66) << ran;
    const auto lines = lines_of(ran.err);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].rfind("ndr-triage: gone: ", 0), 0U);
    EXPECT_EQ(lines[1].rfind("ndr-triage: in/m.eml: ", 0), 0U);
    EXPECT_EQ(lines[2].rfind("ndr-triage: lost: ", 0), 0U);
    EXPECT_EQ(lines_of(ran.out).back().rfind("3 ", 0), 0U) << ran;  // their number
    EXPECT_EQ(replies(), 2);
}

TEST_F(ReplayFaults, the_summary_as_json_stays_json) {
    site.write("in/m.eml", "");
    const Ran ran = site.run({"replay", "--json", "in"});
    expect_one_line_error(ran, 65, {"in/m.eml"});
    EXPECT_EQ(json_lines(ran.out).size(), 3U) << ran;
}

// What is there of the last message is read, and the fault names the line where it begins.
TEST_F(ReplayFaults, a_truncated_mbox_is_read_as_far_as_it_goes) {
    const std::string first = example("replies/20-postfix-one-of-two-unknown.eml");
    const std::string second = example("replies/11-postfix-delayed.eml");
    const std::string cut = second.substr(0, second.find("\nWill-Retry-Until") + 5);
    site.write("in/box", from_line + first + "\n" + from_line + cut);
    const auto line = 1 + 1 + lines_of(first).size() + 1;
    expect_carried_on(65, {"in/box:" + std::to_string(line) + ": ", "truncated"}, "4    ");
    const auto delayed = site.listed({"replies", "--outcome", "delayed"});
    ASSERT_EQ(delayed.size(), 1U);
    EXPECT_EQ(delayed[0]["recipient"], "abuse@hillside-net.example");
}

TEST_F(ReplayFaults, a_mbox_cut_at_the_end_of_a_line_lacks_the_end_of_its_multipart) {
    const std::string reply = example("replies/11-postfix-delayed.eml");
    site.write("in/box", from_line + reply.substr(0, reply.find("Will-Retry-Until")));
    expect_carried_on(65, {"in/box:1: ", "truncated"}, "3    ");
}

TEST_F(ReplayFaults, a_whole_mbox_without_its_last_empty_line_is_no_fault) {
    site.write("in/box", from_line + example("replies/11-postfix-delayed.eml"));
    site.output({"replay", "in"});
    EXPECT_EQ(replies(), 3);
}

// As `replay` names it when all is well.
TEST_F(ReplayFaults, a_message_of_an_mbox_that_is_none_is_named_by_its_index) {
    site.write("in/box", from_line + example("replies/11-postfix-delayed.eml") + "\n" + from_line +
                             "milk\nbread\n\n" + from_line +
                             example("replies/12-failed-without-reason.eml") + "\n");
    expect_carried_on(65, {"in/box:1: ", "no mail"}, "4    ");
}

// Only this message costs its child more memory than there is; the ledger's process needs little.
TEST_F(ReplayFaults, a_message_on_which_the_child_dies) {
    if (is_sanitized()) GTEST_SKIP() << "the address sanitizer cannot live with RLIMIT_AS";
    std::string header;
    for (int i = 0; i < 1000000; ++i)
        header += "X-L: 1\n";
    site.write("in/m.eml", "From: a@example.net\n" + header + "\nbody\n");
    Program program = site.program({"replay", "in"});
    program.limits = {{RLIMIT_AS, 400UL * 1024 * 1024}};
    const Ran ran = run(program);
    expect_one_line_error(ran, 70, {"in/m.eml: ", "child died"});
    EXPECT_EQ(replies(), 2);
    EXPECT_EQ(octets_of(site.at("in/m.eml")).size(), header.size() + 26);
}

}  // namespace

}  // namespace ndr::support
