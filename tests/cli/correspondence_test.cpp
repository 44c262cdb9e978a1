// Notices to postmasters, replies that go on to people, and mail about what is new.
#include <gtest/gtest.h>

#include "ndr_triage/casework/token.hpp"
#include "support/complained.hpp"
#include "support/ledger_file.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

const std::string ripe_text = ripe_answer("203.0.113.0 - 203.0.113.255", "abuse@example.net");

struct Correspondence : Complained, testing::Test {
    Correspondence() : Complained(ripe_text) {}

    // The letters to that address, whole.
    std::vector<std::string> letters_to(const std::string& recipient) const {
        std::vector<std::string> letters;
        for (const auto& session : server.received()) {
            for (const auto& command : session.commands) {
                if (command.find("TO:<" + recipient + ">") != std::string::npos)
                    letters.push_back(session.data);
            }
        }
        return letters;
    }
    std::string state_of(const std::string& kind) const {
        return LedgerFile(site.ledger())
            .value("SELECT state FROM follow_up WHERE kind = '" + kind + "'");
    }
    void bounce_of_complaint() const { bounce("abuse@example.net", "5.1.1", no_such_user); }
};

struct Notices : Correspondence {
    Notices() { site.configure("enforce = notice\n"); }
};
struct PassingOn : Correspondence {};
struct News : Correspondence {
    News() { site.configure("notify = root@example.org\n"); }
};

std::string letter_from(const std::string& sender, const std::string& fields,
                        const std::string& text) {
    return "Received: from mx.example.net by mail.example.org; Mon, 23 Nov 2026 11:59:30 +0000\n"
           "From: " +
           sender + "\nTo: complaints@example.org\nSubject: your letter\nMessage-ID: <p" +
           std::to_string(std::hash<std::string>()(fields + text)) +
           "@example.net>\nDate: Mon, 23 Nov 2026 11:59:00 +0000\n" + fields + "\n" + text + "\n";
}

}  // namespace

TEST_F(Notices, go_to_the_postmaster_once_and_tell_what_came_back) {
    bounce_of_complaint();
    EXPECT_TRUE(holds(site.output({"act"}), "sent: notice to postmaster@example.net"));
    EXPECT_EQ(state_of("notice"), "done");
    site.output({"act"});
    const auto letters = letters_to("postmaster@example.net");
    ASSERT_EQ(letters.size(), 1U);
    const std::string& letter = letters[0];
    for (const char* part :
         {"Auto-Submitted: auto-generated", "To: postmaster@example.net", "abuse@example.net",
          "Content-Type: message/rfc822", "Content-Type: message/delivery-status",
          "Final-Recipient: rfc822; abuse@example.net", "Status: 5.1.1", "RFC 5321"})
        EXPECT_TRUE(holds(letter, part)) << part << "\n" << letter;
    EXPECT_FALSE(sender_to("postmaster@example.net").empty());
}

// Whoever learns the token of the bounce could prove what is not so.
TEST_F(Notices, show_no_token_of_the_complaint) {
    const std::string bounce_token = sender_to("abuse@example.net");
    bounce("abuse@example.net", "5.1.1", "smtp; 550 5.1.1 unknown; from " + bounce_token);
    site.output({"act"});
    const auto letters = letters_to("postmaster@example.net");
    ASSERT_EQ(letters.size(), 1U);
    const auto token = token_in_address(bounce_token);
    ASSERT_TRUE(token);
    EXPECT_FALSE(holds(letters[0], token->text()));
    EXPECT_TRUE(holds(letters[0], "***"));
}

TEST_F(Notices, are_not_sent_unless_the_site_says_so) {
    Complained other(ripe_text);
    other.bounce("abuse@example.net", "5.1.1", no_such_user);
    other.site.output({"act"});
    EXPECT_TRUE(other.sender_to("postmaster@example.net").empty());
}

