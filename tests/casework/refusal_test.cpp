// A block never hurts its owner.
#include "ndr_triage/casework/refusal.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

AddressRange range(std::string_view text) {
    return AddressRange::parse(text).value();
}

// "", "held: why" or "refused: why".
std::string verdict(std::string_view text, const Policy& policy = Policy::standard(),
                    std::int64_t new_blocks = 0) {
    const auto refusal = refusal_of(Block{range(text), std::chrono::days(30)}, policy, new_blocks);
    if (!refusal) return "";
    return (refusal->kind == Refusal::Kind::held ? "held: " : "refused: ") + refusal->reason;
}

Policy living_on(std::string_view prefix, const std::string& name) {
    Policy policy = Policy::standard();
    policy.surroundings.prefixes = {{Prefix::parse(prefix).value(), name}};
    return policy;
}

TEST(Refusal, is_none_for_an_ordinary_network) {
    for (const char* text : {"1.2.3.0/24", "1.2.0.0/16", "1.2.3.4/32", "1.2.3.7 - 1.2.9.1",
                             "2400:1000::/29", "2400:1000::/48", "2400:1000::1/128"})
        EXPECT_EQ(verdict(text), "") << text;
}

TEST(Refusal, looks_at_containment_in_both_directions) {
    const Policy policy = living_on("1.2.3.128/25", "connected to eth0");
    EXPECT_EQ(verdict("1.2.3.0/24", policy),
              "refused: it contains 1.2.3.128/25, connected to eth0");
    EXPECT_EQ(verdict("1.2.3.192/26", policy),
              "refused: it lies in 1.2.3.128/25, connected to eth0");
    EXPECT_EQ(verdict("1.2.3.128/25", policy),
              "refused: it lies in 1.2.3.128/25, connected to eth0");
    EXPECT_EQ(verdict("1.2.3.0/25", policy), "");
    EXPECT_EQ(verdict("1.2.4.0/24", policy), "");
}

TEST(Refusal, sees_what_a_range_of_several_prefixes_holds) {
    const Policy policy = living_on("1.2.3.130/32", "a resolver");
    EXPECT_EQ(verdict("1.2.3.1 - 1.2.3.129", policy), "");
    EXPECT_EQ(verdict("1.2.3.1 - 1.2.3.130", policy),
              "refused: it contains 1.2.3.130/32, a resolver");
    EXPECT_EQ(verdict("1.2.3.131 - 1.2.4.7", policy), "");
}

TEST(Refusal, keeps_the_versions_apart) {
    EXPECT_EQ(verdict("1.2.3.0/24", living_on("2400:1::/32", "connected to eth0")), "");
    EXPECT_EQ(verdict("2400:1:2::/48", living_on("2400:1::/32", "connected to eth0")),
              "refused: it lies in 2400:1::/32, connected to eth0");
}

TEST(Refusal, of_special_use_space_cannot_be_configured_away_but_for_documentation) {
    Policy allowing = Policy::standard();
    allowing.allow_documentation = true;
    for (const char* text :
         {"198.51.100.0/24", "203.0.113.128/25", "2001:db8::/32", "192.0.2.1/32"}) {
        EXPECT_NE(verdict(text), "") << text;
        EXPECT_EQ(verdict(text, allowing), "") << text;
    }
    for (const char* text : {"10.0.0.0/24", "127.0.0.1/32", "224.0.0.0/24", "240.0.0.0/16",
                             "fe80::/64", "ff02::/16", "fc00::/48", "100.64.3.0/24"})
        EXPECT_EQ(verdict(text, allowing).rfind("refused: it lies in ", 0), 0U) << text;
}

// The first special-use space that it touches is documentation, the next is not.
TEST(Refusal, looks_at_all_special_use_space_that_a_range_touches) {
    Policy allowing = Policy::standard();
    allowing.allow_documentation = true;
    EXPECT_EQ(verdict("192.0.2.0 - 192.31.196.1", allowing),
              "refused: it contains 192.31.196.0/24, AS112, RFC 7535");
}

TEST(Refusal, of_width_counts_the_whole_range) {
    EXPECT_EQ(verdict("4.0.0.0/11"), "refused: it is wider than a /12");
    EXPECT_EQ(verdict("4.0.0.0/12"), "held: it is wider than a /16");
    EXPECT_EQ(verdict("4.0.0.0/15"), "held: it is wider than a /16");
    EXPECT_EQ(verdict("4.0.0.0 - 4.0.255.255"), "");
    EXPECT_EQ(verdict("4.0.0.0 - 4.1.0.0"), "held: it is wider than a /16");
    // No prefix of it is wider than a /17, yet together they are.
    EXPECT_EQ(verdict("4.0.128.0 - 4.1.128.0"), "held: it is wider than a /16");
    EXPECT_EQ(verdict("4.8.0.0 - 4.24.0.0"), "refused: it is wider than a /12");
    EXPECT_EQ(verdict("4.8.0.0 - 4.23.255.255"), "held: it is wider than a /16");
}

TEST(Refusal, of_width_is_another_for_ipv6) {
    EXPECT_EQ(verdict("2400::/19"), "refused: it is wider than a /20");
    EXPECT_EQ(verdict("2400::/20"), "held: it is wider than a /29");
    EXPECT_EQ(verdict("2400::/28"), "held: it is wider than a /29");
    EXPECT_EQ(verdict("2400::/29"), "");
    EXPECT_EQ(verdict("2400:0:ffff:: - 2400:8:ffff::"), "held: it is wider than a /29");
}

TEST(Refusal, of_everything_is_certain) {
    EXPECT_EQ(verdict("0.0.0.0/0").rfind("refused: ", 0), 0U);
    EXPECT_EQ(verdict("::/0").rfind("refused: ", 0), 0U);
    EXPECT_EQ(verdict("2000::/3").rfind("refused: ", 0), 0U);
}

TEST(Refusal, holds_what_exceeds_the_blocks_of_a_day) {
    EXPECT_EQ(verdict("1.2.3.0/24", Policy::standard(), 49), "");
    EXPECT_EQ(verdict("1.2.3.0/24", Policy::standard(), 50),
              "held: 50 networks were blocked within a day");
    Policy careful = Policy::standard();
    careful.blocks_a_day = 3;
    EXPECT_NE(verdict("1.2.3.0/24", careful, 3), "");
    EXPECT_EQ(verdict("1.2.3.0/24", careful, 2), "");
}

TEST(Refusal, that_nobody_can_lift_comes_before_one_that_a_person_may) {
    Policy policy = living_on("4.1.2.3/32", "our relay");
    EXPECT_EQ(verdict("4.0.0.0/14", policy, 99), "refused: it contains 4.1.2.3/32, our relay");
}

}  // namespace

}  // namespace ndr
