#include "ndr_triage/action/callers.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "support/site.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

using support::example;
using support::replaced;

class Callers : public testing::Test {
protected:
    std::string write(const std::string& name, const std::string& text) {
        std::ofstream(directory_.at(name)) << text;
        return directory_.at(name);
    }
    std::vector<Checked> postfix(const std::string& main_cf, const std::string& master_cf) {
        write("main.cf", main_cf);
        write("master.cf", master_cf);
        return check_postfix(directory_.at(""), "ndr-triage");
    }
    // What the only finding says, led by its health.
    std::string only(const std::vector<Checked>& found) {
        if (found.size() != 1) return std::to_string(found.size()) + " findings";
        return std::string(text(found[0].health)) + " " + found[0].what + " " + found[0].remedy;
    }
    void expect(const std::string& said, const std::string& health, const std::string& part) {
        EXPECT_EQ(said.find(health), 0U) << said;
        EXPECT_NE(said.find(part), std::string::npos) << said;
    }
    std::string master(const std::string& what, const std::string& by) {
        const std::string changed = replaced(master_, what, by);
        EXPECT_NE(changed, master_) << what;
        return only(postfix(main_, changed));
    }

    support::TemporaryDirectory directory_;
    const std::string main_ = example("postfix/main.cf");
    const std::string master_ = example("postfix/master.cf");
};

}  // namespace

TEST_F(Callers, of_our_examples_are_as_they_should_be) {
    expect(only(postfix(main_, master_)), "works", "service ndr-triage");
    for (const char* recipe : {"deliver", "filter", "copy"})
        expect(
            only(check_procmail(write("rc", example("procmail/" + std::string(recipe) + ".rc")))),
            "works", directory_.at("rc"));
    for (const char* filter : {"deliver", "copy"})
        expect(only(check_maildrop(write("rc", example("maildrop/" + std::string(filter))))),
               "works", directory_.at("rc"));
}

TEST_F(Callers, that_do_not_know_us_are_none_of_our_business) {
    EXPECT_TRUE(check_postfix(directory_.at("none"), "ndr-triage").empty());
    EXPECT_TRUE(check_procmail(directory_.at("none")).empty());
    EXPECT_TRUE(postfix("",
                        "smtp inet n - y - - smtpd\n"
                        "spam unix - n n - - pipe\n  user=nobody argv=/bin/spam deliver\n")
                    .empty());
    EXPECT_TRUE(
        check_procmail(write("rc", ":0\n* ^Subject: ndr-triage deliver\n| /bin/other\n")).empty());
}

TEST_F(Callers, by_postfix_must_be_told_all) {
    expect(master("user=ndr-triage", "user=nobody:nogroup"), "broken", "runs as nobody");
    expect(master("flags=DORXhuq", "flags=DORXhuq size=100000"), "broken", "size=");
    expect(master(" null_sender=", ""), "warning", "null_sender=");
    expect(master("    --client=${client_address}\n", ""), "warning", "--client");
    expect(only(postfix("", master_)), "broken",
           "ndr-triage_destination_recipient_limit = 1 in main.cf");
    expect(only(postfix(replaced(main_, "limit = 1", "limit = 10"), master_)), "broken", "tokens");
    expect(only(postfix(main_ + "ndr-triage_time_limit = 5s\n", master_)), "broken", "time_limit");
    expect(only(postfix("#" + main_ + "# ndr-triage_time_limit = 5s\n", master_)), "works", "");
}

TEST_F(Callers, by_procmail_must_look_at_the_status_and_tell_the_mta) {
    const std::string good = example("procmail/deliver.rc");
    const auto said = [&](const std::string& what, const std::string& by) {
        const std::string changed = replaced(good, what, by);
        EXPECT_NE(changed, good) << what;
        return only(check_procmail(write("rc", changed)));
    };
    expect(said("\n:0w\n", "\n:0\n"), "broken", "flag w");
    expect(said("\n:0w\n", "\n:0 W: lock\n"), "works", "");
    expect(said(":0e", ":0"), "warning", ":0e");
    expect(said("ndr-triage deliver\n", "ndr-triage deliver\n:0\n* ^Subject:\nother\n"), "warning",
           ":0e");
    expect(only(check_procmail(write("rc", replaced(example("procmail/copy.rc"), ":0cw", ":0c")))),
           "broken", "flag w");
}

TEST_F(Callers, by_maildrop_must_end_in_75_or_not_at_all) {
    const auto said = [&](const std::string& file, const std::string& what, const std::string& by) {
        const std::string good = example("maildrop/" + file);
        const std::string changed = replaced(good, what, by);
        EXPECT_NE(changed, good) << what;
        return only(check_maildrop(write("rc", changed)));
    };
    expect(said("deliver", "exception {\n", "{\n"), "broken", "missing or killed");
    expect(said("deliver", "\nEXITCODE=75", ""), "broken", "EXITCODE=75");
    expect(said("deliver", "EXITCODE=75\nexit", "EXITCODE=75"), "broken", "exit");
    expect(said("copy", "\nEXITCODE=0", ""), "broken", "EXITCODE=0");
    expect(said("copy", "cc \"| /usr/local/bin/ndr-triage", "cc \"| /bin/other"), "0 findings", "");
}

}  // namespace ndr
