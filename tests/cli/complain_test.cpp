// `complain`: whom it writes to, in which words, and what the ledger then knows.
#include <fcntl.h>
#include <gtest/gtest.h>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <filesystem>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "ndr_triage/base/files.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/message.hpp"
#include "support/ledger_file.hpp"
#include "support/mail_set_up.hpp"
#include "support/site.hpp"
#include "support/smtp_server.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

std::string between(const std::string& text, std::string_view left, std::string_view right) {
    const auto begin = text.find(left) + left.size();
    return text.substr(begin, text.find(right, begin) - begin);
}

// A letter that the MTA got.
struct Letter {
    std::string sender;
    std::string recipient;
    Message message;
};

class ComplainCommand : public testing::Test {
protected:
    ComplainCommand() {
        site.configure("allow_documentation = yes\nlookup = no\nrelay = " + server.address() +
                       "\n");
    }

    std::vector<Letter> letters() const {
        std::vector<Letter> found;
        for (const auto& received : server.received())
            found.push_back({between(received.commands.at(0), "<", ">"),
                             between(received.commands.at(1), "<", ">"),
                             parse_message(received.data)});
        return found;
    }
    std::string count_of_complaints() const {
        return LedgerFile(site.ledger()).value("SELECT count(*) FROM complaint");
    }

    SmtpServer server;
    Site site;
};

TEST_F(ComplainCommand, gives_each_contact_a_copy_of_its_own) {
    site.output({"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net", "--contact",
                 "noc@example.net", "--log", "-"},
                "one from 203.0.113.7\ntwo from 203.0.113.70\n");
    const auto sent = letters();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].recipient, "abuse@example.net");
    EXPECT_EQ(sent[1].recipient, "noc@example.net");
    EXPECT_NE(sent[0].sender, sent[1].sender);
    for (const auto& letter : sent) {
        EXPECT_TRUE(letter.sender.starts_with("complaints+")) << letter.sender;
        EXPECT_EQ(letter.message.header.value("To"), letter.recipient);
        EXPECT_EQ(letter.message.header.value("Subject"), "Abuse from 203.0.113.7");
        const std::string answer(letter.message.header.value("X-NDR-Triage"));
        EXPECT_EQ(answer.size(), 31U);
        EXPECT_EQ(letter.message.header.value("Reply-To"), "complaints+" + answer + "@example.org");
        EXPECT_EQ(letter.message.header.value("Message-Id"), "<" + answer + "@example.org>");
        EXPECT_TRUE(holds(letter.message.body.text, "one from 203.0.113.7"));
        EXPECT_FALSE(holds(letter.message.body.text, "203.0.113.70"));
        EXPECT_FALSE(holds(server.received()[0].data, std::string(local_part(letter.sender))))
            << "the bounce token stands in the letter";
    }
    EXPECT_EQ(count_of_complaints(), "1");
}

