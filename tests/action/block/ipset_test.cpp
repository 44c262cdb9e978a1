// The text for ipset, and its listings; tests/block/ipset_test.cpp has the real one.
#include "ndr_triage/action/block/ipset.hpp"

#include <gtest/gtest.h>

#include "../../../src/action/block/ipset_listing.hpp"

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'790'000'000);

ActiveBlock block(std::int64_t id, std::string_view prefix, Seconds left) {
    return {id, Prefix::parse(prefix).value(), now + left};
}

TEST(IpsetPlan, fills_a_set_beside_and_cuts_what_is_too_long_to_count) {
    const Ipset ipset{{}};
    EXPECT_EQ(ipset.plan({block(1, "203.0.113.0/24", std::chrono::days(30)),
                          block(2, "198.51.100.7/32", Seconds(2'147'483)),
                          block(3, "2001:db8::/32", Seconds(60))},
                         now),
              R"(create ndr_triage4 hash:net family inet maxelem 1048576 timeout 0
create ndr_triage4_new hash:net family inet maxelem 1048576 timeout 0
flush ndr_triage4_new
add ndr_triage4_new 198.51.100.7/32 timeout 2147483
add ndr_triage4_new 203.0.113.0/24 timeout 2147483
swap ndr_triage4_new ndr_triage4
destroy ndr_triage4_new
create ndr_triage6 hash:net family inet6 maxelem 1048576 timeout 0
create ndr_triage6_new hash:net family inet6 maxelem 1048576 timeout 0
flush ndr_triage6_new
add ndr_triage6_new 2001:db8::/32 timeout 60
swap ndr_triage6_new ndr_triage6
destroy ndr_triage6_new
)");
}

TEST(Ipset, refuses_a_name_that_would_be_more_than_a_name) {
    for (const char* name : {"", "a b", "a\nflush", "-x", "a23456789012345678901234567"})
        EXPECT_THROW(Ipset({"ipset", name}), ConfigError) << name;
}

TEST(IpsetListing, has_references_and_members) {
    const auto listing = read_ipset_listing(
        "Name: ndr_triage4\nType: hash:net\nRevision: 7\n"
        "Header: family inet hashsize 1024 maxelem 65536 timeout 0 bucketsize 12 initval 0x1\n"
        "Size in memory: 520\nReferences: 3\nNumber of entries: 3\nMembers:\n"
        "203.0.113.0/24 timeout 2147482\n198.51.100.7 timeout 0\n192.0.2.0/25\n",
        now);
    ASSERT_TRUE(listing);
    EXPECT_EQ(listing->references, 3);
    ASSERT_EQ(listing->present.size(), 3U);
    EXPECT_EQ(listing->present[0].range.text(), "203.0.113.0/24");
    EXPECT_EQ(listing->present[0].ends_at, now + Seconds(2'147'483));
    EXPECT_EQ(listing->present[1].range.text(), "198.51.100.7/32");
    EXPECT_FALSE(listing->present[1].ends_at);
    EXPECT_FALSE(listing->present[2].ends_at);
}

TEST(IpsetListing, of_something_else_is_none) {
    EXPECT_FALSE(read_ipset_listing("", now));
    EXPECT_FALSE(read_ipset_listing("References: 1\n", now));
    EXPECT_FALSE(read_ipset_listing("References: 1\nMembers:\n203.0.113.9,tcp:80\n", now));
}

}  // namespace

}  // namespace ndr
