// A stranger who writes a good-looking bounce, with all he can know, against the real program:
// nothing becomes due, and each attempt stands in `review` with its reason.
#include <gtest/gtest.h>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/mail/address.hpp"
#include "support/ledger_file.hpp"
#include "support/site.hpp"
#include "support/smtp_server.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

std::string between(const std::string& text, std::string_view left, std::string_view right) {
    const auto begin = text.find(left) + left.size();
    return text.substr(begin, text.find(right, begin) - begin);
}

class Forgery : public testing::Test {
protected:
    Forgery() {
        site.configure("allow_documentation = yes\nlookup = no\nrelay = " + server.address() +
                       "\n");
        site.output({"networks", "import",
                     site.write("whois.txt", network("203.0.113", "abuse@example.net") +
                                                 network("198.51.100", "abuse@example.com"))});
        complain("203.0.113.7", bounce_address, answer_address);
        complain("198.51.100.9", other_bounce_address, other_answer_address);
    }

    static std::string network(const std::string& start, const std::string& contact) {
        return ripe_answer(start + ".0 - " + start + ".255", contact) + "\n";
    }
    void complain(const std::string& attacker, std::string& bounce, std::string& answer) {
        site.output({"complain", "--ip", attacker});
        const auto received = server.received().back();
        bounce = between(received.commands.at(0), "<", ">");
        answer = between(received.data, "Reply-To: ", "\r\n");
    }

    // Delivered from outside: a perfect report that abuse@example.net does not exist.
    void forge(const std::string& to, const std::string& original_message_id = "x@example.org",
               const std::string& more = "") {
        const std::string octets =
            "Received: from mx.example.net by mail.example.org; Mon, 23 Nov 2026 11:59:00 +0000\n" +
            more + "From: MAILER-DAEMON@mx.example.net\nTo: complaints@example.org\n" +
            "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <" +
            std::to_string(++count) +
            "@mx.example.net>\nDate: Mon, 23 Nov 2026 11:59:00 +0000\nMIME-Version: 1.0\n"
            "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
            "--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns; mx.example.net\n\nFinal-Recipient: rfc822; abuse@example.net\n"
            "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
            "--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <" +
            original_message_id + ">\n\n--b--\n";
        expect_silent_success(site.run(
            {"deliver", "--recipient", to, "--sender", "", "--client", "198.51.100.200"}, octets));
    }
    // From outside, to the bounce token, as an autoresponder of RFC 3834 writes.
    void answer(const std::string& fields, const std::string& words) {
        expect_silent_success(
            site.run({"deliver", "--recipient", bounce_address, "--sender", "", "--client",
                      "198.51.100.200"},
                     "Return-Path: <>\nReceived: from mx.example.net by mail.example.org; "
                     "Mon, 23 Nov 2026 11:59:00 +0000\nTo: complaints@example.org\n"
                     "Auto-Submitted: auto-replied\nMessage-ID: <a@mx.example.net>\n" +
                         fields + "\n" + words));
    }
    std::string states_of(const std::string& attacker) const {
        return LedgerFile(site.ledger())
            .value(
                "SELECT ifnull(group_concat(DISTINCT follow_up.state), 'nothing') FROM follow_up "
                "JOIN complaint ON complaint.id = complaint WHERE complaint.token_number = "
                "(SELECT token_number FROM complaint WHERE subject = 'Abuse from " +
                attacker + "')");
    }
    std::string review() const {
        std::string all;
        for (const auto& row : site.listed({"review"}))
            all += row.dump() + "\n";
        return all;
    }
    void expect_in_review(std::string_view reason) const {
        EXPECT_NE(review().find(reason), std::string::npos) << reason << "\n" << review();
    }
    void expect_nothing_about_the_other() const { EXPECT_EQ(states_of("198.51.100.9"), "nothing"); }

    SmtpServer server;
    Site site;
    std::string bounce_address;
    std::string answer_address;
    std::string other_bounce_address;
    std::string other_answer_address;
    int count = 0;
};

TEST_F(Forgery, without_a_token_is_only_proposed) {
    forge("complaints@example.org");
    EXPECT_EQ(states_of("203.0.113.7"), "proposed");
    expect_in_review("nothing proves that it answers this complaint");
    expect_nothing_about_the_other();
}

TEST_F(Forgery, with_the_answer_token_is_held) {
    forge(answer_address);
    EXPECT_EQ(states_of("203.0.113.7"), "held");
    expect_in_review("which everyone knows who saw the complaint");
    forge("complaints@example.org",
          std::string(local_part(answer_address)).substr(sizeof "complaints") + "@example.org");
    EXPECT_EQ(states_of("203.0.113.7"), "held");
}

// The digest leaves out the envelope, so both are alike.
TEST_F(Forgery, of_an_acknowledgement_to_his_own_complaint_hides_none_to_another) {
    const std::string octets =
        "Received: from mx.example.com by mail.example.org; Mon, 23 Nov 2026 11:59:00 +0000\n"
        "From: abuse@example.net\nTo: complaints@example.org\nSubject: We have your report\n"
        "Date: Mon, 23 Nov 2026 11:58:00 +0000\nAuto-Submitted: auto-replied\n\n"
        "We have received your report.\n";
    LedgerFile ledger(site.ledger());
    const auto states = [&] {
        return ledger.value("SELECT group_concat(state) FROM copy ORDER BY complaint");
    };
    expect_silent_success(
        site.run({"deliver", "--recipient", other_answer_address, "--sender", ""}, octets));
    EXPECT_EQ(states(), "silent,works");
    expect_silent_success(
        site.run({"deliver", "--recipient", answer_address, "--sender", ""}, octets));
    EXPECT_EQ(states(), "works,works");
    for (const auto& again : {answer_address, other_answer_address, std::string("x@example.org")})
        expect_silent_success(site.run({"deliver", "--recipient", again, "--sender", ""}, octets));
    EXPECT_EQ(ledger.value("SELECT count(*) FROM reply"), "2");
    EXPECT_EQ(states(), "works,works");
}