// A FIFO that nobody waits for in vain: both ends are open.
class Fifo {
public:
    explicit Fifo(const std::string& path) {
        if (mkfifo(path.c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
        give_to_program(path);
        fd_ = Descriptor(open(path.c_str(), O_RDWR | O_CLOEXEC));
    }
    void say(const std::string& line) const { write_all(fd_.get(), line + "\n", "a FIFO"); }
    // Whether a word came, within the time.
    bool hears() const {
        pollfd wait{fd_.get(), POLLIN, 0};
        char octet = 0;
        return poll(&wait, 1, 30'000) == 1 && read(fd_.get(), &octet, 1) == 1;
    }

private:
    Descriptor fd_;
};

// A sendmail that begins to take a letter and ends when the test says so, with the status it says.
class SlowRelay : public testing::Test {
protected:
    SlowRelay() {
        const std::string relay =
            site.write("relay", "#!/bin/sh\ncat >/dev/null\ncase $5 in slow@*) printf x >" +
                                    site.at("began") + "; read status <" + site.at("ending") +
                                    "; exit $status;; esac\necho $5 >>" + site.at("taken") + "\n");
        std::filesystem::permissions(relay, std::filesystem::perms::owner_all);
        site.configure("allow_documentation = yes\nlookup = no\nrelay = " + relay + "\n");
    }
    Program complaint_about(const std::string& address, const std::string& contact) const {
        return site.program({"complain", "--ip", address, contact});
    }
    // Whether somebody waits for the lock of a complaint (proc_locks(5)).
    bool is_waited_for() const {
        struct stat lock {};
        if (stat((site.ledger() + ".complain").c_str(), &lock) != 0) return false;
        const auto lines = lines_of(octets_of("/proc/locks"));
        return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
            return holds(line, "->") && holds(line, ":" + std::to_string(lock.st_ino) + " ");
        });
    }

    Site site;
    Fifo began{site.at("began")};
    Fifo ending{site.at("ending")};
};

TEST_F(SlowRelay, keeps_no_complaint_about_another_network_waiting) {
    Running slow(complaint_about("203.0.113.7", "slow@example.net"));
    ASSERT_TRUE(began.hears());
    const Ran quick = run(complaint_about("198.51.100.7", "abuse@example.com"));
    EXPECT_EQ(quick.status, 0) << quick;
    EXPECT_EQ(octets_of(site.at("taken")), "abuse@example.com\n");
    ending.say("0");
    EXPECT_TRUE(holds(slow.finish().out, "sent as complaint 1"));
}

// It may be taken back, so nobody else can say yet that there is one.
TEST_F(SlowRelay, keeps_the_same_complaint_waiting_until_it_is_known_whether_there_is_one) {
    const auto second_of = [&](const std::string& attacker, const std::string& status) {
        Running first(complaint_about(attacker, "slow@example.net"));
        EXPECT_TRUE(began.hears());
        Running second(complaint_about(attacker, "abuse@example.com"));
        EXPECT_TRUE(comes_true([&] { return is_waited_for(); }));
        ending.say(status);
        EXPECT_EQ(first.finish().status, std::stoi(status));
        return second.finish();
    };
    const Ran taken_over = second_of("203.0.113.7", "75");
    EXPECT_TRUE(holds(taken_over.out, "to abuse@example.com: sent")) << taken_over;
    const Ran saved = second_of("203.0.113.8", "0");
    EXPECT_TRUE(holds(saved.out, "no complaint about 203.0.113.8: complaint")) << saved;
    EXPECT_EQ(octets_of(site.at("taken")), "abuse@example.com\n");
}

TEST_F(ComplainCommand, knows_its_bounce_again_as_signed) {
    site.output({"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net"});
    const std::string bounce =
        "Received: by mail.example.org (Postfix)\n\tid 1; Mon, 23 Nov 2026 11:59:00 +0000\n"
        "From: MAILER-DAEMON@mail.example.org\nTo: complaints@example.org\n"
        "Subject: Undelivered Mail Returned to Sender\nMessage-ID: <b@mail.example.org>\n"
        "Date: Mon, 23 Nov 2026 11:59:00 +0000\nMIME-Version: 1.0\nContent-Type: "
        "multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nfailed\n--b\n"
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n"
        "Final-Recipient: rfc822; abuse@example.net\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n--b--\n";
    const Ran ran = site.run(
        {"deliver", "--recipient", letters().at(0).sender, "--sender", "", "--client", ""}, bounce);
    expect_silent_success(ran);
    LedgerFile ledger(site.ledger());
    EXPECT_EQ(ledger.value("SELECT trust || ' ' || born_here FROM reply"), "signed 1");
    EXPECT_EQ(ledger.value("SELECT complaint FROM reply"), "1");
}

TEST_F(ComplainCommand, in_place_of_mail_takes_the_attacker_from_the_subject_alone) {
    site.output({"complain", "--mail", "-E", "set escape", "-s", "Abuse from 203.0.113.7",
                 "abuse@example.net", "noc@example.net"},
                "Dear Sir,\n198.51.100.9 attacks\n~r /etc/passwd\n");
    const auto sent = letters();
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].message.header.value("Subject"), "Abuse from 203.0.113.7");
    EXPECT_EQ(sent[0].message.body.text, "Dear Sir,\n198.51.100.9 attacks\n~r /etc/passwd\n");
    EXPECT_TRUE(holds(site.output({"status", "203.0.113.7"}), "about 203.0.113.7"));
    expect_one_line_error(
        site.run({"complain", "--mail", "-s", "Abuse", "abuse@example.net"}, "203.0.113.9\n"), 64,
        {"who attacked"});
}

