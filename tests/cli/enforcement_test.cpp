// A block from the bounce that asks for it to its end, through the real program and a plain list.
#include <gtest/gtest.h>

#include <filesystem>

#include "ndr_triage/mail/address.hpp"
#include "support/ledger_file.hpp"
#include "support/site.hpp"
#include "support/smtp_server.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

namespace fs = std::filesystem;

constexpr const char* timed_out =
    "X-Postfix; connect to mx.example.net[192.0.2.1]:25: Connection timed out";

class Enforcement : public testing::Test {
protected:
    Enforcement() {
        site.configure("allow_documentation = yes\nlookup = no\nrelay = " + server.address() +
                       "\nenforce = block\nback_ends = list\nlist.path = " + list + "\n");
        site.output({"networks", "import",
                     site.write("whois.txt",
                                ripe_answer("203.0.113.0 - 203.0.113.255", "abuse@example.net"))});
        site.output({"complain", "--ip", "203.0.113.7"});
    }

    // Our own MTA could not deliver the complaint.
    void bounce(const std::string& status, const std::string& diagnostic,
                const std::string& contact = "abuse@example.net") {
        const std::string sender = sender_of_copy_to(contact);
        const auto begin = sender.find('<') + 1;
        const std::string octets =
            "Received: by mail.example.org (Postfix)\n\tid 1; Mon, 23 Nov 2026 11:59:00 +0000\n"
            "From: MAILER-DAEMON@mail.example.org\nTo: complaints@example.org\n"
            "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <" +
            contact +
            "-b@mail.example.org>\n"
            "Date: Mon, 23 Nov 2026 11:59:00 +0000\nMIME-Version: 1.0\nContent-Type: "
            "multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nfailed\n--b\n"
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n"
            "Final-Recipient: rfc822; " +
            contact + "\nAction: failed\nStatus: " + status + "\nDiagnostic-Code: " + diagnostic +
            "\n\n--b--\n";
        expect_silent_success(
            site.run({"deliver", "--recipient", sender.substr(begin, sender.find('>') - begin),
                      "--sender", "", "--client", ""},
                     octets));
    }
    std::string sender_of_copy_to(const std::string& contact) const {
        for (const auto& letter : server.received()) {
            if (letter.commands.at(1).find("<" + contact + ">") != std::string::npos)
                return letter.commands.at(0);
        }
        return {};
    }
    Ran at(std::string_view time, std::vector<std::string> words) const {
        return site.run_at(time, std::move(words));
    }
    std::string listed() const { return octets_of(list); }
    // In place of ndr-triage-fetch: whatever it is asked.
    void helper_will_say(const std::string& line) {
        site.write("helper",
                   "#!/bin/sh\n: >>" + site.at("asked") + "\ncat <<'end'\n" + line + "\nend\n");
        fs::permissions(site.at("helper"), fs::perms::owner_all);
        if (holds(octets_of(site.at("site.conf")), "control_host")) return;
        site.configure("lookup_program = " + site.at("helper") +
                       "\ncontrol_host = control.example.org\n");
    }

    SmtpServer server;
    Site site;
    std::string list = site.make_directory("export") + "/blocked";
};

