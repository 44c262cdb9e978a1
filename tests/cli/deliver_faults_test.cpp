// deliver in a broken house: 75, so that the MTA keeps the message; with --copy hold and 0. The
// message that kills its child goes to hold.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

// Costs its child more than a second.
std::string slow_message() {
    std::string message = "From: a@example.net\n";
    for (int i = 0; i < 1000000; ++i)
        message += "X-L: 1\n";
    return message + "\nbody\n";
}

class DeliverFaults : public ::testing::Test {
protected:
    // Deferred, with one line; nothing is held, and nobody met a broken pipe.
    void expect_deferred(const Ran& ran, const std::vector<std::string>& parts) const {
        expect_one_line_error(ran, 75, parts);
        EXPECT_EQ(ran.out, "");
        EXPECT_TRUE(ran.took_all_input);
        EXPECT_TRUE(names_in(site.at("hold/new")).empty());
    }
    void expect_held(const Ran& ran, const std::string& octets, const std::string& why) const {
        expect_one_line_error(ran, 0, {"held as " + site.hold() + "/new/", why});
        EXPECT_EQ(ran.out, "");
        const auto names = names_in(site.at("hold/new"));
        ASSERT_EQ(names.size(), 1U);
        EXPECT_TRUE(octets_of(site.at("hold/new/" + names[0])) == octets);
        EXPECT_TRUE(names_in(site.at("hold/tmp")).empty());
    }

    Site site;
    const std::string bounce = example("replies/03-qmail-no-mailbox.eml");
    const std::string megabyte = bounce + std::string(1 << 20, 'x');
};

TEST_F(DeliverFaults, a_wrong_command_line) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"deliver", "--colour"},
                                                  {"deliver", "surplus"},
                                                  {"deliver", "--recipient"},
                                                  {"deliver", "--copy=yes"},
                                                  {"--colour", "deliver"},
                                                  {"--now", "tomorrow", "deliver"}}) {
        Program program = site.program({}, megabyte);
        program.words = words;
        SCOPED_TRACE(words.back());
        expect_deferred(run(program), {});
    }
}

TEST_F(DeliverFaults, a_broken_configuration) {
    site.configure("colour = red\n");
    expect_deferred(site.run({"deliver"}, megabyte), {"site.conf:3: ", "colour"});
    expect_deferred(site.run({"deliver"}), {"site.conf:3: "});
}

TEST_F(DeliverFaults, a_configuration_that_is_not_there) {
    Program program = site.program({}, megabyte);
    program.words = {"--config", "gone.conf", "deliver"};
    expect_deferred(run(program), {"gone.conf"});
}

TEST_F(DeliverFaults, broken_rules_of_the_site) {
    site.write("rules.d/a.rules", "mailbox-empty text no room\n    example no room\n");
    expect_deferred(site.run({"deliver"}, megabyte), {"rules.d/a.rules:1: "});
}

// Where hold is cannot be read then: it is beside the ledger that was named, or of the defaults.
TEST_F(DeliverFaults, a_broken_configuration_and_another_copy) {
    site.configure("colour = red\n");
    expect_held(site.run({"--ledger", site.ledger(), "deliver", "--copy"}, bounce), bounce,
                "colour");
    Program program = site.program({"deliver", "--copy"}, bounce);
    program.environment["HOME"] = site.make_directory("home");
    const Ran ran = run(program);
    if (std::filesystem::exists("/etc/ndr-triage")) return;  // this machine's own place is taken
    expect_one_line_error(ran, 0, {"held as " + site.at("home/.local/state/ndr-triage/hold/new/")});
}

TEST_F(DeliverFaults, broken_rules_of_the_site_and_another_copy) {
    site.write("rules.d/a.rules", "mailbox-empty text no room\n    example no room\n");
    expect_held(site.run({"deliver", "--copy"}, bounce), bounce, "rules.d/a.rules:1: ");
}

