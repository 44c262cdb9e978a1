// What stands on the command line, whatever the command.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <regex>

#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

const std::vector<std::string> all_commands{"deliver", "record",  "replay",   "classify", "explain",
                                            "status",  "replies", "networks", "act",      "hold",
                                            "rules",   "config",  "ledger",   "doctor"};

TEST(CommandLine, help_names_every_command_on_standard_output) {
    const Site site;
    const std::string help = site.output({"--help"});
    EXPECT_EQ(help.rfind("usage: ndr-triage ", 0), 0U);
    for (const auto& command : all_commands)
        EXPECT_NE(help.find("\n  " + command + " "), std::string::npos) << command;
    for (const char* option : {"--config FILE", "--ledger FILE", "--help", "--version"})
        EXPECT_NE(help.find(option), std::string::npos) << option;
}

TEST(CommandLine, version_is_one_line) {
    const Site site;
    EXPECT_TRUE(std::regex_match(site.output({"--version"}),
                                 std::regex("ndr-triage [0-9]+\\.[0-9]+\\.[0-9]+\n")));
}

TEST(CommandLine, every_command_has_a_help_and_does_nothing_else_then) {
    const Site site;
    for (const auto& command : all_commands) {
        SCOPED_TRACE(command);
        const std::string help = site.output({command, "--help"});
        EXPECT_EQ(help.rfind("usage: ndr-triage " + command, 0), 0U) << help;
        EXPECT_GE(lines_of(help).size(), 3U);
    }
    EXPECT_EQ(names_in(site.at("")), (std::vector<std::string>{"site.conf"}));
}

TEST(CommandLine, every_command_tells_the_version) {
    const Site site;
    const std::string version = site.output({"--version"});
    for (const auto& command : all_commands)
        EXPECT_EQ(site.output({command, "--version"}), version) << command;
}

TEST(CommandLine, help_needs_no_configuration) {
    const Site site;
    Program program = site.program({});
    program.words = {"--config", "nowhere.conf", "replay", "--help"};
    const Ran ran = run(program);
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_EQ(ran.err, "");
}

TEST(CommandLine, a_wrong_one_ends_in_64_and_one_line_that_names_the_word) {
    const Site site;
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{}, "--help"},
        {{"clasify", "x"}, "clasify"},
        {{"--colour", "classify", "x"}, "--colour"},
        {{"classify", "--colour", "x"}, "--colour"},
        {{"classify"}, "PATH"},
        {{"explain"}, "PATH"},
        {{"replay"}, "PATH"},
        {{"record"}, "PATH"},
        {{"status"}, "WHAT"},
        {{"ledger"}, "check"},
        {{"explain", "a", "surplus"}, "surplus"},
        {{"status", "192.0.2.1", "surplus"}, "surplus"},
        {{"doctor", "surplus"}, "surplus"},
        {{"act", "surplus"}, "surplus"},
        {{"networks", "surplus"}, "networks"},
        {{"replies", "surplus"}, "replies"},
        {{"replies", "show", "third"}, "third"},
        {{"replies", "--outcome"}, "--outcome"},
        {{"replies", "--outcome", "mailbox-empty"}, "mailbox-empty"},
        {{"replies", "--last", "few"}, "few"},
        {{"replies", "--json=yes"}, "--json"},
        {{"hold", "surplus"}, "hold"},
        {{"hold", "drop"}, "hold"},
        {{"rules", "surplus"}, "rules"},
        {{"rules", "test", "--text", "x", "--field", "nose"}, "nose"},
        {{"config", "surplus"}, "config"},
        {{"ledger", "surplus"}, "ledger"},
        {{"ledger", "backup"}, "ledger"},
        {{"record", "--ip", "192.0.2.300", "x"}, "192.0.2.300"},
        {{"--now", "tomorrow", "doctor"}, "tomorrow"},
        {{"--ledger", "a", "--ledger", "b", "doctor"}, "--ledger"}};
    for (const auto& [words, named] : cases) {
        Program program = site.program({});
        program.words = words;
        const Ran ran = run(program);
        expect_one_line_error(ran, 64, {named});
        EXPECT_EQ(ran.out, "");
    }
}

TEST(CommandLine, an_option_takes_its_value_as_a_word_or_behind_an_equals_sign) {
    const Site site;
    Program program = site.program({});
    program.words = {"--config=site.conf", "--ledger=other.sqlite3", "config", "show", "--json"};
    const Ran ran = run(program);
    ASSERT_EQ(ran.status, 0) << ran;
    EXPECT_EQ(json_lines(ran.out).at(0)["value"], site.at("other.sqlite3"));
}

TEST(CommandLine, an_option_may_be_empty_behind_its_equals_sign) {  // Postfix's --client=${client}
    const Site site;
    site.output({"deliver", "--sender=", "--client=", "--recipient=complaints@example.org"},
                example("replies/03-qmail-no-mailbox.eml"));
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT client = '' FROM reply"), "1");
    EXPECT_EQ(site.run({"replies", "--json="}).status, 64) << "a flag has no value";
}

TEST(CommandLine, words_behind_two_dashes_are_operands) {
    const Site site;
    site.write("--json", example("replies/03-qmail-no-mailbox.eml"));
    EXPECT_EQ(site.output({"classify", "--", "--json"}).rfind("--json: recipient-unknown", 0), 0U);
}

TEST(CommandLine, a_full_disk_behind_standard_output_is_an_error) {
    const Site site;
    const int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    ASSERT_GE(full, 0);
    Program program = site.program({"rules", "list"});
    program.out = full;
    expect_one_line_error(run(program), 74, {"standard output", "No space left"});
    close(full);
}

// As `| head` does. What only shows may end there, what takes in goes on; neither complains.
TEST(CommandLine, a_reader_of_standard_output_may_go_away) {
    const Site site;
    site.copy_examples("replies");
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    close(ends[0]);
    for (const std::string command : {"classify", "replay"}) {
        Program program = site.program({command, "replies"});
        program.out = ends[1];
        EXPECT_EQ(run(program).err, "") << command;
    }
    close(ends[1]);
    EXPECT_EQ(site.listed({"replies"}).size(), 21U);
}

}  // namespace

}  // namespace ndr::support