TEST_F(ComplainCommand, about_one_address_only_once_in_a_while) {
    site.output({"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net"});
    const std::string again =
        site.output({"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net"});
    EXPECT_TRUE(holds(again, "no complaint about 203.0.113.7: complaint 1")) << again;
    site.output({"complain", "--ip", "203.0.113.8", "--contact", "abuse@example.net"});
    EXPECT_EQ(letters().size(), 2U);
    site.configure("complaint_interval = 0\n");
    site.output({"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net"});
    EXPECT_EQ(letters().size(), 3U);
}

TEST_F(ComplainCommand, writes_to_no_placeholder_and_to_no_address_that_is_none) {
    const std::string out =
        site.output({"complain", "--ip", "203.0.113.7", "--contact", "abuse@lacnic.net",
                     "--contact", "a@[192.0.2.1]", "--contact", "abuse@example.net"});
    ASSERT_EQ(letters().size(), 1U);
    EXPECT_EQ(letters()[0].recipient, "abuse@example.net");
    EXPECT_TRUE(holds(out, "abuse@lacnic.net: not sent: ")) << out;
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT count(*) FROM copy"), "1");
}

TEST_F(ComplainCommand, of_a_network_without_a_contact_is_recorded) {
    const std::string out = site.output({"complain", "--ip", "203.0.113.7"});
    EXPECT_TRUE(holds(out, "publishes no contact")) << out;
    EXPECT_TRUE(letters().empty());
    EXPECT_EQ(count_of_complaints(), "1");
}

TEST_F(ComplainCommand, finds_the_contacts_of_an_imported_network) {
    site.output(
        {"networks", "import",
         site.write("whois.txt", ripe_answer("203.0.113.0 - 203.0.113.255", "abuse@example.com"))});
    site.output({"complain", "--ip", "203.0.113.7"});
    ASSERT_EQ(letters().size(), 1U);
    EXPECT_EQ(letters()[0].recipient, "abuse@example.com");
}

TEST_F(ComplainCommand, dry_run_shows_the_letters_and_leaves_nothing) {
    const std::string out = site.output(
        {"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net", "--dry-run"});
    EXPECT_TRUE(holds(out, "RCPT TO:<abuse@example.net>")) << out;
    EXPECT_TRUE(letters().empty());
    EXPECT_EQ(count_of_complaints(), "0");
    EXPECT_TRUE(holds(site.output({"keys"}), "no key"));
}

TEST_F(ComplainCommand, that_no_mta_took_is_not_recorded) {
    const SmtpServer refusing(SmtpServer::Answers{{"MAIL", "451 4.3.0 later"}});
    Site other;
    other.configure("allow_documentation = yes\nlookup = no\nrelay = " + refusing.address() + "\n");
    const Ran ran =
        other.run({"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net"});
    EXPECT_EQ(ran.status, 75) << ran;
    EXPECT_TRUE(holds(ran.err, "451 4.3.0 later")) << ran;
    EXPECT_EQ(LedgerFile(other.ledger()).value("SELECT count(*) FROM complaint"), "0");
}

