// The data sets as text; tests/block/rbldnsd_test.cpp has the real server.
#include "ndr_triage/action/block/rbldnsd.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'790'000'000);  // 2026-09-21T14:13:20Z

RbldnsdSettings settings() {
    RbldnsdSettings result;
    result.ipv4_path = "/nonexistent/4";
    result.ipv6_path = "/nonexistent/6";
    result.zone = "bl.example.org";
    result.text = "Blocked";
    return result;
}

TEST(RbldnsdPlan, has_a_data_set_for_each_version) {
    EXPECT_EQ(Rbldnsd(settings())
                  .plan({{1, Prefix::parse("203.0.113.0/24").value(), now + Seconds(100)},
                         {2, Prefix::parse("2001:db8::/32").value(), now + Seconds(60)}},
                        now),
              "# Written by ndr-triage; what you change is lost.\n"
              "$TTL 300\n"
              ":127.0.0.2:Blocked\n"
              "# block 1, until 2026-09-21T14:15:00Z\n"
              "203.0.113.0/24\n"
              "# Written by ndr-triage; what you change is lost.\n"
              "$TTL 300\n"
              ":127.0.0.2:Blocked\n"
              "# block 2, until 2026-09-21T14:14:20Z\n"
              "2001:db8::/32\n");
}

TEST(Rbldnsd, refuses_settings_that_would_break_the_data_set) {
    EXPECT_NO_THROW(Rbldnsd{settings()});
    auto bad = settings();
    bad.text = "a\n0.0.0.0/0";
    EXPECT_THROW(Rbldnsd{bad}, ConfigError);
    bad = settings();
    bad.answer = "203.0.113.1";
    EXPECT_THROW(Rbldnsd{bad}, ConfigError);
    for (const char* zone : {"", "a b", "-f\n", "a/b"}) {
        bad = settings();
        bad.zone = zone;
        EXPECT_THROW(Rbldnsd{bad}, ConfigError) << zone;
    }
}

}  // namespace

}  // namespace ndr
