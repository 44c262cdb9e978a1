#include <unistd.h>

#include <filesystem>

#include "support/caller_test.hpp"

namespace ndr {

namespace {

namespace fs = std::filesystem;
using support::example;

// Whoever runs the tests owns the files, and the ledger.
class PostfixLocalCaller : public support::CallerTest {
protected:
    PostfixLocalCaller() {
        write("etc/postfix/main.cf", "allow_mail_to_commands = alias, forward, include\n" + privs_);
        write("etc/aliases", changed(example("postfix/command.aliases"), "/etc/postfix/ndr-triage",
                                     at("include/ndr-triage")));
        include(command_);
    }
    void include(const std::string& text) { write("include/ndr-triage.include", text); }
    void alias(const std::string& destination) {
        write("etc/aliases", "complaints: " + destination + "\n");
    }
    std::vector<Checked> found() const { return check_postfix(site(user_name())); }
    std::string said() const { return only(found()); }

    // Root's file is run by who is named here, as anybody's is by himself.
    const std::string privs_ = "default_privs = " + user_name() + "\n";
    const std::string command_ = example("postfix/command.include");
};

}  // namespace

TEST_F(PostfixLocalCaller, as_our_example_works) {
    expect(said(), "works", "ndr-triage.include: as it should be, run by " + user_name());
}

TEST_F(PostfixLocalCaller, that_does_not_know_us_is_none_of_our_business) {
    alias("root, :include:/nowhere/list, \"|/bin/other deliver\"");
    EXPECT_EQ(said(), "0 findings");
    alias("\"|/usr/local/bin/ndr-triage deliver\"");
    expect(said(), "works", "etc/aliases");
    write("etc/postfix/main.cf", "alias_maps =\n");
    EXPECT_EQ(said(), "0 findings");
    fs::remove(at("etc/postfix/main.cf"));
    EXPECT_EQ(said(), "0 findings");
}

TEST_F(PostfixLocalCaller, runs_a_command_as_the_owner_of_its_file) {
    expect(only(check_postfix(site("somebody-else"))), "broken",
           "runs as " + user_name() + ", but the ledger is somebody-else's chown somebody-else");
    alias("\"|/usr/local/bin/ndr-triage deliver\"");
    expect(only(check_postfix(site("somebody-else"))), "broken", "use an :include: file");
}

TEST_F(PostfixLocalCaller, may_run_a_program_that_changes_the_user) {
    include("\"|/usr/bin/sudo -u somebody-else /usr/local/bin/ndr-triage deliver\"\n");
    expect(only(check_postfix(site("somebody-else"))), "works", "as it should be");
}

TEST_F(PostfixLocalCaller, runs_a_command_of_roots_file_as_nobody) {
    if (user_name() != "root") GTEST_SKIP() << "the files of this test are not root's";
    write("etc/postfix/main.cf", "allow_mail_to_commands = alias, include\n");
    expect(said(), "broken", "runs as nobody");
    alias("\"|/usr/local/bin/ndr-triage deliver\"");
    expect(said(), "broken", "runs as nobody");
}

TEST_F(PostfixLocalCaller, needs_a_file_that_it_believes) {
    fs::permissions(at("include/ndr-triage.include"), fs::perms(0666));
    expect(said(), "broken", "everybody may write the file");
    fs::remove(at("include/ndr-triage.include"));
    expect(said(), "broken", "not there");
    include(":include:" + at("include/ndr-triage.include"));  // and again, without end
    EXPECT_EQ(said(), "0 findings");
}

TEST_F(PostfixLocalCaller, must_be_allowed_to_run_commands) {
    write("etc/postfix/main.cf", privs_);
    expect(said(), "broken", "allow_mail_to_commands = alias, forward, include in main.cf");
    alias("\"|/usr/local/bin/ndr-triage deliver\"");
    expect(said(), "works", "");
    write("etc/postfix/main.cf", privs_ + "allow_mail_to_commands = include\n");
    expect(said(), "broken", "has no alias");
}

TEST_F(PostfixLocalCaller, must_end_in_75_where_a_shell_runs_the_command) {
    include(changed(command_, " || exit 75", ""));
    expect(said(), "broken", "|| exit 75");
    include(changed(command_, "exit 75", "exit 1"));
    expect(said(), "broken", "|| exit 75");
    include("\"|/usr/local/bin/ndr-triage deliver --copy\"\n");
    expect(said(), "works", "");
    write("etc/postfix/main.cf",
          privs_ + "local_command_shell = /bin/sh -c\nallow_mail_to_commands = include\n");
    expect(said(), "broken", "|| exit 75");
}

TEST_F(PostfixLocalCaller, must_quote_what_may_be_empty) {
    include(changed(command_, "--client=\\\"$CLIENT_ADDRESS\\\"", "--sender $SENDER --client=x"));
    expect(said(), "broken", "--sender $SENDER: where that is empty");
    include(changed(command_, "--client=\\\"$CLIENT_ADDRESS\\\"", "--client $CLIENT_ADDRESS"));
    expect(said(), "broken", "--client=\"$CLIENT_ADDRESS\"");
    include(changed(command_, "--client=\\\"$CLIENT_ADDRESS\\\"", "--sender \\\"$SENDER\\\""));
    expect(said(), "works", "");
    include(changed(command_, "--client=\\\"$CLIENT_ADDRESS\\\"", "--sender=$SENDER"));
    expect(said(), "works", "");
}

TEST_F(PostfixLocalCaller, takes_the_first_word_alone_of_what_is_not_quoted) {
    include("|/usr/local/bin/ndr-triage deliver\n");
    expect(said(), "broken", "first word alone");
}

TEST_F(PostfixLocalCaller, is_found_in_a_forward_file) {
    alias("ndr-triage");
    write("home/.forward", command_);
    expect(said(), "works", "home/.forward");
    fs::permissions(at("home/.forward"), fs::perms(0666));
    expect(said(), "broken", "others may write it, so Postfix does not read it");
    fs::permissions(at("home/.forward"), fs::perms(0644));
    if (geteuid() == 0) {
        ASSERT_EQ(chown(at("home/.forward").c_str(), 65534, 65534), 0);
    }
    const std::string owner = geteuid() == 0 ? user_name() : "somebody-else";
    expect(only(check_postfix(site(owner))), "broken", "so Postfix does not read it");
    write("etc/postfix/main.cf", "allow_mail_to_commands = alias\n");
    EXPECT_NE(found().front().what.find("has no forward"), std::string::npos);
    write("etc/postfix/main.cf", "allow_mail_to_commands = $elsewhere\n");
    EXPECT_EQ(found().front().what.find("has no forward"), std::string::npos);
}

}  // namespace ndr
