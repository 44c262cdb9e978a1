// Whose reply it is: what a token proves, and what a forger can bring about (nothing).
#include <gtest/gtest.h>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr const char* contact = "abuse@example.net";
constexpr std::uint64_t number = 4711;

class Identified : public testing::Test {
protected:
    Identified() {
        house_.policy.allow_documentation = true;
        house_.keyring.add(key_);
        ledger_.write([&] {
            Network network;
            network.range = *AddressRange::parse("203.0.113.0/24");
            network.country = "ZZ";
            network.registry = Rir::apnic;
            network.authority = Authority::imported;
            network.source = "test";
            network.dated = support::noon;
            put_network(ledger_, network);
        });
        complain(contact, number);
    }

    // A complaint of ours: its Message-ID is its answer token.
    void complain(const std::string& to, std::uint64_t complaint_number,
                  Instant at = support::noon) {
        Complaint complaint = support::complaint_to(
            to, token(TokenPurpose::answer, complaint_number, to) + "@example.org");
        complaint.sent_at = at;
        complaint.token_key = key_.id;
        complaint.token_number = complaint_number;
        take_in_complaint(ledger_, house_, complaint,
                          support::digest_for(std::to_string(complaint_number)), at);
    }

    std::string token(TokenPurpose purpose, std::uint64_t of = number,
                      const std::string& to = contact) const {
        return sign(key_.id, key_.secret, purpose, of, 0, to).text();
    }
    static Envelope sent_to(const std::string& token,
                            std::optional<std::string> client = "198.51.100.25") {
        return {"complaints+" + token + "@example.org", "", std::move(client)};
    }

    Receipt take(const std::string& octets, const Envelope& envelope, Instant at = later_) {
        return take_in(ledger_, house_, raw_message(octets), envelope, support::judged(octets), at);
    }
    // A perfect DSN that says the contact's mailbox does not exist.
    static std::string dsn(const std::string& recipient = contact,
                           const std::string& original = "unknown@example.org",
                           const std::string& message_id = "b1@mx.example.net") {
        return support::bounce(recipient, "5.1.1", "550 5.1.1 no such user", original, message_id);
    }
    static std::string born_here(std::string octets) {
        const std::string from = "from mx.example.net ";
        return octets.erase(octets.find(from), from.size());
    }
    static std::string vacation(const std::string& in_reply_to, const std::string& to) {
        return "Received: from mx.example.net by mail.example.org; Fri, 20 Nov 2026 14:00:00 "
               "+0000\nFrom: abuse@example.net\nTo: " +
               to + "\nSubject: Out of office\nAuto-Submitted: auto-replied\nMessage-ID: <v@x>\n" +
               (in_reply_to.empty() ? "" : "In-Reply-To: <" + in_reply_to + ">\n") +
               "\nI am on vacation until Monday.\n";
    }

    // The furthest that any follow-up of any complaint has come; nullopt if there is none.
    std::optional<FollowUpState> furthest(Instant at = later_) {
        std::optional<FollowUpState> most;
        ledger_.write([&] {
            for (const auto complaint :
                 complaints_about(ledger_, AddressRange{Address(), Prefix(Address(), 0).last()}))
                decide_case(ledger_, house_.policy, complaint, at);
            for (const auto& row : list_follow_ups(ledger_, {})) {
                const bool is_more = !most || row.follow_up.state > *most;
                if (is_more) most = row.follow_up.state;
            }
        });
        return most;
    }
    Instant earliest_due() {
        Instant earliest = Instant::max();
        ledger_.read([&] {
            for (const auto& row : list_follow_ups(ledger_, {}))
                earliest = std::min(earliest, row.follow_up.due_at);
        });
        return earliest;
    }

    inline static const Instant later_ = support::noon + hours(4);
    const Key key_{"k7qd", std::string(32, 's'), support::noon - days(100), true};
    House house_;
    support::TemporaryDirectory directory_;
    Ledger ledger_{directory_.at("ledger.sqlite3"), Ledger::Access::write};
};

}  // namespace

TEST_F(Identified, as_signed_when_the_bounce_token_came_back_in_the_envelope) {
    const auto receipt = take(dsn(), sent_to(token(TokenPurpose::bounce)));
    EXPECT_EQ(receipt.identity.trust, Trust::is_signed) << receipt.identity.reason;
    EXPECT_FALSE(receipt.identity.born_here);
    EXPECT_EQ(furthest(), FollowUpState::due);
    EXPECT_EQ(earliest_due(), later_ + house_.policy.settle);
}

