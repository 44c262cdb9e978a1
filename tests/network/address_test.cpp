#include "ndr_triage/network/address.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

using namespace std::string_view_literals;

Address address(std::string_view text) {
    return Address::parse(text).value();
}
Prefix prefix(std::string_view text) {
    return Prefix::parse(text).value();
}

TEST(Address, reads_both_versions_and_writes_the_shortest_form) {
    EXPECT_EQ(address("203.0.113.7").text(), "203.0.113.7");
    EXPECT_EQ(address("0.0.0.0").text(), "0.0.0.0");
    EXPECT_EQ(address("255.255.255.255").text(), "255.255.255.255");
    EXPECT_EQ(address("2001:DB8:0:0:0:0:0:1").text(), "2001:db8::1");  // RFC 5952
    EXPECT_EQ(address("::").text(), "::");
}

TEST(Address, a_mapped_address_is_the_ipv4_address) {
    EXPECT_EQ(address("::ffff:203.0.113.7"), address("203.0.113.7"));
    EXPECT_EQ(address("::ffff:cb00:7107").text(), "203.0.113.7");
    EXPECT_TRUE(address("203.0.113.7").is_ipv4());
    EXPECT_FALSE(address("2001:db8::1").is_ipv4());
    EXPECT_FALSE(address("::203.0.113.7").is_ipv4());  // "compatible", obsolete
}