TEST_F(ComplainCommand, that_our_mta_took_in_part_keeps_why_it_did_not_take_the_rest) {
    Site other;
    const std::string sendmail = other.write(
        "sendmail", "#!/bin/sh\ncat >>" + other.at("taken") +
                        "\nfor to; do :; done\n[ \"$to\" != noc@example.net ] || exit 75\n");
    std::filesystem::permissions(sendmail, std::filesystem::perms::owner_all);
    other.configure("allow_documentation = yes\nlookup = no\nrelay = " + sendmail + "\n");
    const Ran ran = other.run({"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net",
                               "--contact", "noc@example.net"});
    EXPECT_EQ(ran.status, 75) << ran;
    const auto copies =
        LedgerFile(other.ledger()).rows("SELECT was_sent, fault FROM copy ORDER BY position");
    EXPECT_EQ(copies.at(0), (std::vector<std::string>{"1", ""}));
    EXPECT_EQ(copies.at(1).at(0), "0");
    EXPECT_TRUE(holds(copies.at(1).at(1), "75")) << copies.at(1).at(1);
    EXPECT_TRUE(holds(ran.err, copies.at(1).at(1))) << ran;
}

TEST_F(ComplainCommand, with_a_faulty_template_sends_nothing) {
    expect_one_line_error(
        site.run({"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net", "--template",
                  site.write("letter", "hello {you}\n")}),
        78, {"letter:1", "{you}"});
    EXPECT_TRUE(letters().empty());
    EXPECT_EQ(count_of_complaints(), "0");
}

TEST_F(ComplainCommand, needs_an_attacker_who_can_be_complained_about) {
    expect_one_line_error(site.run({"complain"}), 64, {"who attacked"});
    expect_one_line_error(site.run({"complain", "--ip", "10.0.0.1"}), 64, {"10.0.0.1", "private"});
    expect_one_line_error(site.run({"complain", "--ip", "joe"}), 64, {"--ip joe", "no IP address"});
    expect_one_line_error(site.run({"complain", "--ip", "203.0.113.7", "--log", "/nowhere"}), 66,
                          {"/nowhere"});
}

// ---- another server ----------------------------------------------------------------------------

class ProtectedServer : public ComplainCommand {
protected:
    ProtectedServer() {
        site.configure("records = records@example.org\n");
        site.output({"keys", "new"});
        const std::string id = site.listed({"keys"}).at(0)["id"];
        host.output({"keys", "import"}, site.output({"keys", "export", id}));
        site.output({"complain", "--ip", "203.0.113.7", "--contact", "abuse@example.net",
                     "--contact", "noc@example.net"});
        const auto sent = server.received();
        record = sent.at(2).data;
        recipient = between(sent.at(2).commands.at(1), "<", ">");
        bounced_to = between(sent.at(1).commands.at(0), "<", ">");
    }
    Ran bring(const std::string& octets, const std::string& to) const {
        return host.run({"record", "--recipient", to, "--client", "198.51.100.1", "-"}, octets);
    }
    std::string complaints_of_host() const {
        return LedgerFile(host.ledger()).value("SELECT count(*) FROM complaint");
    }

    Site host;
    std::string record;
    std::string recipient;
    std::string bounced_to;
};

TEST_F(ProtectedServer, tells_the_ledgers_host_which_then_knows_the_answers) {
    EXPECT_TRUE(recipient.starts_with("records+")) << recipient;
    expect_silent_success(bring(record, recipient));
    LedgerFile ledger(host.ledger());
    EXPECT_EQ(ledger.value("SELECT count(*) FROM copy"), "2");
    const std::string bounce =
        "Received: by mail.example.org (Postfix)\n\tid 1; Mon, 23 Nov 2026 11:59:00 +0000\n"
        "From: MAILER-DAEMON@mail.example.org\nSubject: Undelivered Mail Returned to Sender\n\n"
        "<noc@example.net>: host mx.example.net said: 550 5.1.1 User unknown (in reply to RCPT "
        "TO command)\n";
    expect_silent_success(host.run({"deliver", "--recipient", bounced_to, "--client", ""}, bounce));
    EXPECT_EQ(ledger.value("SELECT trust || ' ' || position FROM reply"), "signed 1");
}