TEST_F(Identified, born_here_and_signed_is_due_at_once) {
    const auto receipt = take(born_here(dsn()), sent_to(token(TokenPurpose::bounce), ""));
    EXPECT_EQ(receipt.identity.trust, Trust::is_signed);
    EXPECT_TRUE(receipt.identity.born_here);
    EXPECT_EQ(furthest(), FollowUpState::due);
    EXPECT_EQ(earliest_due(), support::noon + hours(1));
}

TEST_F(Identified, by_the_fields_that_our_mta_put_on_top_and_else_by_to) {
    const std::string address = "complaints+" + token(TokenPurpose::bounce) + "@example.org";
    EXPECT_EQ(take("Delivered-To: " + address + "\n" + dsn(), {}).identity.trust, Trust::is_signed);
    EXPECT_EQ(
        take("X-Original-To: " + address + "\n" + dsn(contact, "x@y", "b2@x"), {}).identity.trust,
        Trust::is_signed);
    std::string in_to = dsn(contact, "x@y", "b3@x");
    in_to.replace(in_to.find("To: complaints@example.org"), 26, "To: " + address);
    EXPECT_EQ(take(in_to, {}).identity.trust, Trust::is_signed);
    std::string told_otherwise = dsn(contact, "x@y", "b4@x");
    told_otherwise.replace(told_otherwise.find("To: complaints@example.org"), 26, "To: " + address);
    EXPECT_EQ(take(told_otherwise, {"complaints@example.org", "", ""}).identity.trust,
              Trust::unknown);
}

// Coremail may keep nothing of the complaint but its envelope: a page in Chinese that names nobody.
TEST_F(Identified, as_matched_when_a_bounce_names_nobody_and_only_its_envelope_tells) {
    const std::string page =
        "Received: from mail.example.net by mail.example.org; Fri, 20 Nov 2026 13:00:00 +0000\n"
        "From: Postmaster@example.net\nTo: complaints@example.org\nMessage-ID: <c@example.net>\n"
        "Subject: 系统退信\nContent-Type: text/html; charset=utf-8\n\n"
        "<html><body><p>抱歉，您的邮件被退回来了。</p><p>收件人邮箱空间不足</p></body></html>\n";
    const auto receipt = take(page, sent_to(token(TokenPurpose::bounce)));
    EXPECT_EQ(receipt.judgement.outcome, Outcome::mailbox_full);
    EXPECT_EQ(receipt.identity.trust, Trust::matched) << receipt.identity.reason;
    EXPECT_EQ(furthest(), FollowUpState::held);
}

TEST_F(Identified, whatever_the_case_of_the_letters) {
    std::string token = this->token(TokenPurpose::bounce);
    for (char& c : token)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    EXPECT_EQ(take(dsn(), sent_to(token)).identity.trust, Trust::is_signed);
}

// ---- forgeries ---------------------------------------------------------------------------------

TEST_F(Identified, forged_a_perfect_dsn_without_a_token_moves_nothing) {
    const auto receipt = take(born_here(dsn()), {"complaints@example.org", "", "198.51.100.25"});
    EXPECT_EQ(receipt.identity.trust, Trust::unknown);
    EXPECT_EQ(furthest(), FollowUpState::proposed);
}

// The attacker who was forwarded the complaint knows its Message-ID and its Reply-To.
TEST_F(Identified, forged_with_the_answer_token_is_held) {
    const auto answer = token(TokenPurpose::answer);
    const auto by_reply_to = take(dsn(), sent_to(answer));
    EXPECT_EQ(by_reply_to.identity.trust, Trust::matched) << by_reply_to.identity.reason;
    const auto by_message_id =
        take(dsn(contact, answer + "@example.org", "b2@x"), {"complaints@example.org", "", "x"});
    EXPECT_EQ(by_message_id.identity.trust, Trust::matched);
    EXPECT_EQ(furthest(), FollowUpState::held);
}

TEST_F(Identified, forged_with_the_answer_token_made_a_bounce_token_proves_nothing) {
    std::string forged = token(TokenPurpose::answer);
    forged[4] = 'b';
    const auto receipt = take(dsn(), sent_to(forged));
    EXPECT_EQ(receipt.identity.trust, Trust::unknown);
    EXPECT_NE(receipt.identity.reason.find("its signature is wrong"), std::string::npos)
        << receipt.identity.reason;
    EXPECT_EQ(furthest(), FollowUpState::proposed);
}