TEST_F(Notices, that_bounce_end_the_chain) {
    bounce_of_complaint();
    site.output({"act"});
    const std::string before = LedgerFile(site.ledger()).value("SELECT count(*) FROM follow_up");
    bounce("postmaster@example.net", "5.1.1", "smtp; 550 5.1.1 no postmaster here");
    site.output({"act"});
    EXPECT_EQ(letters_to("postmaster@example.net").size(), 1U);
    LedgerFile ledger(site.ledger());
    EXPECT_EQ(ledger.value("SELECT count(*) FROM follow_up"), before);
    EXPECT_EQ(ledger.value("SELECT trust FROM reply ORDER BY id DESC"), "unknown");
}

TEST_F(Notices, that_somebody_answers_make_the_contact_tried_again) {
    bounce_of_complaint();
    site.output({"act"});
    EXPECT_EQ(site.run({"contacts", "check", "abuse@example.net"}).status, 1);
    const std::string sender = sender_to("postmaster@example.net");
    const auto deliver = [&](const std::string& octets) {
        expect_silent_success(site.run({"deliver", "--recipient", sender, "--sender",
                                        "postmaster@example.net", "--client", "203.0.113.25"},
                                       octets));
    };
    deliver(letter_from("postmaster@example.net", "Auto-Submitted: auto-replied\n",
                        "I am out of the office until Monday."));
    EXPECT_EQ(site.run({"contacts", "check", "abuse@example.net"}).status, 1);
    deliver(letter_from("postmaster@example.net", "", "Thank you, we have mended the mailbox."));
    EXPECT_EQ(site.run({"contacts", "check", "abuse@example.net"}).status, 0);
    EXPECT_EQ(state_of("block"), "due") << "what was not undone by the contact itself stays";
}

// The MTA may be away for a while.
TEST_F(Notices, that_do_not_leave_are_tried_again_later_each_time) {
    bounce_of_complaint();
    site.change("relay", "127.0.0.1:1");
    EXPECT_EQ(site.run_at("2026-11-23T12:00:00Z", {"act"}).status, 69);
    EXPECT_EQ(state_of("notice"), "due");
    const auto tries = [&] {
        return LedgerFile(site.ledger()).value("SELECT tries FROM follow_up WHERE kind = 'notice'");
    };
    EXPECT_EQ(tries(), "1");
    EXPECT_EQ(site.run_at("2026-11-23T12:04:59Z", {"act"}).status, 0);
    EXPECT_EQ(tries(), "1");
    EXPECT_EQ(site.run_at("2026-11-23T12:05:00Z", {"act"}).status, 69);
    EXPECT_EQ(tries(), "2");
    EXPECT_EQ(site.run_at("2026-11-23T12:14:59Z", {"act"}).status, 0);
    site.change("relay", server.address());
    EXPECT_EQ(site.run_at("2026-11-23T12:15:00Z", {"act"}).status, 0);
    EXPECT_EQ(state_of("notice"), "done");
}

// It was killed in between: nobody knows whether the letter left.
TEST_F(Notices, that_were_found_on_their_way_wait_for_a_person) {
    bounce_of_complaint();
    LedgerFile(site.ledger())
        .execute("UPDATE follow_up SET state = 'sending', tried_at = 1 WHERE kind = 'notice'");
    site.output({"act"});
    EXPECT_TRUE(letters_to("postmaster@example.net").empty());
    EXPECT_TRUE(holds(site.output({"review"}), "sending  notice to postmaster@example.net"));
    const std::string id =
        LedgerFile(site.ledger()).value("SELECT id FROM follow_up WHERE kind = 'notice'");
    site.output({"approve", id});
    site.output({"act"});
    EXPECT_EQ(letters_to("postmaster@example.net").size(), 1U);
}

TEST_F(Notices, go_out_before_the_block_of_their_case) {
    bounce_of_complaint();
    site.configure("back_ends = list\nlist.path = " + site.make_directory("export") + "/blocked\n");
    site.change("enforce", "block, notice");
    site.change("relay", "127.0.0.1:1");
    EXPECT_TRUE(holds(site.run({"act", "--first"}).out, "its notice to the postmaster goes out"));
    EXPECT_EQ(state_of("block"), "due");
    EXPECT_TRUE(holds(site.run_at("2026-11-24T12:00:00Z", {"act", "--first"}).out, "done: block"))
        << "it waits for a day at most";
}

