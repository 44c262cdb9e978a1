// The map as a file; tests/block/cidr_map_test.cpp has Postfix look into it.
#include "ndr_triage/action/block/cidr_map.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'790'000'000);  // 2026-09-21T14:13:20Z

ActiveBlock block(std::int64_t id, std::string_view prefix, int seconds) {
    return {id, Prefix::parse(prefix).value(), now + Seconds(seconds)};
}

CidrMapSettings settings(const std::string& action) {
    CidrMapSettings result;
    result.path = "/nonexistent/map";
    result.action = action;
    return result;
}

TEST(CidrMapPlan, has_the_narrowest_prefix_first) {
    const CidrMap map(settings("REJECT blocked"));
    EXPECT_EQ(map.plan({block(1, "203.0.113.0/24", 100), block(2, "2001:db8::/32", 60),
                        block(3, "203.0.113.128/26", 3700), block(4, "192.0.2.0/24", 0)},
                       now),
              "# Written by ndr-triage; what you change is lost.\n"
              "# block 3, until 2026-09-21T15:15:00Z\n"
              "203.0.113.128/26 REJECT blocked\n"
              "# block 1, until 2026-09-21T14:15:00Z\n"
              "203.0.113.192/26 REJECT blocked\n"
              "# block 1, until 2026-09-21T14:15:00Z\n"
              "203.0.113.0/25 REJECT blocked\n"
              "# block 2, until 2026-09-21T14:14:20Z\n"
              "2001:db8::/32 REJECT blocked\n");
}

TEST(CidrMap, refuses_an_action_that_would_be_more_than_one_line) {
    for (const char* action : {"", " ", "OK\n0.0.0.0/0 REJECT", " REJECT", "REJECT ", "a\x01"})
        EXPECT_THROW(CidrMap{settings(action)}, ConfigError) << action;
    EXPECT_NO_THROW(CidrMap{CidrMapSettings{}});
}

}  // namespace

}  // namespace ndr