TEST_F(Identified, forged_with_the_token_of_another_complaint_touches_only_that_one) {
    complain("abuse@example.com", 4712);
    const auto receipt =
        take(dsn(), sent_to(token(TokenPurpose::bounce, 4712, "abuse@example.com")));
    EXPECT_EQ(receipt.identity.trust, Trust::matched);
    EXPECT_NE(receipt.identity.reason.find("does not report this contact"), std::string::npos);
    EXPECT_EQ(furthest(), FollowUpState::held);
}

TEST_F(Identified, forged_naming_a_member_behind_the_contact_is_no_failure_of_the_contact) {
    const auto receipt = take(dsn("joe@example.net"), sent_to(token(TokenPurpose::bounce)));
    EXPECT_EQ(receipt.identity.trust, Trust::matched);
    EXPECT_EQ(furthest(), FollowUpState::held);
}

TEST_F(Identified, forged_with_a_token_in_the_wrong_field_proves_nothing) {
    const std::string address = "complaints+" + token(TokenPurpose::bounce) + "@example.org";
    for (const std::string field : {"Cc: ", "Subject: ", "Reply-To: ", "X-Envelope-To: "}) {
        const auto receipt = take(field + address + "\n" + dsn(contact, "x@y", field.substr(0, 2)),
                                  {"complaints@example.org", "", "198.51.100.25"});
        EXPECT_EQ(receipt.identity.trust, Trust::unknown) << field;
    }
    EXPECT_EQ(furthest(), FollowUpState::proposed);
}

TEST_F(Identified, forged_with_an_unknown_key_proves_nothing) {
    const auto token = sign("aaaa", std::string(32, 'x'), TokenPurpose::bounce, number, 0, contact);
    const auto receipt = take(dsn(), sent_to(token.text()));
    EXPECT_EQ(receipt.identity.trust, Trust::unknown);
    EXPECT_NE(receipt.identity.reason.find("no key 'aaaa'"), std::string::npos);
}

TEST_F(Identified, with_a_token_that_is_too_old_proves_nothing) {
    complain("old@example.net", 4713, support::noon - days(61));
    const auto receipt =
        take(dsn("old@example.net"), sent_to(token(TokenPurpose::bounce, 4713, "old@example.net")));
    EXPECT_EQ(receipt.identity.trust, Trust::unknown);
    EXPECT_NE(receipt.identity.reason.find("older than 60d"), std::string::npos)
        << receipt.identity.reason;
}

TEST_F(Identified, with_a_token_of_an_expired_key_proves_nothing) {
    house_.keyring.add({"bbbb", std::string(32, 'b'), support::noon - days(61), true});
    const auto receipt = take(dsn(), sent_to(token(TokenPurpose::bounce)));
    EXPECT_EQ(receipt.identity.trust, Trust::unknown);
    EXPECT_NE(receipt.identity.reason.find("expired"), std::string::npos);
}

TEST_F(Identified, with_a_token_of_a_key_that_was_just_rotated_is_still_signed) {
    house_.keyring.add({"bbbb", std::string(32, 'b'), support::noon + hours(2), true});
    EXPECT_EQ(take(dsn(), sent_to(token(TokenPurpose::bounce))).identity.trust, Trust::is_signed);
}

TEST_F(Identified, of_a_known_sender_that_is_not_null_is_no_signed_bounce) {
    Envelope envelope = sent_to(token(TokenPurpose::bounce));
    envelope.sender = "someone@example.net";
    EXPECT_EQ(take(dsn(), envelope).identity.trust, Trust::matched);
    EXPECT_EQ(furthest(), FollowUpState::held);
    envelope.sender = "MAILER-DAEMON";
    EXPECT_EQ(take(dsn(contact, "x@y", "b2@x"), envelope).identity.trust, Trust::is_signed);
}

TEST_F(Identified, replayed_a_thousand_times_is_one_reply_and_one_decision) {
    const Envelope envelope = sent_to(token(TokenPurpose::bounce));
    for (int i = 0; i < 1000; ++i)
        take(dsn(), envelope);
    const auto once = [&] {
        std::size_t count = 0;
        ledger_.read([&] { count = list_follow_ups(ledger_, {}).size(); });
        return count;
    }();
    take(dsn(contact, "x@y", "another-message-id@x"), envelope);
    std::size_t replies = 0;
    std::size_t follow_ups = 0;
    ledger_.read([&] {
        replies = list_replies(ledger_, {}).size();
        follow_ups = list_follow_ups(ledger_, {}).size();
    });
    EXPECT_EQ(replies, 2U);
    EXPECT_EQ(follow_ups, once);
}

