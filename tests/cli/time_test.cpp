// What time lets follow, through the real program with --now: a made-up month, and the next ones.
//
// Nothing here proves by itself that a reply is signed or that a network is registered: the tests
// write that into the ledger, and let the program decide again.
#include <gtest/gtest.h>

#include "support/ledger_file.hpp"
#include "support/mail.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

const std::string contact = "abuse@example.net";

std::string complaint_mail(int number, const std::string& date, const std::string& to = contact) {
    return fmt::format(
        "From: complaints@example.org\nTo: {}\nSubject: Abuse from 203.0.113.7\n"
        "Message-ID: <c{}@example.org>\nDate: {}\n\nPlease stop it.\n",
        to, number, date);
}

// Received by us on that date.
std::string bounce_mail(int number, const std::string& date, const std::string& to = contact) {
    return replaced(replaced(bounce(to, "5.1.1", "550 5.1.1 no such user",
                                    fmt::format("c{}@example.org", number),
                                    fmt::format("b{}-{}@mx.example.net", number, to)),
                             "Fri, 20 Nov 2026 13:00:00 +0000", date),
                    "Fri, 20 Nov 2026 12:59:00 +0000", date);
}

class Months : public ::testing::Test {
protected:
    Months() { site_.configure("allow_documentation = yes\n"); }

    Ran at(const std::string& now, std::vector<std::string> words, const std::string& input = {}) {
        Program program = site_.program({}, input);
        program.words = {"--config", "site.conf", "--now", now};
        program.words.insert(program.words.end(), words.begin(), words.end());
        return run(program);
    }
    std::string output(const std::string& now, std::vector<std::string> words,
                       const std::string& input = {}) {
        const Ran ran = at(now, std::move(words), input);
        EXPECT_EQ(ran.status, 0) << ran;
        return ran.out;
    }
    void complain(int number, const std::string& now, const std::string& date,
                  const std::string& to = contact) {
        output(now, {"record", site_.write(fmt::format("c{}.eml", number),
                                           complaint_mail(number, date, to))});
        ledger("UPDATE network SET authority = 'imported', registry = 'apnic', country = 'ZZ'");
    }
    // A bounce that comes in signed; born here or not.
    void bounce_signed(int number, const std::string& now, const std::string& date,
                       bool is_born_here, const std::string& to = contact) {
        output(now, {"deliver"}, bounce_mail(number, date, to));
        ledger(
            fmt::format("UPDATE reply SET trust = 'signed', born_here = {} "
                        "WHERE message_id = 'b{}-{}@mx.example.net'",
                        is_born_here ? 1 : 0, number, to));
        output(now, {"replies", "reclassify"});
    }
    void ledger(const std::string& sql) { LedgerFile(site_.ledger()).execute(sql); }
    // As the carrying out will leave it.
    void carry_out(const std::string& now) {
        const Instant when = parse_instant(now).value();
        ledger(
            fmt::format("UPDATE follow_up SET state = 'done', done_at = {} "
                        "WHERE state = 'due' AND due_at <= {}",
                        unix_seconds(when), unix_seconds(when)));
    }
    // "1 due block 203.0.113.0/24", what is done too.
    std::vector<std::string> follow_ups() {
        std::vector<std::string> lines;
        for (const auto& row : LedgerFile(site_.ledger())
                                   .rows("SELECT complaint, state, kind, target FROM follow_up "
                                         "ORDER BY complaint, kind, target"))
            lines.push_back(row[0] + " " + row[1] + " " + row[2] + " " + row[3]);
        return lines;
    }
    std::string last_follow_up() {
        const auto lines = follow_ups();
        return lines.empty() ? "none" : lines.back();
    }
    std::vector<Json> listed(const std::string& now, std::vector<std::string> words) {
        words.emplace_back("--json");
        return json_lines(output(now, std::move(words)));
    }

    using Lines = std::vector<std::string>;
    Site site_;
};