TEST(Address, stands_in_sixteen_octets) {
    const Address::Octets expected{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 203, 0, 113, 7};
    EXPECT_EQ(address("203.0.113.7").octets(), expected);
    const auto documentation = address("2001:db8::1");
    const auto octets = documentation.octet_string();
    EXPECT_EQ(octets, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"sv);
    EXPECT_EQ(Address::of_octets(octets), documentation);
    EXPECT_EQ(Address::of_octets(octets.substr(1)), std::nullopt);
    EXPECT_EQ(Address::of_octets(""), std::nullopt);
}

TEST(Address, refuses_everything_else) {
    for (const auto text :
         {""sv, "203.0.113"sv, "203.0.113.256"sv, "203.0.113.07"sv, "203.0.113.7."sv,
          "0xcb.0.113.7"sv, " 203.0.113.7"sv, "203.0.113.7 "sv, "203.0.113.7/32"sv,
          "[2001:db8::1]"sv, "fe80::1%eth0"sv, "2001:db8::1::2"sv, "2001:db8:1"sv, ":::"sv,
          "12345::"sv, "example.net"sv, "203.0.113.7\0"sv, "203.0.113.7\0.example"sv,
          "2001:db8::1\0:"sv})
        EXPECT_EQ(Address::parse(text), std::nullopt) << '"' << text << '"';
}

TEST(Address, sorts_by_number_and_ipv4_as_one_block) {
    EXPECT_LT(address("9.255.255.255"), address("10.0.0.0"));
    EXPECT_LT(address("::1"), address("0.0.0.0"));
    EXPECT_LT(address("255.255.255.255"), address("2001:db8::"));
}

TEST(Address, clears_and_sets_the_bits_behind_a_length) {
    const auto at = address("2001:db8:ffff:ffff::1");
    EXPECT_EQ(at.first_of(32), address("2001:db8::"));
    EXPECT_EQ(at.last_of(32), address("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
    EXPECT_EQ(at.first_of(35), address("2001:db8:e000::"));
    EXPECT_EQ(address("2001:db8::").last_of(35), address("2001:db8:1fff:ffff:ffff:ffff:ffff:ffff"));
    EXPECT_EQ(at.first_of(128), at);
    EXPECT_EQ(at.last_of(128), at);
    EXPECT_EQ(at.first_of(0), address("::"));
    EXPECT_EQ(at.last_of(0), address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"));
}

TEST(Address, lengths_of_ipv4_count_from_the_left_of_128_bits) {
    const auto at = address("203.0.113.77");
    EXPECT_EQ(at.first_of(96 + 24), address("203.0.113.0"));
    EXPECT_EQ(at.last_of(96 + 24), address("203.0.113.255"));
    EXPECT_EQ(at.first_of(96 + 26), address("203.0.113.64"));
    EXPECT_EQ(at.last_of(96 + 26), address("203.0.113.127"));
}

TEST(Address, steps_carry_over_octets_and_end_at_the_ends) {
    EXPECT_EQ(address("203.0.113.255").next(), address("203.0.114.0"));
    EXPECT_EQ(address("203.0.114.0").previous(), address("203.0.113.255"));
    EXPECT_EQ(address("2001:db8::ffff:ffff").next(), address("2001:db8::1:0:0"));
    EXPECT_EQ(address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").next(), std::nullopt);
    EXPECT_EQ(address("::").previous(), std::nullopt);
}

TEST(CommonBits, count_from_the_left) {
    EXPECT_EQ(common_bits(address("::"), address("::")), 128);
    EXPECT_EQ(common_bits(address("::"), address("8000::")), 0);
    EXPECT_EQ(common_bits(address("203.0.113.0"), address("203.0.113.1")), 127);
    EXPECT_EQ(common_bits(address("203.0.112.0"), address("203.0.113.0")), 96 + 23);
    EXPECT_EQ(common_bits(address("2001:db8::"), address("2001:db9::")), 31);
}

TEST(Prefix, reads_and_writes_the_length_of_its_version) {
    EXPECT_EQ(prefix("203.0.113.0/24").text(), "203.0.113.0/24");
    EXPECT_EQ(prefix("203.0.113.0/24").length(), 120);
    EXPECT_EQ(prefix("203.0.113.0/24").written_length(), 24);
    EXPECT_EQ(prefix("0.0.0.0/0").text(), "0.0.0.0/0");
    EXPECT_EQ(prefix("2001:db8::/32").text(), "2001:db8::/32");
    EXPECT_EQ(prefix("::/0").text(), "::/0");
    EXPECT_EQ(prefix("::ffff:203.0.113.0/120"), prefix("203.0.113.0/24"));
}

TEST(Prefix, an_address_alone_is_a_prefix_of_one) {
    EXPECT_EQ(prefix("203.0.113.7").text(), "203.0.113.7/32");
    EXPECT_EQ(prefix("2001:db8::1").text(), "2001:db8::1/128");
}

TEST(Prefix, refuses_host_bits_and_lengths_out_of_range) {
    for (const auto text :
         {""sv, "/24"sv, "203.0.113.7/24"sv, "203.0.113.0/33"sv, "203.0.113.0/"sv,
          "203.0.113.0/-1"sv, "203.0.113.0/+24"sv, "203.0.113.0/24 "sv, "203.0.113.0/24/24"sv,
          "203.0.113.0/24x"sv, "203.0.113/24"sv, "2001:db8::1/32"sv, "2001:db8::/129"sv,
          "203.0.113.0/99999999999999999999"sv, "203.0.113.0/255.255.255.0"sv, "203.0.113.0\0/24"sv,
          "203.0.113.0/24\0"sv})
        EXPECT_EQ(Prefix::parse(text), std::nullopt) << '"' << text << '"';
}

TEST(Prefix, made_of_an_address_clears_its_host_bits) {
    EXPECT_EQ(Prefix(address("203.0.113.77"), 96 + 24), prefix("203.0.113.0/24"));
    EXPECT_EQ(Prefix(address("2001:db8:1:2::3"), 48).last(),
              address("2001:db8:1:ffff:ffff:ffff:ffff:ffff"));
}

TEST(Prefix, contains_its_addresses_and_no_others) {
    const auto net = prefix("203.0.112.0/23");
    EXPECT_TRUE(net.contains(address("203.0.112.0")));
    EXPECT_TRUE(net.contains(address("203.0.113.255")));
    EXPECT_FALSE(net.contains(address("203.0.111.255")));
    EXPECT_FALSE(net.contains(address("203.0.114.0")));
    EXPECT_FALSE(net.contains(address("2001:db8::1")));
    EXPECT_FALSE(prefix("0.0.0.0/0").contains(address("2001:db8::1")));
}

TEST(Prefix, contains_and_overlaps_other_prefixes) {
    const auto wide = prefix("203.0.112.0/23");
    const auto narrow = prefix("203.0.113.0/24");
    EXPECT_TRUE(wide.contains(narrow));
    EXPECT_TRUE(wide.contains(wide));
    EXPECT_FALSE(narrow.contains(wide));
    EXPECT_FALSE(prefix("203.0.112.0/24").contains(wide));  // the same start
    EXPECT_TRUE(narrow.overlaps(wide));
    EXPECT_TRUE(wide.overlaps(narrow));
    EXPECT_FALSE(narrow.overlaps(prefix("203.0.112.0/24")));
}

TEST(AddressRange, reads_what_registries_write) {
    const AddressRange expected{address("203.0.113.0"), address("203.0.113.255")};
    EXPECT_EQ(AddressRange::parse("203.0.113.0 - 203.0.113.255"), expected);
    EXPECT_EQ(AddressRange::parse("203.0.113.0-203.0.113.255"), expected);
    EXPECT_EQ(AddressRange::parse(" 203.0.113.0/24 "), expected);
    EXPECT_EQ(
        AddressRange::parse("2001:db8::/32"),
        (AddressRange{address("2001:db8::"), address("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff")}));
    EXPECT_EQ(AddressRange::parse("203.0.113.7 - 203.0.113.7"),
              (AddressRange{address("203.0.113.7"), address("203.0.113.7")}));
}

TEST(AddressRange, refuses_backwards_mixed_and_broken_ones) {
    for (const auto text :
         {""sv, "-"sv, "203.0.113.9 - 203.0.113.7"sv, "203.0.113.0 - 2001:db8::"sv,
          "::1 - 203.0.113.0"sv, "203.0.113.0 -"sv, "- 203.0.113.0"sv,
          "203.0.113.0 - 203.0.113.1 - 203.0.113.2"sv, "203.0.113.0/24 - 203.0.114.0"sv})
        EXPECT_EQ(AddressRange::parse(text), std::nullopt) << '"' << text << '"';
}

TEST(AddressRange, is_written_as_a_prefix_where_it_is_one) {
    EXPECT_EQ(AddressRange::parse("203.0.113.0 - 203.0.113.255")->text(), "203.0.113.0/24");
    EXPECT_EQ(AddressRange::parse("203.0.113.1 - 203.0.113.255")->text(),
              "203.0.113.1 - 203.0.113.255");
    EXPECT_EQ(AddressRange::parse("203.0.113.7")->text(), "203.0.113.7/32");
    EXPECT_EQ(AddressRange::of(prefix("2001:db8::/32")).text(), "2001:db8::/32");
}

TEST(AddressRange, contains_both_its_ends) {
    const auto range = AddressRange::parse("203.0.113.5 - 203.0.113.9").value();
    EXPECT_TRUE(range.contains(address("203.0.113.5")));
    EXPECT_TRUE(range.contains(address("203.0.113.9")));
    EXPECT_FALSE(range.contains(address("203.0.113.4")));
    EXPECT_FALSE(range.contains(address("203.0.113.10")));
}

TEST(AddressRange, can_have_prefixes_taken_out) {
    const auto left = [](const char* range, const std::vector<const char*>& taken) {
        std::vector<Prefix> prefixes;
        for (const char* prefix : taken)
            prefixes.push_back(Prefix::parse(prefix).value());
        std::vector<std::string> parts;
        for (const auto& part : without(AddressRange::parse(range).value(), prefixes))
            parts.push_back(part.text());
        return parts;
    };
    using Parts = std::vector<std::string>;
    EXPECT_EQ(left("203.0.113.0/24", {}), Parts{"203.0.113.0/24"});
    EXPECT_EQ(left("203.0.113.0/24", {"192.0.2.0/24", "203.0.114.0/24"}), Parts{"203.0.113.0/24"});
    EXPECT_EQ(left("203.0.113.0/24", {"203.0.113.200/32", "203.0.113.0/25"}),
              (Parts{"203.0.113.128 - 203.0.113.199", "203.0.113.201 - 203.0.113.255"}));
    EXPECT_EQ(left("203.0.113.0/24", {"203.0.113.0/25", "203.0.113.64/26"}),
              Parts{"203.0.113.128/25"});
    EXPECT_EQ(left("203.0.113.0/24", {"203.0.0.0/16"}), Parts{});
    EXPECT_EQ(left("203.0.113.0/24", {"203.0.113.255/32"}), Parts{"203.0.113.0 - 203.0.113.254"});
    EXPECT_EQ(left("2001:db8::/127", {"2001:db8::1/128"}), Parts{"2001:db8::/128"});
    EXPECT_EQ(left("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127",
                   {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff/128"}),
              Parts{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/128"});
}

}  // namespace

}  // namespace ndr
