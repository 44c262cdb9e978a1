#include "support/caller_test.hpp"

namespace ndr {

namespace {

using support::example;
using support::octets_of;

class Callers : public support::CallerTest {
protected:
    void copy(const std::string& from, const std::string& to) { write(to, example(from)); }
};

}  // namespace

TEST_F(Callers, that_were_told_all_as_our_examples_have_it_work) {
    copy("postfix/main.cf", "etc/postfix/main.cf");
    copy("postfix/master.cf", "etc/postfix/master.cf");
    copy("exim/transport", "etc/exim4/exim4.conf");
    copy("opensmtpd/smtpd.conf", "etc/smtpd.conf");
    copy("procmail/deliver.rc", "etc/procmailrc");
    copy("maildrop/deliver", "etc/maildroprc");
    write("etc/dovecot/ndr-triage.sieve",
          octets_of(support::examples_at("../sieve/deliver.sieve")));
    std::string said;
    for (const auto& finding : check_callers(site())) {
        EXPECT_EQ(finding.health, Health::works) << finding.what;
        said += finding.what.substr(0, finding.what.find(':')) + " ";
    }
    EXPECT_EQ(said, "Postfix Exim OpenSMTPD procmail maildrop Sieve ");
}

TEST_F(Callers, that_do_not_know_us_are_not_mentioned) {
    EXPECT_TRUE(check_callers(site()).empty());
    write("etc/procmailrc", ":0w\n| /bin/other deliver\n");
    EXPECT_TRUE(check_callers(site()).empty());
}

}  // namespace ndr
