#include "ndr_triage/view/summary.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "summaries.hpp"
#include "support/words.hpp"

namespace ndr {

namespace {

using Json = nlohmann::ordered_json;
using support::sample_summary;

using support::holds;

// The table of one section.
std::string table(const Summary& summary, const std::string& name) {
    for (const auto& section : sections_of(summary)) {
        if (section.name == name) return section.listing.table();
    }
    return "";
}

}  // namespace

TEST(Change, is_a_percentage_only_of_twenty_or_more) {
    EXPECT_EQ(change_text(0, 0), "=");
    EXPECT_EQ(change_text(0, 12), "+12");
    EXPECT_EQ(change_text(3, 0), "-3");
    EXPECT_EQ(change_text(19, 38), "+19");
    EXPECT_EQ(change_text(20, 38), "+90 %");
    EXPECT_EQ(change_text(200, 224), "+12 %");
    EXPECT_EQ(change_text(200, 0), "-100 %");
    EXPECT_EQ(change_text(1000, 1004), "+4");  // no "+0 %"
    EXPECT_EQ(change_text(1000, 996), "-4");
    EXPECT_EQ(change_text(1000, 1005), "+1 %");
    EXPECT_EQ(change_text(100, 1099), "+999 %");
    EXPECT_EQ(change_text(100, 1100), "+1000");
}

TEST(WaitText, is_rounded_to_one_or_two_figures_or_so) {
    EXPECT_EQ(wait_text(Seconds(0)), "0 s");
    EXPECT_EQ(wait_text(Seconds(119)), "119 s");
    EXPECT_EQ(wait_text(Seconds(120)), "2 min");
    EXPECT_EQ(wait_text(Seconds(7199)), "120 min");
    EXPECT_EQ(wait_text(Seconds(7200)), "2 h");
    EXPECT_EQ(wait_text(std::chrono::hours(48)), "2 d");
    EXPECT_EQ(wait_text(std::chrono::hours(60)), "3 d");
}

TEST(SummaryText, says_of_what_time_it_is_and_what_it_compares) {
    EXPECT_EQ(summary_text(sample_summary())
                  .rfind("from 2026-11-20T00:00:00Z until 2026-11-22T00:00:00Z\n"
                         "compared with the 2 days before\n\nNOW ",
                         0),
              0U);
    const Instant since = parse_instant("2026-11-20").value();
    EXPECT_EQ(comparison_text({since, since + std::chrono::days(1)}),
              "compared with the 1 day before");
    EXPECT_EQ(comparison_text({since, since + std::chrono::hours(36)}),
              "compared with the 36h before");
}

TEST(SummaryText, compares_each_count_with_the_one_before) {
    EXPECT_EQ(table(sample_summary(), "complaints"),
              "COMPLAINTS         COUNT  BEFORE  CHANGE\n"
              "sent               30     20      +50 %\n"
              "recorded           5      5       =\n"
              "not-sent           1      1       =\n"
              "all                36     26      +38 %\n"
              "without an answer  7      0       +7\n"
              "failed contacts    9      0       +9\n");
    EXPECT_TRUE(
        holds(summary_text(sample_summary()), "\nOf 35 sent or recorded 7 have no answer: 20 %\n"));
    EXPECT_EQ(table(sample_summary(), "reports"),
              "REPORTS SENT  COUNT  BEFORE  CHANGE\n"
              "unknown       1      0       +1\n"
              "APNIC         0      3       -3\n"
              "RIPE NCC      2      0       +2\n");
    EXPECT_EQ(table(sample_summary(), "first-replies"),
              "FIRST REPLY   COMPLAINTS  MEDIAN WAIT  BEFORE\n"
              "mailbox-full  11          90 min       -\n"
              "all           28          80 s         3 d\n");
}

TEST(SummaryText, names_the_command_that_shows_what_waits) {
    EXPECT_EQ(table(sample_summary(), "now"),
              "NOW                                  COUNT  SEE\n"
              "follow-ups held for a person         62     ndr-triage review\n"
              "follow-ups proposed                  16     ndr-triage review\n"
              "calls to make                        24     ndr-triage calls\n"
              "reports not sent yet                 23     ndr-triage reports\n"
              "messages in hold, to be tried again  26     ndr-triage hold\n"
              "messages in hold that failed again   27     ndr-triage hold\n"
              "undetermined replies of the period   4      ndr-triage replies --outcome "
              "undetermined\n"
              "blocks that run                      25     ndr-triage blocks\n");
}

TEST(SummaryText, of_follow_ups_has_each_state) {
    EXPECT_TRUE(holds(table(sample_summary(), "follow-ups"),
                      "FOLLOW-UPS  DONE  BEFORE  CHANGE  DUE  HELD  PROPOSED  REFUSED  DISMISSED  "
                      "SENDING\n"
                      "block       6     0       +6      18   17    16        19       20         "
                      "21\n"));
}

TEST(SummaryText, of_the_trend_leaves_out_what_did_not_occur) {
    EXPECT_EQ(
        table(sample_summary(), "trend"),
        "DAY         COMPLAINTS  mailbox-full  recipient-unknown  acknowledged  undetermined  "
        "unrelated\n"
        "2026-11-20  36          11            12                 13            4             "
        "2\n");
    Summary weeks = sample_summary();
    weeks.step = std::chrono::weeks(1);
    EXPECT_EQ(table(weeks, "trend").rfind("WEEK FROM", 0), 0U);
}

TEST(SummaryText, counts_those_that_are_not_among_the_ranked) {
    const std::string ranked = table(sample_summary(), "networks");
    EXPECT_TRUE(holds(ranked, "\n203.0.113.0/24  31          8                <script>")) << ranked;
    EXPECT_TRUE(holds(ranked, "\n3 others        5           -                -\n")) << ranked;
    EXPECT_TRUE(holds(table(sample_summary(), "countries"), "\nunknown"));
    EXPECT_TRUE(holds(table(sample_summary(), "registries"), "\nRIPE NCC"));
}

TEST(SummaryText, shows_strangers_words_on_one_line_without_controls) {
    const std::string text = summary_text(sample_summary());
    EXPECT_TRUE(holds(text, "\\r\\n\\x1b[31m\\xff"));
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find('\r'), std::string::npos);
}