TEST_F(DeliverFaults, a_ledger_that_another_holds_locked) {
    site.record(example("complaints/03-telnet-scan.eml"));
    LedgerFile other(site.ledger());
    other.execute("BEGIN IMMEDIATE");
    const Ran ran = site.run({"deliver"}, bounce);
    expect_deferred(ran, {site.ledger(), "locked"});
    EXPECT_GE(ran.took.count(), 2500);
    EXPECT_LT(ran.took.count(), 8000);  // an MTA, or Sieve, waits ten seconds
    other.execute("ROLLBACK");
    expect_silent_success(site.run({"deliver"}, bounce));
}

TEST_F(DeliverFaults, a_locked_ledger_and_another_copy) {
    site.record(example("complaints/03-telnet-scan.eml"));
    LedgerFile other(site.ledger());
    other.execute("BEGIN IMMEDIATE");
    const Ran ran = site.run({"deliver", "--copy"}, bounce);
    expect_held(ran, bounce, "locked");
    EXPECT_LT(ran.took.count(), 8000);
}

// Somebody tries an option out in the place where an MTA calls it.
TEST_F(DeliverFaults, help_in_the_place_of_a_delivery_keeps_the_mail_with_the_caller) {
    for (const char* option : {"--help", "--version", "-h"}) {
        const Ran ran = site.run({"deliver", option}, bounce);
        EXPECT_EQ(ran.status, 75) << ran;
        EXPECT_TRUE(ran.took_all_input);
        EXPECT_EQ(site.run({"deliver", option}).status, 0);
    }
}

TEST_F(DeliverFaults, a_ledger_of_a_newer_schema) {
    site.record(example("complaints/03-telnet-scan.eml"));
    LedgerFile(site.ledger()).execute("PRAGMA user_version = 1000");
    const std::string before = octets_of(site.ledger());
    expect_deferred(site.run({"deliver"}, bounce), {site.ledger(), "newer"});
    expect_held(site.run({"deliver", "--copy"}, bounce), bounce, "newer");
    EXPECT_TRUE(octets_of(site.ledger()) == before);
}

TEST_F(DeliverFaults, a_ledger_of_an_older_schema_is_never_migrated) {
    site.record(example("complaints/03-telnet-scan.eml"));
    LedgerFile(site.ledger()).execute("PRAGMA user_version = 0");
    expect_deferred(site.run({"deliver"}, bounce), {"ledger upgrade"});
    EXPECT_EQ(LedgerFile(site.ledger()).value("PRAGMA user_version"), "0");
}

TEST_F(DeliverFaults, a_damaged_ledger) {
    site.write("ledger.sqlite3", std::string(10000, 'x'));
    expect_deferred(site.run({"deliver"}, bounce), {site.ledger(), "damaged"});
    expect_held(site.run({"deliver", "--copy"}, bounce), bounce, "damaged");
}

TEST_F(DeliverFaults, a_directory_that_may_not_be_written) {
    site.make_directory("locked");
    std::filesystem::permissions(site.at("locked"), std::filesystem::perms(0555));
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"--ledger", "locked/l", "deliver"},
          {"--ledger", "locked/l", "deliver", "--copy"}})
        expect_deferred(site.run(words, bounce), {site.at("locked")});
    EXPECT_TRUE(names_in(site.at("locked")).empty());
    std::filesystem::permissions(site.at("locked"), std::filesystem::perms(0755));
}

// The ledger cannot grow, as on a full disk, but small files can still be made.
TEST_F(DeliverFaults, no_room_for_the_ledger) {
    Program program = site.program({"deliver"}, bounce);
    program.limits = {{RLIMIT_FSIZE, 8192}};
    const Ran ran = run(program);
    expect_deferred(ran, {site.ledger()});
    program.words.emplace_back("--copy");
    expect_held(run(program), bounce, site.ledger());
}

// Neither the ledger nor hold can take it: deferred even with --copy, and nothing half done stays.
TEST_F(DeliverFaults, no_room_for_anything) {
    Program program = site.program({"deliver", "--copy"}, bounce);
    program.limits = {{RLIMIT_FSIZE, 100}};
    const Ran ran = run(program);
    expect_deferred(ran, {});
    EXPECT_TRUE(names_in(site.at("hold/tmp")).empty());
}

