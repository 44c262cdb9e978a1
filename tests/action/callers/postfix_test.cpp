#include "support/caller_test.hpp"

namespace ndr {

namespace {

using support::example;

class PostfixCaller : public support::CallerTest {
protected:
    std::string said(const std::string& main_cf, const std::string& master_cf) {
        write("etc/postfix/main.cf", main_cf);
        write("etc/postfix/master.cf", master_cf);
        return only(check_postfix(site()));
    }
    // Of our example, changed.
    std::string master(const std::string& what, const std::string& by) {
        return said(main_, changed(master_, what, by));
    }

    const std::string main_ = example("postfix/main.cf");
    const std::string master_ = example("postfix/master.cf");
};

}  // namespace

TEST_F(PostfixCaller, as_our_example_works) {
    expect(said(main_, master_), "works", "service ndr-triage: as it should be, run by ndr-triage");
}

TEST_F(PostfixCaller, that_does_not_know_us_is_none_of_our_business) {
    EXPECT_TRUE(check_postfix(site()).empty());
    EXPECT_EQ(said("",
                   "smtp inet n - y - - smtpd\n"
                   "spam unix - n n - - pipe\n  user=nobody argv=/bin/spam deliver\n"
                   "ndr-triage unix - n n - - pipe\n  user=nobody argv=/bin/spam deliver\n"),
              "0 findings");
}

TEST_F(PostfixCaller, pipe_must_be_told_all) {
    expect(master("user=ndr-triage", "user=nobody:nogroup"), "broken", "runs as nobody");
    expect(master(" user=ndr-triage", ""), "broken", "no user=");
    expect(said(main_, changed(changed(master_, "user=ndr-triage", "user=nobody"),
                               "argv=", "argv=/usr/bin/sudo -u ndr-triage ")),
           "works", "");
    expect(master("flags=DORXhuq", "flags=DORXhuq size=100000"), "broken", "size=");
    expect(master(" null_sender=", ""), "warning", "null_sender=");
    expect(master("    --client=${client_address}\n", ""), "warning", "--client");
    expect(said("", master_), "broken", "ndr-triage_destination_recipient_limit = 1 in main.cf");
    expect(said(changed(main_, "limit = 1", "limit = 10"), master_), "broken", "tokens");
    expect(said("default_destination_recipient_limit = 1\n", master_), "works", "");
    expect(said(main_ + "ndr-triage_time_limit = 5s\n", master_), "broken", "time_limit");
    expect(said("#" + main_ + "# ndr-triage_time_limit = 5s\n", master_), "works", "");
}

TEST_F(PostfixCaller, pipe_makes_one_word_of_what_stands_in_braces) {
    expect(master("--sender=${sender}", "{ --sender ${sender} }"), "broken",
           "{ --sender ${sender} } is one word");
    expect(master("--sender=${sender}", "--sender ${sender}"), "works", "");
    expect(master("--sender=${sender}", "{ --sender=${sender} }"), "works", "");
    expect(master("deliver --recipient=${original_recipient} --sender=${sender}",
                  "deliver { --recipient=${original_recipient} --sender=${sender} }"),
           "broken", "is one word");
}

TEST_F(PostfixCaller, pipe_takes_quotes_for_a_part_of_the_value) {
    expect(master("=${client_address}", "=\"${client_address}\""), "broken",
           "quotes of --client=\"${client_address}\"");
    expect(master("--sender=${sender}", "'--sender=${sender}'"), "broken", "quotes of '--sender");
    expect(master("/usr/local/bin/ndr-triage deliver",
                  "/bin/sh -c { /usr/local/bin/ndr-triage \"$$@\" || exit 75 } ndr-triage deliver"),
           "works", "");
}

TEST_F(PostfixCaller, pipe_must_tell_the_envelope_or_put_it_on_top) {
    expect(master("--recipient=${original_recipient}", ""), "works", "");
    expect(said(main_,
                changed(changed(master_, "--recipient=${original_recipient}", ""), "DORX", "RX")),
           "warning", "--recipient=");
    expect(master("--sender=${sender}", ""), "works", "");
    expect(said(main_, changed(changed(master_, "--sender=${sender}", ""), "DORX", "DOX")),
           "warning", "--sender=");
}

TEST_F(PostfixCaller, that_still_bounces_softly_is_told) {
    write("etc/postfix/master.cf", master_);
    for (const auto& [setting, findings] :
         {std::pair("soft_bounce = no\n", 1U), std::pair("soft_bounce = yes\n", 2U)}) {
        write("etc/postfix/main.cf", main_ + setting);
        const auto found = check_postfix(site());
        EXPECT_EQ(found.size(), findings) << setting;
        EXPECT_EQ(found.back().health, findings == 1 ? Health::works : Health::warning) << setting;
    }
    write("etc/postfix/master.cf", "");
    EXPECT_TRUE(check_postfix(site()).empty());
}

}  // namespace ndr
