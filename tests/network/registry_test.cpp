// Expectations are IANA's registries (ipv4-address-space, ipv6-unicast-address-assignments, the
// special-purpose registries of RFC 6890), read by hand.
#include "ndr_triage/network/registry.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

namespace ndr {

namespace {

IanaEntry entry(std::string_view address) {
    return iana_entry(Address::parse(address).value()).value();
}
std::optional<Rir> rir(std::string_view address) {
    return entry(address).registry;
}
std::string special_name(std::string_view prefix) {
    const auto found = special_uses(AddressRange::parse(prefix).value());
    return found.empty() ? "" : found.front().name;
}

TEST(Registry, has_a_word_and_a_display_name) {
    EXPECT_EQ(text(Rir::afrinic), "afrinic");
    EXPECT_EQ(text(Rir::ripe_ncc), "ripe-ncc");
    EXPECT_EQ(display_name(Rir::apnic), "APNIC");
    EXPECT_EQ(display_name(Rir::ripe_ncc), "RIPE NCC");
}

TEST(Registry, is_found_by_its_word_only) {
    for (const auto registry : {Rir::afrinic, Rir::apnic, Rir::arin, Rir::lacnic, Rir::ripe_ncc})
        EXPECT_EQ(rir_of(text(registry)), registry);
    EXPECT_EQ(rir_of("APNIC"), std::nullopt);
    EXPECT_EQ(rir_of("ripe"), std::nullopt);
    EXPECT_EQ(rir_of(""), std::nullopt);
}

TEST(Registry, knows_who_administers_ipv4_blocks) {
    EXPECT_EQ(rir("1.0.0.1"), Rir::apnic);
    EXPECT_EQ(rir("2.2.2.2"), Rir::ripe_ncc);
    EXPECT_EQ(rir("24.0.0.1"), Rir::arin);
    EXPECT_EQ(rir("41.255.255.255"), Rir::afrinic);
    EXPECT_EQ(rir("102.0.0.1"), Rir::afrinic);
    EXPECT_EQ(rir("103.0.0.1"), Rir::apnic);
    EXPECT_EQ(rir("177.0.0.1"), Rir::lacnic);
    EXPECT_EQ(rir("185.0.0.1"), Rir::ripe_ncc);
    EXPECT_EQ(rir("193.0.0.1"), Rir::ripe_ncc);
    EXPECT_EQ(rir("200.0.0.1"), Rir::lacnic);
    EXPECT_EQ(rir("223.0.0.1"), Rir::apnic);
    EXPECT_FALSE(entry("1.0.0.1").is_legacy);
    EXPECT_FALSE(entry("193.0.0.1").is_legacy);
}

TEST(Registry, marks_space_assigned_before_the_registries) {
    for (const auto& [address, registry] : {std::pair{"8.0.0.1", Rir::arin},
                                            {"25.0.0.1", Rir::ripe_ncc},
                                            {"133.0.0.1", Rir::apnic},
                                            {"191.0.0.1", Rir::lacnic},
                                            {"196.0.0.1", Rir::afrinic}}) {
        EXPECT_EQ(rir(address), registry) << address;
        EXPECT_TRUE(entry(address).is_legacy) << address;
    }
}

TEST(Registry, knows_who_administers_ipv6_blocks) {
    EXPECT_EQ(rir("2001:200::1"), Rir::apnic);
    EXPECT_EQ(rir("2001:4200::1"), Rir::afrinic);
    EXPECT_EQ(rir("2400:cb00::1"), Rir::apnic);
    EXPECT_EQ(rir("240f:ffff::1"), Rir::apnic);
    EXPECT_EQ(rir("2600::1"), Rir::arin);
    EXPECT_EQ(rir("2800::1"), Rir::lacnic);
    EXPECT_EQ(rir("2a00::1"), Rir::ripe_ncc);
    EXPECT_EQ(rir("2c00::1"), Rir::afrinic);
    EXPECT_EQ(entry("2400::1").prefix, Prefix::parse("2400::/12"));
}

TEST(Registry, space_that_nobody_was_given_has_no_entry) {
    for (const auto* address : {"3000::1", "4000::1", "a000::1", "::2"})
        EXPECT_FALSE(iana_entry(Address::parse(address).value())) << address;
}

TEST(Registry, every_unicast_ipv4_block_has_one) {
    for (int block = 1; block < 224; ++block) {
        if (block == 10 || block == 127) continue;
        EXPECT_TRUE(rir(fmt::format("{}.1.0.0", block))) << block;
    }
}

TEST(SpecialUse, comes_before_the_block_that_holds_it) {
    EXPECT_EQ(rir("203.0.113.7"), std::nullopt);
    EXPECT_EQ(entry("203.0.113.7").name, "documentation, RFC 5737");
    EXPECT_EQ(rir("203.0.112.255"), Rir::apnic);
    EXPECT_EQ(rir("203.0.114.0"), Rir::apnic);
    EXPECT_EQ(entry("172.31.255.255").name, "private use, RFC 1918");
    EXPECT_EQ(rir("172.32.0.0"), Rir::arin);
    EXPECT_EQ(rir("100.63.255.255"), Rir::arin);
    EXPECT_EQ(entry("100.64.0.0").name, "shared address space, RFC 6598");
    EXPECT_EQ(rir("100.128.0.0"), Rir::arin);
    EXPECT_EQ(entry("2001:db8::1").name, "documentation, RFC 3849");
}

TEST(SpecialUse, is_known_for_both_versions) {
    for (const auto* address :
         {"0.0.0.1",   "10.1.2.3",        "127.0.0.1",  "169.254.1.1",     "192.0.0.1",
          "192.0.2.1", "192.168.0.1",     "198.18.0.1", "198.19.255.255",  "198.51.100.1",
          "224.0.0.1", "239.255.255.255", "240.0.0.1",  "255.255.255.255", "::",
          "::1",       "64:ff9b::1",      "100::1",     "2001::1",         "2002::1",
          "3fff::1",   "fc00::1",         "fd00::1",    "fe80::1",         "ff02::1"})
        EXPECT_FALSE(entry(address).registry) << address;
    EXPECT_TRUE(entry("192.0.3.0").registry);
    EXPECT_TRUE(entry("198.20.0.0").registry);
}

TEST(SpecialUse, of_a_prefix_is_any_that_overlaps_it) {
    EXPECT_EQ(special_name("10.20.0.0/16"), "private use, RFC 1918");
    EXPECT_EQ(special_name("8.0.0.0/5"), "private use, RFC 1918");  // 8.0.0.0 to 15.255.255.255
    EXPECT_EQ(special_name("203.0.0.0/16"), "documentation, RFC 5737");
    EXPECT_EQ(special_name("2001:db8:1::/48"), "documentation, RFC 3849");
    EXPECT_EQ(special_name("fe80::1"), "link local, RFC 4291");
    EXPECT_EQ(special_name("203.0.112.0/24"), "");
    EXPECT_EQ(special_name("1.0.0.0/8"), "");
    EXPECT_EQ(special_name("2400::/12"), "");
    EXPECT_EQ(special_uses(AddressRange::parse("192.0.0.0 - 192.0.2.0").value()).size(), 2U);
}

}  // namespace

}  // namespace ndr
