#include <unistd.h>

#include <filesystem>

#include "support/caller_test.hpp"

namespace ndr {

namespace {

namespace fs = std::filesystem;
using support::example;

class ProcmailCaller : public support::CallerTest {
protected:
    std::string said(const std::string& rc) {
        write("home/.procmailrc", rc);
        return only(check_procmail(site(user_name())));
    }
    std::string said(const std::string& what, const std::string& by) {
        return said(changed(example("procmail/deliver.rc"), what, by));
    }
};

}  // namespace

TEST_F(ProcmailCaller, as_our_examples_works) {
    for (const char* recipe : {"deliver", "filter", "copy"})
        expect(said(example("procmail/" + std::string(recipe) + ".rc")), "works",
               at("home/.procmailrc"));
}

TEST_F(ProcmailCaller, that_does_not_know_us_is_none_of_our_business) {
    EXPECT_TRUE(check_procmail(site(user_name())).empty());
    EXPECT_EQ(said(":0\n* ^Subject: ndr-triage deliver\n| /bin/other\n"), "0 findings");
}

TEST_F(ProcmailCaller, is_found_in_the_file_for_everybody) {
    write("etc/procmailrc", example("procmail/deliver.rc"));
    expect(only(check_procmail(site(user_name()))), "works", at("etc/procmailrc"));
    fs::permissions(at("etc/procmailrc"), fs::perms(0666));  // it asks nothing of this one
    expect(only(check_procmail(site(user_name()))), "works", at("etc/procmailrc"));
}

TEST_F(ProcmailCaller, must_look_at_the_status_and_tell_the_mta) {
    expect(said("\n:0w\n", "\n:0\n"), "broken", "flag w");
    expect(said("\n:0w\n", "\n:0 W: lock\n"), "works", "");
    expect(said(":0e", ":0"), "warning", ":0e");
    expect(said("ndr-triage deliver\n", "ndr-triage deliver\n:0\n* ^Subject:\nother\n"), "warning",
           ":0e");
    expect(said(changed(example("procmail/copy.rc"), ":0cw", ":0c")), "broken", "flag w");
}

TEST_F(ProcmailCaller, must_end_in_75_alone_after_a_failure) {
    expect(said("EXITCODE=75", "EXITCODE=$?"), "broken", "EXITCODE=$?");
    expect(said("  EXITCODE=75\n", ""), "broken", "ends in 0, and the message is lost");
    expect(said("  HOST\n", ""), "broken", "delivered, and again");
    expect(said("{\n  EXITCODE=75\n  HOST\n}", "{ EXITCODE=75 HOST=_stop_ }"), "works", "");
    expect(said("{\n  EXITCODE=75\n  HOST\n}", "{ EXITCODE=$? HOST }"), "broken", "EXITCODE=$?");
    expect(said("{\n  EXITCODE=75\n  HOST\n}", "$HOME/Maildir/"), "works", "");
}

TEST_F(ProcmailCaller, must_quote_what_may_be_empty) {
    expect(said("triage deliver", "triage deliver --sender $SENDER --client=x"), "broken",
           "--sender $SENDER");
    expect(said("triage deliver", "triage deliver \\\n  --sender $SENDER --client=x"), "broken",
           "--sender $SENDER");
    expect(said("triage deliver", "triage deliver --sender \"$SENDER\" --client=x"), "works", "");
}

TEST_F(ProcmailCaller, does_not_read_what_others_may_write) {
    write("home/.procmailrc", example("procmail/deliver.rc"));
    const auto with_mode = [&](const char* name, unsigned mode) {
        fs::permissions(at(name), fs::perms(mode));
        return only(check_procmail(site(user_name())));
    };
    expect(with_mode("home/.procmailrc", 0644), "works", "run by " + user_name());
    expect(with_mode("home/.procmailrc", 0664), "broken", "others may write it, so");
    expect(with_mode("home/.procmailrc", 0646), "broken", "others may write it, so");
    expect(with_mode("home/.procmailrc", 0600), "works", "");
    expect(with_mode("home", 0775), "works", "");
    expect(with_mode("home", 0777), "broken", "others may write its directory");
}

TEST_F(ProcmailCaller, does_not_read_what_is_neither_its_users_nor_roots) {
    write("home/.procmailrc", example("procmail/deliver.rc"));
    if (geteuid() == 0) {
        expect(only(check_procmail(site("somebody-else"))), "works", "");
        ASSERT_EQ(chown(at("home/.procmailrc").c_str(), 65534, 65534), 0);
    }
    const std::string owner = geteuid() == 0 ? "root" : "somebody-else";
    expect(only(check_procmail(site(owner))), "broken",
           "chown " + owner + " " + at("home/.procmailrc"));
}

}  // namespace ndr
