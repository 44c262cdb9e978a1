// The helper is a script here; tests/mta/mail_hosts.py has the real one, with real servers.
#include "ndr_triage/action/mail_hosts.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "ndr_triage/action/enforcement.hpp"
#include "ndr_triage/ledger/rulings.hpp"
#include "support/casework.hpp"
#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using support::noon;

class MailHosts : public support::LedgerTest {
protected:
    MailHosts() {
        policy_.asks_mail_hosts = true;
        settings_.program =
            directory_.write("helper", "#!/bin/sh\ncd ${0%/*}\necho \"$*\" >>asked\ncat answer\n");
        chmod(settings_.program.c_str(), 0700);
        lose({"abuse@example.net"}, "203.0.113.7");
    }
    // A complaint about the address; an hour later each contact's connection is lost.
    std::int64_t lose(const std::vector<std::string>& contacts, const std::string& about) {
        const auto id = complain_alone(about, contacts);
        for (std::size_t copy = 0; copy < contacts.size(); ++copy)
            answer({id, copy, contacts[copy], Outcome::lost_connection, Trust::is_signed, true,
                    noon + hours(1)});
        return id;
    }
    void will_say(const std::string& line) { directory_.write("answer", line); }
    std::vector<KnownProbe> ask(Instant now) {
        return ask_mail_hosts(ledger_, policy_, settings_, now);
    }
    // The domains that the helper was asked about.
    std::vector<std::string> asked() const {
        std::vector<std::string> domains;
        std::ifstream file(directory_.at("asked"));
        for (std::string line; std::getline(file, line);)
            domains.push_back(line.substr(line.rfind(' ') + 1));
        return domains;
    }
    FollowUp block() {
        FollowUp found;
        ledger_.read([&] {
            for (const auto& row : list_follow_ups(ledger_, {})) {
                if (kind_of(row.follow_up.deed) == FollowUpKind::block) found = row.follow_up;
            }
        });
        return found;
    }
    CarriedOut carry_out(Instant now) {
        return carry_out_blocks(ledger_, policy_, {true, false}, now);
    }

    MailHostSettings settings_{"", {"control.example.org"}};
    const Instant first_ = noon + hours(2);
};

using Domains = std::vector<std::string>;

}  // namespace

TEST_F(MailHosts, out_of_reach_are_blocked_for_an_hour_after_the_question) {
    EXPECT_EQ(carry_out(first_).done.size(), 0U);
    will_say("unreachable mx.example.net [192.0.2.1]: no answer in time\n");
    const auto found = ask(first_);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].domain, "example.net");
    const auto late = carry_out(first_ + hours(1));
    ASSERT_EQ(late.waiting.size(), 1U);
    EXPECT_NE(late.waiting[0].find("not asked within the last hour"), std::string::npos);
    EXPECT_EQ(carry_out(first_ + hours(1) - Seconds(1)).done.size(), 1U);
    EXPECT_NE(block().reason.find("no answer in time"), std::string::npos);
    ask(first_ + days(1));
    EXPECT_EQ(asked(), Domains{"example.net"});
}

TEST_F(MailHosts, out_of_reach_are_asked_again_when_the_hour_is_over) {
    will_say("unreachable a null MX: the domain takes no mail\n");
    ask(first_);
    ask(first_ + minutes(59));
    EXPECT_EQ(asked().size(), 1U);
    will_say("answers mx.example.net [192.0.2.1]: '220 back again'\n");
    ask(first_ + hours(1));
    EXPECT_EQ(asked().size(), 2U);
    EXPECT_EQ(carry_out(first_ + hours(1)).done.size(), 0U);
    EXPECT_EQ(text(block().state), "held");
    EXPECT_NE(block().reason.find("220 back again"), std::string::npos);
}

TEST_F(MailHosts, that_answer_are_not_asked_again) {
    will_say("answers mx.example.net [192.0.2.1]: '421 busy'\n");
    ask(first_);
    ask(first_ + days(3));
    EXPECT_EQ(asked().size(), 1U);
    EXPECT_EQ(text(block().state), "held");
}

// An hour, two, four, eight, sixteen, then once a day.
TEST_F(MailHosts, that_nobody_could_ask_are_asked_again_ever_more_seldom) {
    will_say("unsure DNS of example.net: Server failed\n");
    std::vector<long> at;
    for (Instant now = first_; now < first_ + days(20); now += minutes(30)) {
        if (!ask(now).empty()) at.push_back((now - first_) / hours(1));
    }
    EXPECT_EQ(at, (std::vector<long>{0, 1, 3, 7, 15, 31, 55, 79, 103, 127, 151, 175}));
    EXPECT_EQ(text(block().state), "held");
}