TEST_F(Forgery, with_the_token_of_another_complaint_touches_neither_network) {
    forge(other_bounce_address);
    EXPECT_EQ(states_of("203.0.113.7"), "nothing");
    EXPECT_EQ(states_of("198.51.100.9"), "held");
    expect_in_review("it names another recipient");
}

TEST_F(Forgery, with_an_altered_token_is_only_proposed_and_says_so) {
    std::string altered = bounce_address;
    char& last = altered[altered.find('@') - 1];
    last = last == 'a' ? 'b' : 'a';
    forge(altered);
    EXPECT_EQ(states_of("203.0.113.7"), "proposed");
    expect_in_review("its signature is wrong");
    expect_nothing_about_the_other();
}

TEST_F(Forgery, with_an_answer_token_turned_into_a_bounce_token_is_only_proposed) {
    std::string turned = answer_address;
    turned[std::string("complaints+").size() + 4] = 'b';
    forge(turned);
    EXPECT_EQ(states_of("203.0.113.7"), "proposed");
    expect_in_review("its signature is wrong");
}

TEST_F(Forgery, with_the_token_in_the_wrong_field_is_only_proposed) {
    for (const char* field : {"Cc: ", "X-Envelope-To: ", "Reply-To: ", "References: "})
        forge("complaints@example.org", "x@example.org", field + bounce_address + "\n");
    EXPECT_EQ(states_of("203.0.113.7"), "proposed");
}

TEST_F(Forgery, with_a_token_of_an_expired_key_is_only_proposed) {
    LedgerFile(site.ledger()).execute("UPDATE complaint SET sent_at = sent_at - 86400");
    const std::string old = replaced(octets_of(site.at("keys")), "2026-11-23T", "2026-06-01T");
    site.write("keys", old + old.substr(0, 3) + (old[3] == 'a' ? "b" : "a") +
                           replaced(old.substr(4), "2026-06-01T", "2026-08-01T"));
    forge(bounce_address);
    EXPECT_EQ(states_of("203.0.113.7"), "proposed");
    expect_in_review("has expired");
}

TEST_F(Forgery, again_and_again_is_one_decision) {
    for (int i = 0; i < 30; ++i)
        forge(answer_address);
    const std::string follow_ups =
        LedgerFile(site.ledger()).value("SELECT count(*) FROM follow_up");
    EXPECT_EQ(follow_ups, "3");  // block, report, notice
    EXPECT_EQ(states_of("203.0.113.7"), "held");
}

// The bounce of the very contact, from its own mail host: it waits a day, and an answer ends it.
TEST_F(Forgery, signed_from_outside_waits_and_an_acknowledgement_ends_it) {
    forge(bounce_address);
    EXPECT_EQ(states_of("203.0.113.7"), "due");
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT min(due_at) - 86400 FROM follow_up"),
              std::to_string(unix_seconds(*parse_instant(Site::now))));
    expect_silent_success(site.run(
        {"deliver", "--recipient", answer_address, "--sender", "", "--client", "198.51.100.200"},
        "Received: from mx.example.net by mail.example.org; Mon, 23 Nov 2026 11:59:30 +0000\n"
        "From: abuse@example.net\nTo: complaints@example.org\nSubject: Ticket [#4711] received\n"
        "Auto-Submitted: auto-replied\nMessage-ID: <t@example.net>\n\nYour report was received. "
        "Ticket #4711.\n"));
    EXPECT_EQ(states_of("203.0.113.7"), "nothing");
}

// The attacker's login name is in our log, our log in the complaint, the complaint in the receipt.
TEST_F(Forgery, in_our_own_log_that_a_receipt_quotes_is_no_failure) {
    answer(
        "From: Abuse desk <noreply@example.net>\nSubject: Re: Abuse from 203.0.113.7\n",
        "We have received your report and opened ticket #4711.\n\n> These are lines of our log:\n"
        "> sshd[1]: Invalid user message could not be delivered: rcpt to:<abuse@example.net> "
        "550 5.1.1 user unknown from 203.0.113.7\n");
    EXPECT_EQ(states_of("203.0.113.7"), "nothing");
}

TEST_F(Forgery, is_held_where_no_mail_system_signs_the_bounce) {
    answer("From: Abuse desk <noreply@example.net>\nSubject: Undeliverable: Abuse\n",
           "Your message could not be delivered.\n\n<abuse@example.net>: user unknown\n");
    EXPECT_EQ(states_of("203.0.113.7"), "held");
    expect_in_review("an automatic reply says so, no mail host");
}

TEST_F(Forgery, of_whois_facts_is_believed_by_nobody) {
    forge("complaints@example.org", "x@example.org",
          "X-Whois: inetnum: 0.0.0.0 - 255.255.255.255\n");
    const auto rows = site.listed({"networks"});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["network"], "198.51.100.0/24");
    EXPECT_EQ(rows[1]["network"], "203.0.113.0/24");
}

}  // namespace

}  // namespace ndr::support
