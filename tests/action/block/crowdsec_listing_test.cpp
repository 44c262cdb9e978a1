#include "../../../src/action/block/crowdsec_listing.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'790'000'000);

std::string alert(const std::string& decision) {
    return R"([{"id": 1, "decisions": [{"id": 7, "scenario": "ndr-triage", )" + decision + "}]}]";
}

TEST(CrowdsecListing, reads_durations_as_go_writes_them) {
    EXPECT_EQ(parse_go_duration("719h59m2.563857435s"), Seconds(2591942));
    EXPECT_EQ(parse_go_duration("59m59.4s"), Seconds(3599));
    EXPECT_EQ(parse_go_duration("-1h2m3s"), Seconds(-3723));
    EXPECT_EQ(parse_go_duration("-213.177488ms"), Seconds(0));
    EXPECT_EQ(parse_go_duration("1.5µs"), Seconds(0));
    for (const char* wrong : {"", "-", "30d", "1", "h", "1h2", ".s", "99999999999999999999h"})
        EXPECT_EQ(parse_go_duration(wrong), std::nullopt) << wrong;
}

TEST(CrowdsecListing, knows_ours_by_its_scenario) {
    const std::string range =
        R"("duration": "1h", "scope": "Range", "type": "ban", "value": "203.0.113.0/24")";
    const auto decisions = read_decisions(alert(range), now);
    ASSERT_TRUE(decisions);
    ASSERT_EQ(decisions->size(), 1U);
    EXPECT_EQ(decisions->front().id, 7);
    EXPECT_EQ(decisions->front().range, AddressRange::parse("203.0.113.0/24"));
    EXPECT_EQ(decisions->front().ends_at, now + std::chrono::hours(1));
    auto others = alert(range);
    others.replace(others.find("ndr-triage"), 10, "ndr-other!");
    EXPECT_TRUE(read_decisions(others, now)->empty());
}

TEST(CrowdsecListing, what_has_ended_counts_as_none) {
    const auto decisions = read_decisions(
        alert(R"("duration": "-1.4s", "scope": "Range", "type": "ban", "value": "192.0.2.0/24")"),
        now);
    EXPECT_TRUE(decisions->empty());
}

TEST(CrowdsecListing, a_decision_that_blocks_no_range_has_none) {
    for (const char* decision :
         {R"("duration": "1h", "scope": "Ip", "type": "ban", "value": "203.0.113.0/24")",
          R"("duration": "1h", "scope": "Range", "type": "captcha", "value": "203.0.113.0/24")",
          R"("duration": "1h", "scope": "Range", "type": "ban", "value": "nonsense")",
          R"("duration": "1h", "scope": "Range", "type": "ban", "value": "203.0.113.0/24",
             "simulated": true)"}) {
        const auto decisions = read_decisions(alert(decision), now);
        ASSERT_EQ(decisions->size(), 1U) << decision;
        EXPECT_EQ(decisions->front().range, std::nullopt) << decision;
    }
}

TEST(CrowdsecListing, nothing_is_null_and_nonsense_is_no_list) {
    EXPECT_TRUE(read_decisions("null", now)->empty());
    EXPECT_TRUE(read_decisions(R"([{"decisions": null}])", now)->empty());
    EXPECT_EQ(read_decisions("error", now), std::nullopt);
    EXPECT_EQ(answers_with_ours("null"), false);
    EXPECT_EQ(answers_with_ours(R"({"message":"access forbidden"})"), std::nullopt);
    EXPECT_EQ(answers_with_ours(R"([{"scenario": "other", "type": "ban"}])"), false);
    EXPECT_EQ(answers_with_ours(R"([{"scenario": "ndr-triage", "type": "ban"}])"), true);
}

TEST(CrowdsecListing, a_bouncer_that_is_silent_is_named_unless_it_is_ours_or_revoked) {
    const auto faults = bouncer_faults(
        R"([{"name": "a", "revoked": false, "type": "x", "last_pull": "2026-11-23T22:28:23.330808819Z"},
            {"name": "b", "revoked": false, "type": "x", "last_pull": null},
            {"name": "c", "revoked": true, "type": "x", "last_pull": null},
            {"name": "d", "revoked": false, "type": "ndr-triage", "last_pull": null}])",
        parse_instant("2026-11-23T22:28:24Z").value());
    EXPECT_EQ(faults, (std::vector<std::string>{
                          "bouncer a: last pulled 2026-11-23T22:28:23Z, what it protects is open",
                          "bouncer b: it has never pulled, what it protects is open"}));
    EXPECT_EQ(bouncer_faults("null", now),
              std::vector<std::string>{"no bouncer is registered, nothing is blocked"});
    EXPECT_EQ(bouncer_faults("{}", now), std::nullopt);
}

}  // namespace

}  // namespace ndr
