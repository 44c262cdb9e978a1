#include <filesystem>

#include "support/caller_test.hpp"

namespace ndr {

namespace {

namespace fs = std::filesystem;
using support::example;

class MaildropCaller : public support::CallerTest {
protected:
    std::string said(const std::string& filter) {
        write("home/.mailfilter", filter);
        return only(check_maildrop(site(user_name())));
    }
    std::string said(const std::string& file, const std::string& what, const std::string& by) {
        return said(changed(example("maildrop/" + file), what, by));
    }
};

}  // namespace

TEST_F(MaildropCaller, as_our_examples_works) {
    for (const char* filter : {"deliver", "filter", "copy"})
        expect(said(example("maildrop/" + std::string(filter))), "works", at("home/.mailfilter"));
}

TEST_F(MaildropCaller, that_does_not_know_us_is_none_of_our_business) {
    EXPECT_TRUE(check_maildrop(site(user_name())).empty());
    EXPECT_EQ(said("copy", "cc \"| /usr/local/bin/ndr-triage", "cc \"| /bin/other"), "0 findings");
}

TEST_F(MaildropCaller, must_end_in_75_or_not_at_all) {
    expect(said("deliver", "exception {\n", "{\n"), "broken", "missing or killed");
    expect(said("deliver", "\nEXITCODE=75", ""), "broken", "EXITCODE=75");
    expect(said("deliver", "EXITCODE=75\nexit", "EXITCODE=75"), "broken", "exit");
    expect(said("copy", "\nEXITCODE=0", ""), "broken", "EXITCODE=0");
    expect(said("copy", "\nEXITCODE=0", "\nTO=1\nEXITCODE = \"0\""), "works", "");
}

TEST_F(MaildropCaller, may_stand_deeper_in_its_exception) {
    const std::string inner = "if ( $SIZE > 0 )\n{\n  to \"| ndr-triage deliver\"\n}\n";
    const std::string rescue = "EXITCODE = 75\nexit\n";
    expect(said("exception {\n" + inner + "}\n" + rescue), "works", "");
    // To maildrop a syntax error.
    expect(said("exception\n{\n" + inner + "}\n" + rescue), "broken", "exception {");
    expect(said("exception {\n" + inner + rescue + "}\n"), "broken", "EXITCODE=75");
    expect(said("exception {\n  cc \"x\"\n}\n" + inner + rescue), "broken", "exception");
    expect(said("exception {\n" + inner), "broken", "exception");
}

TEST_F(MaildropCaller, may_filter_without_a_rescue_but_not_with_half_of_one) {
    expect(said("xfilter \"/usr/local/bin/ndr-triage filter\"\n"), "works", "");
    expect(said("filter", "if ( $RETURNCODE != 0 )", "if ( $SIZE < 0 )"), "warning", "RETURNCODE");
}

TEST_F(MaildropCaller, must_quote_what_may_be_empty) {
    expect(said("deliver", "triage deliver\"", "triage deliver --sender $FROM --client=x\""),
           "broken", "--sender $FROM: ");
    expect(said("deliver", "triage deliver\"", "triage deliver --client=x --sender $FROM\""),
           "broken", "--sender $FROM: ");
    expect(said("deliver", "triage deliver\"", "triage deliver --sender \\\"$FROM\\\"\""), "works",
           "");
    expect(said("deliver", "triage deliver\"", "triage deliver --sender '$FROM'\""), "works", "");
}

TEST_F(MaildropCaller, delivers_nothing_by_a_file_that_everybody_may_write) {
    write("home/.mailfilter", example("maildrop/deliver"));
    const auto with_mode = [&](const char* name, unsigned mode) {
        fs::permissions(at(name), fs::perms(mode));
        return only(check_maildrop(site(user_name())));
    };
    expect(with_mode("home/.mailfilter", 0600), "works", "run by " + user_name());
    expect(with_mode("home/.mailfilter", 0664), "works", "");
    expect(with_mode("home/.mailfilter", 0602), "broken", "others may write it, so");
    expect(with_mode("home/.mailfilter", 0600), "works", "");
    expect(with_mode("home", 0777), "broken", "others may write its directory");
}

TEST_F(MaildropCaller, delivers_nothing_by_the_file_of_another) {
    write("home/.mailfilter", example("maildrop/deliver"));
    expect(only(check_maildrop(site("somebody-else"))), "broken",
           "is " + user_name() + "'s, so maildrop defers all mail chown somebody-else");
}

TEST_F(MaildropCaller, is_found_in_the_file_for_everybody) {
    write("etc/maildroprc", example("maildrop/copy"));
    expect(only(check_maildrop(site())), "works", at("etc/maildroprc"));
    fs::permissions(at("etc/maildroprc"), fs::perms(0666));  // it asks nothing of this one
    expect(only(check_maildrop(site())), "works", at("etc/maildroprc"));
}

}  // namespace ndr
