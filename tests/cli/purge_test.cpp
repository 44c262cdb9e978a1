// purge: what is kept for a time only.
#include <gtest/gtest.h>

#include <fmt/core.h>

#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

constexpr const char* after_89_days = "2027-02-20T12:00:00Z";
constexpr const char* after_91_days = "2027-02-22T12:00:00Z";

struct Purge : testing::Test {
    Purge() {
        take_in(bounce);
        take_in(person);
        take_in(undetermined);
    }
    void take_in(const std::string& name) const {
        site.output({"deliver"}, example("replies/" + name));
    }
    std::string purge_at(const char* time, std::vector<std::string> options = {}) const {
        options.insert(options.begin(), "purge");
        const Ran ran = site.run_at(time, options);
        EXPECT_EQ(ran.status, 0) << ran;
        EXPECT_EQ(ran.err, "");
        return ran.out;
    }
    std::string kept() const {  // numbers of replies that have their octets
        return LedgerFile(site.ledger()).value("SELECT group_concat(reply, ' ') FROM message");
    }

    Site site;
    const std::string bounce = "03-qmail-no-mailbox.eml";
    const std::string person = "16-person-answers.eml";
    const std::string undetermined = "12-failed-without-reason.eml";
};

std::string size_of(const std::string& name) {
    return std::to_string(example("replies/" + name).size());
}

}  // namespace

TEST_F(Purge, takes_octets_when_their_time_is_over) {
    EXPECT_EQ(lines_of(purge_at(after_89_days))[0],
              "taken out: the octets of 0 replies, 0 in all, recorded before "
              "2026-11-22T12:00:00Z; what was decided stays");
    EXPECT_EQ(kept(), "1 2 3");
    EXPECT_EQ(lines_of(purge_at(after_91_days))[0],
              "taken out: the octets of 1 reply, " + size_of(bounce) +
                  " in all, recorded before 2026-11-24T12:00:00Z; what was decided stays");
    EXPECT_EQ(kept(), "2 3");
}

TEST_F(Purge, leaves_what_was_decided) {
    const std::string before = site.output({"replies", "show", "1"});
    purge_at(after_91_days);
    EXPECT_EQ(site.output({"replies", "show", "1"}), before);
    expect_one_line_error(site.run({"replies", "show", "1", "--octets"}), 66,
                          {"reply 1", "purged", "keep"});
    take_in(bounce);
    EXPECT_EQ(site.listed({"replies"}).size(), 3U);
    EXPECT_NE(site.output({"replies", "reclassify"}).find("0 changed"), std::string::npos);
}

TEST_F(Purge, of_what_nobody_has_read_takes_nothing_unless_told_to) {
    const std::string said = purge_at(after_91_days);
    ASSERT_EQ(lines_of(said).size(), 2U) << said;
    EXPECT_EQ(lines_of(said)[1].find("kept: the octets of 2 replies, "), 0U) << said;
    EXPECT_NE(said.find("set 'answers'"), std::string::npos) << said;
    EXPECT_EQ(lines_of(purge_at(after_91_days, {"--unread"})).size(), 1U);
    EXPECT_EQ(kept(), "");
}

TEST_F(Purge, takes_what_people_have_got) {
    site.configure("answers = " + site.at("answers") + "\n");
    EXPECT_NE(purge_at(after_91_days).find("let 'act' pass them on"), std::string::npos);
    site.output({"act"});
    EXPECT_EQ(names_in(site.at("answers") + "/new").size(), 2U);
    EXPECT_EQ(lines_of(purge_at(after_91_days)).size(), 1U);
    EXPECT_EQ(kept(), "");
}

TEST_F(Purge, that_is_a_rehearsal_changes_nothing) {
    const std::string said = purge_at(after_91_days, {"--dry-run", "--unread"});
    EXPECT_EQ(said.find("would take out: the octets of 3 replies, "), 0U) << said;
    EXPECT_EQ(kept(), "1 2 3");
}

TEST_F(Purge, takes_more_than_one_transaction_has) {
    LedgerFile ledger(site.ledger());
    ledger.execute(
        "WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 1210) "
        "INSERT INTO reply SELECT i, printf('%064d', i), received_at, recorded_at, form, outcome, "
        "acknowledgement, rule, trust, trust_reason, born_here, auto_reply_says, complaint, "
        "position, message_id, sender, subject, size, judgement, envelope_recipient, "
        "envelope_sender, client FROM reply, n WHERE id = 1");
    ledger.execute("INSERT INTO message SELECT id, x'78' FROM reply WHERE id >= 10");
    EXPECT_EQ(purge_at(after_91_days).find("taken out: the octets of 1202 replies, "), 0U);
    EXPECT_EQ(kept(), "2 3");
}

TEST_F(Purge, leaves_notes_that_an_open_case_may_rest_on) {
    site.configure("keep = 1d\n");
    LedgerFile ledger(site.ledger());
    for (const char* time : {"2026-11-20", "2026-11-27"})
        ledger.execute(
            fmt::format("INSERT INTO probe SELECT 'example.net', unixepoch('{}'), 'unsure', "
                        "'no answer'",
                        time));
    purge_at("2026-12-31T00:00:00Z");
    EXPECT_EQ(ledger.value("SELECT count(*) FROM probe"), "2");
    purge_at(after_91_days);
    EXPECT_EQ(ledger.value("SELECT date(asked_at, 'unixepoch') FROM probe"), "2026-11-27");
}

TEST_F(Purge, that_nobody_runs_is_told_by_doctor) {
    const auto doctor_says = [&](const char* time) {
        const std::string said = site.run_at(time, {"doctor"}).out;
        for (const auto& line : lines_of(said)) {
            if (line.find("purge: ") != std::string::npos) return line;
        }
        return said;
    };
    EXPECT_EQ(doctor_says("2027-02-28T12:00:00Z").find("works"), 0U);
    EXPECT_EQ(doctor_says("2027-03-01T12:00:01Z"),
              "warning  purge: kept a week longer than 'keep' says: the octets of 1 reply");
}

TEST_F(Purge, keeps_for_a_day_at_least) {
    site.configure("keep = 23h\n");
    expect_one_line_error(site.run({"purge"}), 78, {"keep", "23h", "at least 1d"});
}

}  // namespace ndr::support