TEST_F(ProtectedServer, s_record_that_comes_twice_changes_nothing) {
    expect_silent_success(bring(record, recipient));
    const std::string before = canonical_dump(host.ledger());
    expect_silent_success(bring(record, recipient));
    EXPECT_EQ(canonical_dump(host.ledger()), before);
}

// An alias may lead records@ to `deliver`, too.
TEST_F(ProtectedServer, s_record_is_known_by_its_token_wherever_it_arrives) {
    expect_silent_success(host.run({"deliver", "--recipient", recipient}, record));
    EXPECT_EQ(complaints_of_host(), "1");
    EXPECT_TRUE(host.listed({"replies"}).empty());
}

TEST_F(ProtectedServer, s_record_that_was_held_is_recorded_when_it_is_taken_up) {
    host.write("ledger.sqlite3", std::string(10000, 'x'));
    EXPECT_EQ(host.run({"deliver", "--copy", "--recipient", recipient}, record).status, 0);
    const std::string forged = replaced(record, "abuse@example.net", "abuse@example.com");
    EXPECT_EQ(host.run({"deliver", "--copy", "--recipient", recipient}, forged).status, 0);
    std::filesystem::remove(host.ledger());
    const Ran ran = host.run({"hold", "retry"});
    EXPECT_TRUE(holds(ran.out, ": complaint 1\n")) << ran;
    EXPECT_TRUE(holds(ran.err, "still held: nothing proves")) << ran;
    EXPECT_EQ(complaints_of_host(), "1");
    EXPECT_TRUE(host.listed({"replies"}).empty());
    EXPECT_EQ(host.listed({"hold"}).size(), 1U);
}

// Its sender has the same token: what comes back says nothing about a contact.
TEST_F(ProtectedServer, s_record_that_bounced_is_a_reply_from_which_nothing_follows) {
    const std::string bounced = replaced(recipient, "records+", "complaints+");
    const std::string bounce =
        "From: MAILER-DAEMON@mail.example.org\nSubject: Undelivered Mail Returned to Sender\n\n"
        "<records@example.org>: host mx.example.net said: 550 5.1.1 User unknown (in reply to RCPT "
        "TO command)\n";
    expect_silent_success(host.run({"deliver", "--recipient", bounced, "--client", ""}, bounce));
    EXPECT_EQ(host.listed({"replies"}).at(0)["trust"], "unknown");
    EXPECT_EQ(complaints_of_host(), "0");
}

// Who knows the token of one record can have no other complaint recorded with it.
TEST_F(ProtectedServer, s_forged_record_is_held_and_moves_nothing) {
    for (const std::string& forged :
         {replaced(record, "Subject: Abuse from 203.0.113.7", "Subject: Abuse from 198.51.100.9"),
          replaced(record, "To: abuse@example.net, ", "To: "),
          replaced(record, "abuse@example.net", "abuse@example.com")}) {
        ASSERT_NE(forged, record);
        const Ran ran = bring(forged, recipient);
        EXPECT_EQ(ran.status, 0) << ran;
        EXPECT_TRUE(holds(ran.err, "nothing proves")) << ran;
    }
    std::string altered = recipient;
    altered[altered.find('@') - 1] ^= 1;
    for (const std::string& to : {std::string("records@example.org"), bounced_to, altered})
        EXPECT_TRUE(holds(bring(record, to).err, "nothing proves")) << to;
    EXPECT_EQ(host.listed({"hold"}).size(), 6U);
    struct stat there {};
    EXPECT_TRUE(stat(host.ledger().c_str(), &there) != 0 || complaints_of_host() == "0");
}

}  // namespace

}  // namespace ndr::support