// Their numbers must not go to the file in hold, or what is said would be written into that.
TEST_F(DeliverFaults, streams_that_are_closed) {
    site.configure("max_size = 100000\n");
    Program program = site.program({"deliver"}, megabyte);
    program.closed = {0, 1, 2};
    EXPECT_EQ(run(program).status, 75);
    EXPECT_FALSE(std::filesystem::exists(site.hold()));
    program.closed = {1, 2};
    EXPECT_EQ(run(program).status, 0);
    const auto names = names_in(site.at("hold/new"));
    ASSERT_EQ(names.size(), 1U);
    EXPECT_TRUE(octets_of(site.at("hold/new/" + names[0])) == megabyte);
    program = site.program({"filter"}, bounce);
    program.closed = {1};
    const Ran ran = run(program);
    expect_one_line_error(ran, 75, {"standard output"});
}

// So much was fed that the program must be reading, and hence has seen to its signals.
TEST_F(DeliverFaults, a_signal_while_it_reads) {
    for (const int number :
         {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGALRM, SIGXCPU, SIGUSR1, SIGSEGV}) {
        Running running(site.program({"deliver"}));
        running.feed(megabyte);
        kill(running.pid(), number);
        const Ran ran = running.finish();
        EXPECT_EQ(ran.status, 75) << "signal " << number << ": " << ran;
        EXPECT_EQ(ran.out, "");
    }
    EXPECT_FALSE(std::filesystem::exists(site.ledger()));
}

// Waits for the program to judge, and gives its child.
pid_t judging_child(const Running& running) {
    std::vector<pid_t> children;
    comes_true([&] {
        children = children_of(running.pid());
        return !children.empty();
    });
    return children.empty() ? -1 : children.front();
}

TEST_F(DeliverFaults, a_message_on_which_the_child_dies) {
    const std::string message = slow_message();
    Running running(site.program({"deliver"}));
    running.feed(message);
    running.end_input();
    const pid_t child = judging_child(running);
    ASSERT_GT(child, 0);
    ASSERT_EQ(kill(child, SIGKILL), 0);
    expect_held(running.finish(), message, "child died");
    EXPECT_FALSE(std::filesystem::exists(site.ledger()));
}

TEST_F(DeliverFaults, a_message_on_which_the_child_takes_too_long) {
    const std::string message = slow_message();
    Running running(site.program({"deliver"}));
    running.feed(message);
    running.end_input();
    const pid_t child = judging_child(running);
    ASSERT_GT(child, 0);
    ASSERT_EQ(kill(child, SIGSTOP), 0);
    const Ran ran = running.finish();
    expect_held(ran, message, "3 s");
    EXPECT_LT(ran.took.count(), 9000);
    EXPECT_NE(kill(child, 0), 0) << "the child is still there";
}

TEST_F(DeliverFaults, a_message_for_which_the_child_has_not_memory_enough) {
    if (is_sanitized()) GTEST_SKIP() << "the address sanitizer cannot live with RLIMIT_AS";
    const std::string message = slow_message();
    Program program = site.program({"deliver"}, message);
    program.limits = {{RLIMIT_AS, 400UL << 20}};
    expect_held(run(program), message, "child died");
}

// Dovecot starts the program with its vsz_limit, 256 MiB unless configured.
TEST_F(DeliverFaults, a_callers_limit_on_memory_does_no_harm) {
    if (is_sanitized()) GTEST_SKIP() << "the address sanitizer cannot live with RLIMIT_AS";
    Program program = site.program({"deliver"}, bounce);
    program.limits = {{RLIMIT_AS, 256UL << 20}};
    expect_silent_success(run(program));
    EXPECT_EQ(site.listed({"replies"}).size(), 1U);
}

}  // namespace

}  // namespace ndr::support