TEST_F(Months, a_signed_bounce_from_outside_settles_for_a_day) {
    complain(1, "2026-10-01", "Thu, 01 Oct 2026 08:00:00 +0000");
    bounce_signed(1, "2026-10-01T10:00:00Z", "Thu, 01 Oct 2026 09:00:00 +0000", false);
    const auto rows = listed("2026-10-01T10:00:00Z", {"act", "--dry-run"});
    ASSERT_EQ(rows.size(), 3U);
    for (const auto& row : rows) {
        EXPECT_EQ(row["state"], "due");
        EXPECT_EQ(row["due_at"], "2026-10-02T10:00:00Z");  // it came in an hour after its date
    }
}

TEST_F(Months, one_contact_silent_for_a_week_proposes_a_block_and_time_alone_no_more) {
    complain(1, "2026-10-01", "Thu, 01 Oct 2026 08:00:00 +0000", contact + ", noc@example.com");
    bounce_signed(1, "2026-10-01T10:00:00Z", "Thu, 01 Oct 2026 09:00:00 +0000", true);
    output("2026-10-08T07:59:59Z", {"act"});
    EXPECT_EQ(follow_ups(), (Lines{"1 due notice example.net", "1 due report abuse@example.net"}));
    output("2026-10-08T08:00:00Z", {"act"});
    output("2026-12-07T07:59:59Z", {"act"});
    EXPECT_EQ(follow_ups(), (Lines{"1 proposed block 203.0.113.0/24", "1 due notice example.net",
                                   "1 due report abuse@example.net"}));
    // Nobody approved it within 60 days.
    output("2026-12-07T08:00:00Z", {"act"});
    EXPECT_EQ(follow_ups(), (Lines{"1 due notice example.net", "1 due report abuse@example.net"}));
}

TEST_F(Months, a_contact_is_known_dead_for_thirty_days_and_then_tried_again) {
    complain(1, "2026-10-01", "Thu, 01 Oct 2026 08:00:00 +0000");
    bounce_signed(1, "2026-10-01T10:00:00Z", "Thu, 01 Oct 2026 09:00:00 +0000", false);
    EXPECT_EQ(at("2026-10-02T09:59:59Z", {"contacts", "check", contact}).status, 0);
    const Ran dead = at("2026-10-02T10:00:00Z", {"contacts", "check", contact});
    EXPECT_EQ(dead.status, 1) << dead;
    EXPECT_EQ(dead.out,
              "no: abuse@example.net: it is known dead until 2026-10-31T09:00:00Z: "
              "recipient-unknown on 2026-10-01T09:00:00Z\n");
    EXPECT_EQ(at("2026-10-31T08:59:59Z", {"contacts", "check", contact}).status, 1);
    EXPECT_EQ(at("2026-10-31T09:00:00Z", {"contacts", "check", contact}).status, 0);
}

TEST_F(Months, reports_and_notices_are_not_repeated_within_ninety_days) {
    complain(1, "2026-10-01", "Thu, 01 Oct 2026 08:00:00 +0000");
    bounce_signed(1, "2026-10-01T10:00:00Z", "Thu, 01 Oct 2026 09:00:00 +0000", true);
    carry_out("2026-10-01T11:00:00Z");
    // 40 days later: the block is over, the letters are not to be written again.
    complain(2, "2026-11-10", "Tue, 10 Nov 2026 08:00:00 +0000");
    bounce_signed(2, "2026-11-10T10:00:00Z", "Tue, 10 Nov 2026 09:00:00 +0000", true);
    EXPECT_EQ(last_follow_up(), "2 due block 203.0.113.0/24");
    EXPECT_EQ(follow_ups().size(), 4U);
    const std::string story = output("2026-11-10T11:00:00Z", {"status", "203.0.113.7"});
    EXPECT_NE(story.find("not again: report abuse@example.net to APNIC: complaint 1 had it done on "
                         "2026-10-01; not again before 2026-12-30"),
              std::string::npos)
        << story;
    // 95 days later they are.
    complain(3, "2027-01-05", "Tue, 05 Jan 2027 08:00:00 +0000");
    bounce_signed(3, "2027-01-05T10:00:00Z", "Tue, 05 Jan 2027 09:00:00 +0000", true);
    EXPECT_EQ(follow_ups(), (Lines{"1 done block 203.0.113.0/24", "1 done notice example.net",
                                   "1 done report abuse@example.net", "2 due block 203.0.113.0/24",
                                   "3 due notice example.net", "3 due report abuse@example.net"}));
}

