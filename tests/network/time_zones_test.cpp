#include "ndr_triage/network/time_zones.hpp"

#include <gtest/gtest.h>

#include <set>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

using Zones = std::vector<std::string>;
using Offices = LocalHours::Offices;

Instant at(std::string_view text) {
    return parse_instant(text).value();
}

}  // namespace

TEST(Region, is_known_by_code_and_by_name) {
    for (const char* text : {"FL", "fl", "US-FL", " Florida ", "FLORIDA"})
        EXPECT_EQ(region_of("US", text), "FL") << text;
    EXPECT_EQ(region_of("CA", "Ontario"), "ON");
    for (const char* text : {"", "ZZ", "CA-ON", "Ontario", "20166", "US"})
        EXPECT_EQ(region_of("US", text), "") << text;
    EXPECT_EQ(region_of("DE", "BY"), "");
}

TEST(TimeZones, are_those_of_the_region_else_of_the_country) {
    EXPECT_EQ(time_zones_of("US", "VA"), Zones{"America/New_York"});
    EXPECT_EQ(time_zones_of("US", "FL"), (Zones{"America/New_York", "America/Chicago"}));
    EXPECT_EQ(time_zones_of("CA", "SK"), (Zones{"America/Regina", "America/Edmonton"}));
    EXPECT_EQ(time_zones_of("NZ", ""), (Zones{"Pacific/Auckland", "Pacific/Chatham"}));
    EXPECT_EQ(time_zones_of("US", "unknown"), time_zones_of("US", ""));
    EXPECT_EQ(time_zones_of("", ""), Zones{});
    EXPECT_EQ(time_zones_of("QQ", ""), Zones{});
}

// All states with the district and the five territories, all provinces: and no zone is misspelt.
TEST(TimeZones, of_the_table_are_known_to_this_host) {
    std::set<std::string> regions;
    for (const auto line : split_lines(embedded::time_zones_table)) {
        if (line.empty() || line.front() == '#') continue;
        const auto colon = line.find(": ");
        ASSERT_NE(colon, std::string_view::npos) << line;
        if (line[2] == '-') regions.emplace(line.substr(0, 5));
        for (const auto zone : split(line.substr(colon + 2), ' '))
            EXPECT_TRUE(local_time(Instant{}, std::string(zone)).has_value()) << line;
    }
    EXPECT_EQ(std::count_if(regions.begin(), regions.end(),
                            [](const auto& region) { return region.starts_with("US"); }),
              50 + 1 + 5);
    EXPECT_EQ(std::count_if(regions.begin(), regions.end(),
                            [](const auto& region) { return region.starts_with("CA"); }),
              10 + 3);
}

TEST(LocalHours, are_a_range_where_several_clocks_may_be_meant) {
    // Monday noon in UTC, in winter: from Hawaii, ten hours behind, to New York, five.
    const auto hours = local_hours(time_zones_of("US", ""), at("2026-11-23T12:00:00Z"));
    ASSERT_TRUE(hours.has_value());
    EXPECT_EQ(hours->west.text, "Mon 2026-11-23 02:00");
    EXPECT_EQ(hours->east.text, "Mon 2026-11-23 07:00");
    EXPECT_FALSE(hours->is_one_time());
    EXPECT_EQ(hours->offices, Offices::closed);
    // Open in both: from nine in Hawaii, 19 UTC, to five in the afternoon in New York, 22 UTC.
    EXPECT_EQ(hours->next_open, at("2026-11-23T19:00:00Z"));
    EXPECT_EQ(
        local_hours({"Pacific/Honolulu", "America/New_York"}, at("2026-11-23T21:59:00Z"))->offices,
        Offices::open);
    EXPECT_EQ(
        local_hours({"Pacific/Honolulu", "America/New_York"}, at("2026-11-23T22:00:00Z"))->offices,
        Offices::partly_open);
}

TEST(LocalHours, are_over_for_the_week_on_friday_evening) {
    const auto hours = local_hours({"America/New_York"}, at("2026-11-20T22:00:00Z"));
    ASSERT_TRUE(hours.has_value());
    EXPECT_TRUE(hours->is_one_time());
    EXPECT_EQ(hours->offices, Offices::closed);
    EXPECT_EQ(hours->next_open, at("2026-11-23T14:00:00Z"));
}

// Auckland is open from 20 to 4 UTC in November, Karachi from 4 to 12.
TEST(LocalHours, that_never_meet_are_those_of_one) {
    const auto hours =
        local_hours({"Pacific/Auckland", "Asia/Karachi"}, at("2026-11-23T12:00:00Z"));
    ASSERT_TRUE(hours.has_value());
    EXPECT_EQ(hours->offices, Offices::closed);
    EXPECT_EQ(hours->next_open, at("2026-11-23T20:00:00Z"));
}

TEST(LocalHours, of_zones_that_nobody_knows_are_unknown) {
    EXPECT_FALSE(local_hours({}, Instant{}).has_value());
    EXPECT_FALSE(local_hours({"Atlantis/Capital"}, Instant{}).has_value());
    EXPECT_EQ(local_hours({"Atlantis/Capital", "Europe/Rome"}, Instant{})->west_zone,
              "Europe/Rome");
}

}  // namespace ndr