TEST_F(PassingOn, get_what_a_person_wrote_in_a_maildir_once) {
    const std::string maildir = site.at("answers");
    site.configure("answers = " + maildir + "\n");
    const std::string octets =
        letter_from("jo@example.com", "", "I would like to know who you are.");
    expect_silent_success(site.run({"deliver", "--recipient", "complaints@example.org"}, octets));
    site.output({"act"});
    const auto names = names_in(maildir + "/new");
    ASSERT_EQ(names.size(), 1U);
    const std::string passed = octets_of(maildir + "/new/" + names[0]);
    EXPECT_TRUE(passed.ends_with(octets)) << passed;
    EXPECT_TRUE(passed.starts_with("X-NDR-Triage-Outcome: ")) << passed;
    site.output({"act"});
    EXPECT_EQ(names_in(maildir + "/new").size(), 1U);
}

// Nobody reads what a machine said clearly.
TEST_F(PassingOn, get_no_bounce_that_was_understood) {
    site.configure("answers = " + site.at("answers") + "\n");
    bounce_of_complaint();
    site.output({"act"});
    EXPECT_TRUE(names_in(site.at("answers") + "/new").empty());
}

TEST_F(PassingOn, come_as_letters_that_cannot_go_round_in_circles) {
    site.configure("answers = people@example.org\n");
    const std::string octets =
        letter_from("jo@example.com", "", "I would like to know who you are.");
    expect_silent_success(site.run({"deliver", "--recipient", "complaints@example.org"}, octets));
    site.output({"act"});
    auto letters = letters_to("people@example.org");
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_TRUE(holds(letters[0], "Reply-To: jo@example.com")) << letters[0];
    EXPECT_TRUE(holds(letters[0], "Auto-Submitted: auto-generated"));
    EXPECT_TRUE(holds(letters[0], "I would like to know who you are."));
    EXPECT_EQ(sender_to("people@example.org"), "");
    // people@ is an alias that leads back to us, and has an autoresponder as well.
    expect_silent_success(
        site.run({"deliver", "--recipient", "complaints@example.org"}, letters[0]));
    const auto begin = letters[0].find("Message-ID: <") + 12;
    const std::string id = letters[0].substr(begin, letters[0].find('>', begin) + 1 - begin);
    expect_silent_success(
        site.run({"deliver", "--recipient", "complaints@example.org"},
                 letter_from("people@example.org",
                             "Auto-Submitted: auto-replied\nIn-Reply-To: " + id + "\n", "Bzzt.")));
    site.output({"act"});
    EXPECT_EQ(letters_to("people@example.org").size(), 1U);
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT count(*) FROM reply"), "3");
}

// Each takes the other for the people who read its answers.
TEST_F(PassingOn, between_two_instances_stops_after_one_letter_each) {
    site.configure("answers = complaints@other.example\nenforce = notice\n");
    SmtpServer others_server;
    Site other;
    other.change("address", "complaints@other.example");
    other.configure(
        "lookup = no\nanswers = complaints@example.org\nrelay = " + others_server.address() + "\n");
    bounce_of_complaint();
    expect_silent_success(site.run({"deliver", "--recipient", "complaints@example.org"},
                                   letter_from("jo@example.com", "", "Who are you?")));
    std::size_t seen_here = server.received().size();
    std::size_t seen_there = 0;
    const auto carry = [](const SmtpServer& from, std::size_t& seen, const Site& to,
                          const std::string& recipient) {
        for (; seen < from.received().size(); ++seen)
            expect_silent_success(
                to.run({"deliver", "--recipient", recipient}, from.received()[seen].data));
    };
    for (int round = 0; round < 5; ++round) {
        site.output({"act"});
        carry(server, seen_here, other, "complaints@other.example");
        other.output({"act"});
        carry(others_server, seen_there, site, "complaints@example.org");
    }
    // Ours: the notice, and what jo wrote. Theirs: nothing, for the one is a returned bounce to
    // them and the other a letter that went on already.
    EXPECT_EQ(letters_to("complaints@other.example").size(), 1U);
    EXPECT_EQ(letters_to("postmaster@example.net").size(), 1U);
    EXPECT_EQ(others_server.received().size(), 0U);
    EXPECT_EQ(LedgerFile(other.ledger()).value("SELECT count(*) FROM reply"), "2");
}