TEST_F(Months, a_network_is_blocked_again_only_after_its_block_and_then_for_longer) {
    site_.configure("repeat_factor = 2\nlongest_block = 50d\n");
    complain(1, "2026-10-01", "Thu, 01 Oct 2026 08:00:00 +0000");
    complain(2, "2026-10-20", "Tue, 20 Oct 2026 08:00:00 +0000");
    complain(3, "2026-11-10", "Tue, 10 Nov 2026 08:00:00 +0000");
    bounce_signed(1, "2026-10-01T10:00:00Z", "Thu, 01 Oct 2026 09:00:00 +0000", true);
    carry_out("2026-10-01T11:00:00Z");
    bounce_signed(2, "2026-10-20T10:00:00Z", "Tue, 20 Oct 2026 09:00:00 +0000", true);
    EXPECT_EQ(follow_ups().size(), 3U);
    bounce_signed(3, "2026-11-10T10:00:00Z", "Tue, 10 Nov 2026 09:00:00 +0000", true);
    EXPECT_EQ(last_follow_up(), "3 due block 203.0.113.0/24");
    EXPECT_EQ(
        LedgerFile(site_.ledger()).value("SELECT term / 86400 FROM follow_up WHERE complaint = 3"),
        "50");
}

TEST_F(Months, an_acknowledgement_while_the_network_is_blocked_proposes_to_lift) {
    complain(1, "2026-10-01", "Thu, 01 Oct 2026 08:00:00 +0000");
    complain(2, "2026-10-01", "Thu, 01 Oct 2026 08:30:00 +0000");
    bounce_signed(1, "2026-10-01T10:00:00Z", "Thu, 01 Oct 2026 09:00:00 +0000", true);
    carry_out("2026-10-01T11:00:00Z");
    output("2026-10-03T10:00:00Z", {"deliver"},
           "Received: by mail.example.org; Sat, 03 Oct 2026 09:00:00 +0000\n"
           "From: abuse@example.net\nTo: complaints@example.org\nSubject: Re: Abuse\n"
           "In-Reply-To: <c2@example.org>\nMessage-ID: <a2@example.net>\n"
           "Date: Sat, 03 Oct 2026 08:59:00 +0000\n\nWe cleaned the host.\n");
    EXPECT_EQ(last_follow_up(), "2 proposed lift 203.0.113.0/24");
    const auto review = listed("2026-10-03T10:00:00Z", {"review"});
    ASSERT_EQ(review.size(), 1U);
    EXPECT_EQ(review[0]["kind"], "lift");
    output("2026-10-31T11:00:00Z", {"act"});
    EXPECT_EQ(follow_ups().size(), 3U);
}

TEST_F(Months, an_old_reply_lets_nothing_follow_however_well_proven) {
    complain(1, "2026-10-01", "Thu, 01 Oct 2026 08:00:00 +0000");
    bounce_signed(1, "2026-12-01T10:00:00Z", "Thu, 01 Oct 2026 09:00:00 +0000", true);
    EXPECT_EQ(follow_ups(), Lines{});
    const std::string story = output("2026-12-01T10:00:00Z", {"status", contact});
    EXPECT_NE(story.find("a reply was too old"), std::string::npos) << story;
}

}  // namespace

}  // namespace ndr::support
