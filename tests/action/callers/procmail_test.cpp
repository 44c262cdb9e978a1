#include "support/caller_test.hpp"

namespace ndr {

namespace {

using support::example;

class ProcmailCaller : public support::CallerTest {
protected:
    std::string said(const std::string& rc) {
        write("home/.procmailrc", rc);
        return only(check_procmail(site()));
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
    EXPECT_TRUE(check_procmail(site()).empty());
    EXPECT_EQ(said(":0\n* ^Subject: ndr-triage deliver\n| /bin/other\n"), "0 findings");
}

TEST_F(ProcmailCaller, is_found_in_the_file_for_everybody) {
    write("etc/procmailrc", example("procmail/deliver.rc"));
    expect(only(check_procmail(site())), "works", at("etc/procmailrc"));
}

TEST_F(ProcmailCaller, must_look_at_the_status_and_tell_the_mta) {
    expect(said("\n:0w\n", "\n:0\n"), "broken", "flag w");
    expect(said("\n:0w\n", "\n:0 W: lock\n"), "works", "");
    expect(said(":0e", ":0"), "warning", ":0e");
    expect(said("ndr-triage deliver\n", "ndr-triage deliver\n:0\n* ^Subject:\nother\n"), "warning",
           ":0e");
    expect(said(changed(example("procmail/copy.rc"), ":0cw", ":0c")), "broken", "flag w");
}

}  // namespace ndr