TEST_F(MailHosts, block_when_the_fault_of_ours_is_over) {
    will_say("offline control.example.org [192.0.2.2]:25: no answer in time\n");
    ask(first_);
    EXPECT_EQ(text(block().state), "held");
    will_say("unreachable mx.example.net [192.0.2.1]: no answer in time\n");
    ask(first_ + hours(1));
    EXPECT_EQ(carry_out(first_ + hours(1)).done.size(), 1U);
}

// One question tells that we are offline.
TEST_F(MailHosts, are_not_asked_one_by_one_while_we_are_offline) {
    lose({"abuse@example.com", "abuse@example.org"}, "203.0.113.8");
    will_say("offline control.example.org [192.0.2.2]:25: no answer in time\n");
    EXPECT_EQ(ask(first_).size(), 3U);
    EXPECT_EQ(asked().size(), 1U);
}

TEST_F(MailHosts, must_all_be_out_of_reach) {
    const auto both = lose({"abuse@example.com", "abuse@example.org"}, "203.0.113.8");
    will_say("unreachable mx [192.0.2.1]: no answer in time\n");
    EXPECT_EQ(ask(first_).size(), 3U);
    support::LedgerFile(directory_.at("ledger.sqlite3"))
        .execute("UPDATE probe SET asked_at = asked_at - 3600 WHERE domain = 'example.org'");
    const auto carried = carry_out(first_);
    ASSERT_EQ(carried.done.size(), 1U);
    EXPECT_NE(carried.done[0].complaint, both);
    EXPECT_EQ(carried.waiting.size(), 1U);
}

// What our own firewall drops tells nothing of the host.
TEST_F(MailHosts, behind_a_block_of_ours_are_not_out_of_reach) {
    will_say("unreachable mx.example.net [192.0.2.1]: no answer in time\n");
    ask(first_);
    ASSERT_EQ(carry_out(first_).done.size(), 1U);
    lose({"abuse@example.com"}, "203.0.113.8");
    will_say("unreachable mx.example.com [203.0.113.7]: no answer in time\n");
    const auto found = ask(first_ + hours(1));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].answer.state, MailHostState::unsure);
    EXPECT_EQ(found[0].answer.detail, "our own block of 203.0.113.7/32 covers 203.0.113.7");
}

TEST_F(MailHosts, whose_helper_says_nothing_known_may_be_there) {
    for (const char* line : {"", "dead\n", "unreachable", "unreachable a\nb\n"}) {
        will_say(line);
        EXPECT_EQ(ask_mail_host(settings_, "example.net").state, MailHostState::unsure) << line;
    }
    directory_.write("helper", "#!/bin/sh\necho unreachable x\nexit 75\n");
    EXPECT_EQ(ask_mail_host(settings_, "example.net").state, MailHostState::unsure);
    settings_.program = directory_.at("none");
    EXPECT_EQ(ask_mail_host(settings_, "example.net").state, MailHostState::unsure);
}

TEST_F(MailHosts, are_asked_with_the_control_hosts_and_without_a_shell) {
    settings_.controls = {"a.example.org", "b.example.org:587"};
    will_say("unsure\n");
    ask_mail_host(settings_, "x;touch y.example.net");
    EXPECT_EQ(support::octets_of(directory_.at("asked")),
              "--limit 60 --control a.example.org --control b.example.org:587 mail-host "
              "x;touch y.example.net\n");
}

TEST_F(MailHosts, are_asked_by_nobody_without_a_control_host) {
    settings_.controls.clear();
    EXPECT_TRUE(ask(first_).empty());
    EXPECT_TRUE(asked().empty());
}

TEST_F(MailHosts, are_not_asked_where_a_person_approved) {
    will_say("answers mx.example.net [192.0.2.1]: '220 here'\n");
    ask(first_);
    ledger_.write([&] {
        add_ruling(ledger_, 1,
                   {FollowUpKind::block, "203.0.113.7/32", Ruling::Verb::approve, "", first_, "jo",
                    "seen in the log"});
        decide_case(ledger_, policy_, 1, first_);
    });
    EXPECT_TRUE(mail_hosts_to_ask(ledger_, first_ + days(1)).empty());
    EXPECT_EQ(carry_out(first_ + days(1)).done.size(), 1U);
}

}  // namespace ndr