TEST_F(Identified, signed_from_outside_is_cancelled_by_an_acknowledgement_while_it_settles) {
    take(dsn(), sent_to(token(TokenPurpose::bounce)));
    ASSERT_EQ(furthest(), FollowUpState::due);
    const auto receipt =
        take(vacation("", "complaints@example.org"), sent_to(token(TokenPurpose::answer)));
    EXPECT_EQ(receipt.identity.trust, Trust::is_signed) << receipt.identity.reason;
    EXPECT_FALSE(furthest());
}

TEST_F(Identified, whois_facts_in_a_strangers_mail_are_stored_nowhere) {
    take(
        "From: a@example.com\nTo: complaints@example.org\nSubject: whois\n\ninetnum: 0.0.0.0 - "
        "255.255.255.255\nabuse-mailbox: abuse@example.com\n",
        {"complaints@example.org", "a@example.com", "198.51.100.25"});
    ledger_.read([&] { EXPECT_EQ(list_networks(ledger_).size(), 1U); });
}

// ---- acknowledgements --------------------------------------------------------------------------

TEST_F(Identified, as_signed_when_an_acknowledgement_brings_either_token) {
    const auto answer = token(TokenPurpose::answer);
    EXPECT_EQ(take(vacation(answer + "@example.org", "complaints@example.org"),
                   {"complaints@example.org", "", "x"})
                  .identity.trust,
              Trust::is_signed);
    EXPECT_EQ(
        take(vacation("", "a@example.org"), sent_to(token(TokenPurpose::bounce))).identity.trust,
        Trust::is_signed);
}

TEST_F(Identified, a_letter_in_unknown_words_to_the_answer_address_is_a_persons) {
    const auto receipt = take(
        "Received: from mx.example.net by mail.example.org; Fri, 20 Nov 2026 14:00:00 +0000\n"
        "From: joe@example.net\nTo: complaints@example.org\nSubject: Re: Abuse\n\nTuttu zamp.\n",
        sent_to(token(TokenPurpose::answer)));
    EXPECT_EQ(receipt.judgement.acknowledgement, Acknowledgement::person);
    EXPECT_EQ(receipt.identity.trust, Trust::is_signed);
}

// ---- what else comes back ----------------------------------------------------------------------

TEST_F(Identified, bounces_of_letters_that_are_no_complaint_say_nothing_of_a_contact) {
    for (const auto purpose :
         {TokenPurpose::notice, TokenPurpose::registry, TokenPurpose::record, TokenPurpose::test}) {
        const auto receipt = take(dsn(contact, token(TokenPurpose::answer) + "@example.org",
                                      std::string(1, static_cast<char>(purpose))),
                                  sent_to(token(purpose)));
        EXPECT_EQ(receipt.identity.trust, Trust::unknown);
        EXPECT_FALSE(receipt.identity.copy);
    }
    EXPECT_FALSE(furthest());
}

TEST_F(Identified, reply_that_comes_before_its_complaint_is_tied_to_it_when_it_is_recorded) {
    take(born_here(dsn("late@example.net")),
         sent_to(token(TokenPurpose::bounce, 4720, "late@example.net"), ""));
    complain("late@example.net", 4720);
    ledger_.read([&] {
        const auto rows = list_replies(ledger_, {});
        ASSERT_EQ(rows.size(), 1U);
        EXPECT_EQ(rows[0].trust, Trust::is_signed);
    });
    EXPECT_EQ(furthest(), FollowUpState::due);
}

TEST_F(Identified, waits_for_the_key_file_if_it_is_gone) {
    house_.keyring = {};
    house_.key_file = "/etc/keys";
    EXPECT_THROW(take(dsn(), sent_to(token(TokenPurpose::bounce))), ConfigError);
    EXPECT_EQ(take(dsn(), {"complaints@example.org", "", "x"}).identity.trust, Trust::unknown);
}

TEST_F(Identified, the_better_proven_of_two_copies_counts) {
    EXPECT_EQ(take(dsn(), {}).identity.trust, Trust::unknown);
    const auto raised = take(dsn(), sent_to(token(TokenPurpose::bounce)));
    EXPECT_EQ(raised.filing, Filing::raised);
    EXPECT_EQ(furthest(), FollowUpState::due);
    EXPECT_EQ(take(dsn(), {}).filing, Filing::repeated);
    EXPECT_EQ(furthest(), FollowUpState::due);
}

}  // namespace ndr