TEST_F(Enforcement, shows_the_first_block_and_waits_for_a_person) {
    bounce("5.1.1", "smtp; 550 5.1.1 User unknown");
    EXPECT_TRUE(holds(site.output({"act"}), "waits: block 203.0.113.0/24"));
    EXPECT_FALSE(holds(listed(), "203.0.113"));
    EXPECT_TRUE(holds(site.output({"blocks"}), "no block runs"));
    EXPECT_TRUE(holds(site.output({"act", "--first"}), "done: block 203.0.113.0/24"));
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24  # block "));
    const auto rows = site.listed({"blocks"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["ends_at"], "2026-12-23T12:00:00Z");
}

// The exact text that it would apply, of what is due as well.
TEST_F(Enforcement, shows_in_a_dry_run_what_a_back_end_would_have) {
    bounce("5.1.1", "smtp; 550 5.1.1 User unknown");
    const std::string said = site.output({"act", "--dry-run"});
    EXPECT_TRUE(holds(said, "list would have:\n")) << said;
    EXPECT_TRUE(holds(said, "\n203.0.113.0/24  # block ")) << said;
    EXPECT_TRUE(names_in(site.at("export")).empty());
    site.output({"act", "--first"});
    EXPECT_TRUE(said.ends_with(listed())) << said << listed();
}

TEST_F(Enforcement, of_a_block_ends_with_its_term_and_is_mended_meanwhile) {
    bounce("5.1.1", "smtp; 550 5.1.1 User unknown");
    site.output({"act", "--first"});
    EXPECT_EQ(site.run({"verify"}).status, 0);
    site.write("export/blocked", replaced(listed(), "203.0.113.0/24", "198.51.100.0/24"));
    const Ran differs = site.run({"verify"});
    EXPECT_EQ(differs.status, 1) << differs;
    EXPECT_TRUE(holds(differs.out, "203.0.113.0/24")) << differs;
    EXPECT_TRUE(holds(differs.out, "198.51.100.0/24")) << differs;
    site.output({"act"});
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24"));
    EXPECT_FALSE(holds(listed(), "198.51.100"));
    EXPECT_EQ(at("2026-12-23T11:59:59Z", {"act"}).status, 0);
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24"));
    EXPECT_EQ(at("2026-12-23T12:00:00Z", {"act"}).status, 0);
    EXPECT_FALSE(holds(listed(), "203.0.113"));
}

TEST_F(Enforcement, does_nothing_twice) {
    bounce("5.1.1", "smtp; 550 5.1.1 User unknown");
    site.output({"act", "--first"});
    const std::string before = canonical_dump(site.ledger());
    const std::string list_before = listed();
    EXPECT_FALSE(holds(site.output({"act"}), "done:"));
    EXPECT_EQ(canonical_dump(site.ledger()), before);
    EXPECT_EQ(listed(), list_before);
}

TEST_F(Enforcement, of_nothing_leaves_everything_as_it_was) {
    Site other;
    other.configure("lookup = no\n");
    other.output({"replay", other.copy_examples("replies")});
    other.output({"act", "--first"});
    EXPECT_EQ(
        LedgerFile(other.ledger()).value("SELECT count(*) FROM follow_up WHERE state = 'done'"),
        "0");
}

// Whether the contact's host is out of reach, or we are, must be asked before.
TEST_F(Enforcement, of_a_lost_connection_waits_for_a_person_where_nobody_can_be_asked) {
    bounce("4.4.1", timed_out);
    const std::string said = site.output({"act", "--first"});
    EXPECT_TRUE(holds(said, "held (1): wait for a person\n  block 203.0.113.0/24")) << said;
    EXPECT_TRUE(holds(said, "control_host is not set")) << said;
    EXPECT_FALSE(holds(listed(), "203.0.113"));
    const std::string doctor = site.run({"doctor"}).out;
    EXPECT_TRUE(holds(doctor, "warning  control_host: not set")) << doctor;
}

TEST_F(Enforcement, of_a_lost_connection_asks_the_mail_host_first) {
    bounce("4.4.1", timed_out);
    helper_will_say("unreachable mx.example.net [192.0.2.1]: no answer in time");
    const std::string dry = site.output({"act", "--dry-run"});
    EXPECT_TRUE(holds(dry, "would ask the mail host of example.net")) << dry;
    site.output({"act"});  // the first block was not allowed: no reason to ask
    EXPECT_FALSE(fs::exists(site.at("asked")));
    const std::string said = site.output({"act", "--first"});
    EXPECT_TRUE(holds(said, "asked: mail host of example.net: unreachable: mx.example.net "))
        << said;
    EXPECT_TRUE(holds(said, "done: block 203.0.113.0/24")) << said;
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24"));
    const std::string story = site.output({"status", "203.0.113.7"});
    EXPECT_TRUE(holds(story, "asked")) << story;
    EXPECT_TRUE(holds(story, "mail host of example.net: unreachable: mx.example.net ")) << story;
}

TEST_F(Enforcement, of_a_lost_connection_is_held_while_somebody_answers_or_we_are_offline) {
    bounce("4.4.1", timed_out);
    helper_will_say("offline control.example.org [192.0.2.2]:25: no answer in time");
    site.output({"act", "--first"});
    EXPECT_FALSE(holds(listed(), "203.0.113"));
    const std::string doctor = site.run({"doctor"}).out;
    EXPECT_TRUE(holds(doctor, "warning  control_host: out of reach on 2026-11-23T12:00:00Z"))
        << doctor;
    helper_will_say("answers mx.example.net [192.0.2.1]: '220 hello'");
    EXPECT_EQ(at("2026-11-23T13:00:00Z", {"act", "--first"}).status, 0);
    EXPECT_FALSE(holds(listed(), "203.0.113"));
    const std::string review = site.output({"review"});
    EXPECT_TRUE(holds(review, "the mail host of example.net answered on 2026-11-23T13:00:00Z"))
        << review;
    EXPECT_TRUE(holds(site.run({"doctor"}).out, "works    control_host: ")) << doctor;
}

// He may know better.
TEST_F(Enforcement, of_a_lost_connection_goes_on_when_a_person_approves_it) {
    bounce("4.4.1", "X-Postfix; connect to mx.example.net[192.0.2.1]:25: Connection timed out");
    const std::string id =
        LedgerFile(site.ledger()).value("SELECT id FROM follow_up WHERE kind = 'block'");
    EXPECT_EQ(site.output({"approve", id}), id + ": due block 203.0.113.0/24 for 30d\n");
    EXPECT_TRUE(holds(site.output({"act", "--first"}), "done: block 203.0.113.0/24"));
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24"));
}

// However the other contact failed: the block rests on both.
TEST_F(Enforcement, of_one_lost_connection_among_other_failures_waits_for_a_person) {
    site.output({"complain", "--ip", "203.0.113.8", "abuse@example.com", "noc@example.net"});
    bounce("5.1.1", "smtp; 550 5.1.1 User unknown", "abuse@example.com");
    bounce("4.4.1", timed_out, "noc@example.net");
    const std::string said = site.output({"act", "--first"});
    EXPECT_FALSE(holds(said, "done:")) << said;
    EXPECT_TRUE(holds(said, "the mail host of noc@example.net")) << said;
    EXPECT_FALSE(holds(listed(), "203.0.113"));
}

// What the site refuses now is given to no back end, whatever was decided before.
TEST_F(Enforcement, applies_the_refusals_of_now_to_what_runs_already) {
    bounce("5.1.1", "smtp; 550 5.1.1 User unknown");
    site.output({"act", "--first"});
    site.configure("allow_list = " + site.write("allow", "203.0.113.128/25 our office\n") + "\n");
    const Ran ran = site.run({"act"});
    EXPECT_EQ(ran.status, 69) << ran;
    EXPECT_TRUE(holds(ran.err, "is not applied")) << ran;
    EXPECT_FALSE(holds(listed(), "203.0.113"));
}

// A block would stand as done, and nothing would be blocked.
TEST_F(Enforcement, without_a_back_end_is_a_fault_and_carries_nothing_out) {
    bounce("5.1.1", "smtp; 550 5.1.1 User unknown");
    const std::string configuration = octets_of(site.at("site.conf"));
    const std::string line = "back_ends = list\n";
    site.write("site.conf", replaced(configuration, line, ""));
    expect_one_line_error(site.run({"act", "--first"}), 78, {"back_ends", "enforce"});
    EXPECT_TRUE(holds(site.output({"blocks"}), "no block runs"));
    site.write("site.conf", configuration);
    site.output({"act", "--first"});
    site.write("site.conf", replaced(configuration, line, ""));
    const Ran verified = site.run({"verify"});
    EXPECT_EQ(verified.status, 1) << verified;
    EXPECT_TRUE(holds(verified.out, "1 prefix is in force nowhere")) << verified;
}

TEST_F(Enforcement, by_what_others_may_write_carries_nothing_out) {
    bounce("5.1.1", "smtp; 550 5.1.1 User unknown");
    const auto expect_refused = [&](const std::string& path) {
        fs::permissions(path, fs::perms::group_write, fs::perm_options::add);
        expect_one_line_error(site.run({"act", "--first"}), 78, {path, "chmod"});
        expect_one_line_error(site.run({"verify"}), 78, {path, "chmod"});
        fs::permissions(path, fs::perms::group_write, fs::perm_options::remove);
    };
    expect_refused(site.at("site.conf"));
    expect_refused(fs::path(site.at("site.conf")).parent_path());
    expect_refused(site.make_directory("rules.d"));
    expect_refused(site.write("rules.d/own.rules", ""));
    const auto for_cscli = site.write("crowdsec/config.yaml", "");
    site.configure("crowdsec.config = " + for_cscli + "\n");
    expect_refused(for_cscli);
    EXPECT_TRUE(holds(site.output({"blocks"}), "no block runs"));
    EXPECT_TRUE(holds(site.output({"act", "--first"}), "done: block"));
}

TEST_F(Enforcement, without_a_file_for_the_list_is_a_fault_of_the_configuration) {
    Site other;
    other.configure("enforce = block\nback_ends = list\n");
    other.output({"replay", other.copy_examples("replies")});
    expect_one_line_error(other.run({"act"}), 78, {"list.path"});
    Site unknown;
    unknown.configure("back_ends = lists\n");
    expect_one_line_error(unknown.run({"act"}), 78, {"back_ends"});
}

}  // namespace

}  // namespace ndr::support