TEST_F(PassingOn, wait_for_an_mta_that_is_away) {
    site.configure("answers = people@example.org\n");
    site.change("relay", "127.0.0.1:1");
    expect_silent_success(site.run({"deliver", "--recipient", "complaints@example.org"},
                                   letter_from("jo@example.com", "", "Who are you?")));
    EXPECT_EQ(site.run({"act"}).status, 69);
    site.change("relay", server.address());
    site.output({"act"});
    EXPECT_EQ(letters_to("people@example.org").size(), 1U);
}

TEST_F(PassingOn, cannot_go_where_replies_arrive) {
    site.configure("answers = complaints@example.org\n");
    expect_one_line_error(site.run({"act"}), 78, {"answers", "replies arrive there"});
}

// Refused, for it would hurt us: somebody should know.
TEST_F(News, are_told_once_and_at_most_once_an_hour) {
    site.configure("allow_list = " + site.write("allow", "203.0.113.0/24 ours\n") + "\n");
    bounce_of_complaint();
    site.run_at("2026-11-23T12:00:00Z", {"act"});
    auto letters = letters_to("root@example.org");
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_TRUE(holds(letters[0], "refused  block 203.0.113.0/24")) << letters[0];
    EXPECT_TRUE(holds(letters[0], "Auto-Submitted: auto-generated"));
    site.output({"complain", "--ip", "203.0.113.9", "abuse@example.com"});
    bounce("abuse@example.com", "5.1.1", "smtp; 550 5.1.1 <abuse@example.com>: User unknown");
    site.run_at("2026-11-23T12:59:59Z", {"act"});
    EXPECT_EQ(letters_to("root@example.org").size(), 1U);
    site.run_at("2026-11-23T13:00:00Z", {"act"});
    letters = letters_to("root@example.org");
    ASSERT_EQ(letters.size(), 2U);
    EXPECT_TRUE(holds(letters[1], "1 new matter")) << letters[1];
    site.run_at("2026-11-23T15:00:00Z", {"act"});
    EXPECT_EQ(letters_to("root@example.org").size(), 2U);
}

TEST_F(News, are_faults_of_back_ends_until_they_are_mended) {
    site.configure("enforce = block\nback_ends = list\nlist.path = " + site.at("none/blocked") +
                   "\n");
    EXPECT_EQ(site.run_at("2026-11-23T12:00:00Z", {"act"}).status, 69);
    EXPECT_EQ(site.run_at("2026-11-23T14:00:00Z", {"act"}).status, 69);
    ASSERT_EQ(letters_to("root@example.org").size(), 1U);
    EXPECT_TRUE(holds(letters_to("root@example.org")[0], "fault    "));
    site.make_directory("none");
    EXPECT_EQ(site.run_at("2026-11-23T16:00:00Z", {"act"}).status, 0);
    EXPECT_EQ(letters_to("root@example.org").size(), 1U);
}

TEST_F(News, that_did_not_leave_are_told_by_the_next_run) {
    site.configure("allow_list = " + site.write("allow", "203.0.113.0/24 ours\n") + "\n");
    site.change("relay", "127.0.0.1:1");
    bounce_of_complaint();
    EXPECT_EQ(site.run_at("2026-11-23T12:00:00Z", {"act"}).status, 69);
    site.change("relay", server.address());
    EXPECT_EQ(site.run_at("2026-11-23T12:05:00Z", {"act"}).status, 0);
    EXPECT_EQ(letters_to("root@example.org").size(), 1U);
}

}  // namespace ndr::support
