#include "support/caller_test.hpp"

namespace ndr {

namespace {

using support::example;

class OpenSmtpdCaller : public support::CallerTest {
protected:
    std::string said(const std::string& conf) {
        write("etc/smtpd.conf", conf);
        return only(check_opensmtpd(site()));
    }
    std::string said(const std::string& what, const std::string& by) {
        return said(changed(example("opensmtpd/smtpd.conf"), what, by));
    }
};

}  // namespace

TEST_F(OpenSmtpdCaller, as_our_example_works) {
    expect(said(example("opensmtpd/smtpd.conf")), "works",
           "OpenSMTPD: action ndr-triage: as it should be, run by ndr-triage");
}

TEST_F(OpenSmtpdCaller, that_does_not_know_us_is_none_of_our_business) {
    EXPECT_TRUE(check_opensmtpd(site()).empty());
    expect(said("triage deliver", "triage record -"), "works", "");
    EXPECT_EQ(said("action \"local\" mda \"/bin/other deliver\" user nobody\n"
                   "# action \"x\" mda \"ndr-triage deliver\"\n"),
              "0 findings");
}

TEST_F(OpenSmtpdCaller, must_defer_when_the_program_is_killed_or_missing) {
    expect(said(" || exit 75", ""), "broken", "|| exit 75");
    expect(said(" || exit 75", " \\\n || exit 75"), "works", "");
}

TEST_F(OpenSmtpdCaller, must_run_the_program_as_the_owner_of_the_ledger) {
    expect(said("= ndr-triage }", "= ndr-triage } user vmail"), "broken", "runs as vmail");
    expect(said("= ndr-triage }", "= root } user \"ndr-triage\""), "works", "");
    expect(said("complaints = ndr-triage", "complaints = nobody"), "broken", "runs as nobody");
    expect(said(changed(changed(example("opensmtpd/smtpd.conf"), "= ndr-triage", "= nobody"),
                        "mda \"", "mda \"sudo -u ndr-triage ")),
           "works", "");
    expect(said("alias { complaints = ndr-triage }", "alias <aliases>"), "works", "");
    expect(said("alias { complaints = ndr-triage }", "virtual { complaints = vmail }"), "broken",
           "runs as vmail");
    expect(said("alias { complaints", "userbase { x = 1:1:/ } alias { complaints"), "works", "");
}

TEST_F(OpenSmtpdCaller, must_quote_what_may_be_empty) {
    expect(said("triage deliver", "triage deliver --sender %{sender} --client=x"), "broken",
           "--sender=\"%{sender}\"");
    expect(said("triage deliver", "triage deliver --sender '%{sender}' --client=x"), "works", "");
    expect(said("triage deliver", "triage deliver --sender=%{sender}"), "works", "");
}

}  // namespace ndr