TEST(SummaryText, of_nothing_has_no_rankings_and_no_trend) {
    Summary nothing;
    nothing.totals.period = sample_summary().totals.period;
    const std::string text = summary_text(nothing);
    for (const char* heading : {"NETWORK", "COUNTRY", "DOMAIN", "DAY", "FIRST REPLY", "%"})
        EXPECT_FALSE(holds(text, heading)) << heading;
    EXPECT_TRUE(holds(text, "all                0      0       =\n")) << text;
}

TEST(SummaryJson, is_one_object_on_one_line) {
    const std::string text = summary_json(sample_summary());
    EXPECT_EQ(text.find('\n'), text.size() - 1);
    const Json json = Json::parse(text);
    EXPECT_EQ(json["made_at"], "2026-11-24T10:00:00Z");
    EXPECT_EQ(json["period"]["since"], "2026-11-20T00:00:00Z");
    EXPECT_EQ(json["before"]["until"], "2026-11-20T00:00:00Z");
    EXPECT_EQ(json["period"]["complaints"]["recorded"], 5);
    EXPECT_EQ(json["before"]["replies"]["mailbox-full"], 22);
    EXPECT_EQ(json["period"]["trust"]["signed"], 42);
    EXPECT_EQ(json["period"]["first_replies"]["mailbox-full"]["median_seconds"], 5400);
    EXPECT_EQ(json["period"]["first_replies"]["refused"]["median_seconds"], nullptr);
    EXPECT_EQ(json["period"]["reports_sent"], (Json{{"unknown", 1}, {"ripe-ncc", 2}}));
    EXPECT_EQ(json["period"]["calls"]["satisfied"], 14);
    EXPECT_EQ(json["period"]["blocks_ended"], 15);
    EXPECT_EQ(json["now"]["follow_ups"]["block"]["due"], 18);
    EXPECT_EQ(json["now"]["running_blocks"], 25);
    EXPECT_EQ(json["now"]["held_new"], 26);
    EXPECT_EQ(json["now"]["held_failed"], 27);
    EXPECT_EQ(json["networks"]["others"], 3);
    EXPECT_EQ(json["countries"]["rows"][1]["name"], nullptr);
    EXPECT_EQ(json["trend"]["step_seconds"], 86400);
    EXPECT_EQ(json["trend"]["steps"].size(), 2U);
    EXPECT_EQ(json["trend"]["steps"][0]["replies"]["acknowledged"], 13);
}

}  // namespace ndr
