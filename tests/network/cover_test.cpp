// cover() of network/address.hpp, by hand and against a naive method.
#include <gtest/gtest.h>

#include <random>

#include "ndr_triage/network/address.hpp"

namespace ndr {

namespace {

Address ipv4(std::uint32_t number) {
    Address::Octets octets{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    for (std::size_t i = 0; i < 4; ++i)
        octets[12 + i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    return Address(octets);
}

// 2001:db8:: and `number` in its last eight octets.
Address ipv6(std::uint64_t number) {
    Address::Octets octets{0x20, 0x01, 0x0d, 0xb8};
    for (std::size_t i = 0; i < 8; ++i)
        octets[8 + i] = static_cast<std::uint8_t>(number >> (56 - 8 * i));
    return Address(octets);
}

std::vector<std::string> texts(std::string_view range) {
    std::vector<std::string> result;
    for (const auto& prefix : cover(AddressRange::parse(range).value()))
        result.push_back(prefix.text());
    return result;
}

// The fewest aligned blocks that make up first..last, counted down the binary tree of all
// addresses that begin at `start` and differ in `bits` bits.
std::size_t fewest(std::uint64_t start, unsigned bits, std::uint64_t first, std::uint64_t last) {
    const std::uint64_t end = start + ((std::uint64_t{1} << bits) - 1);
    if (last < start || end < first) return 0;
    if (first <= start && end <= last) return 1;
    const std::uint64_t half = std::uint64_t{1} << (bits - 1);
    return fewest(start, bits - 1, first, last) + fewest(start + half, bits - 1, first, last);
}

// Prefixes that follow each other without a gap, from the first address to the last.
void expect_exact(const std::vector<Prefix>& prefixes, const AddressRange& range) {
    ASSERT_FALSE(prefixes.empty());
    EXPECT_EQ(prefixes.front().start(), range.first);
    EXPECT_EQ(prefixes.back().last(), range.last);
    for (std::size_t i = 0; i + 1 < prefixes.size(); ++i)
        ASSERT_EQ(prefixes[i].last().next(), prefixes[i + 1].start());
}

TEST(Cover, of_a_prefix_is_that_prefix) {
    EXPECT_EQ(texts("203.0.113.0 - 203.0.113.255"), (std::vector<std::string>{"203.0.113.0/24"}));
    EXPECT_EQ(texts("203.0.113.7"), (std::vector<std::string>{"203.0.113.7/32"}));
    EXPECT_EQ(texts("0.0.0.0 - 255.255.255.255"), (std::vector<std::string>{"0.0.0.0/0"}));
    EXPECT_EQ(texts("::/0"), (std::vector<std::string>{"::/0"}));
}

TEST(Cover, of_a_crooked_range_climbs_and_descends) {
    EXPECT_EQ(texts("203.0.113.1 - 203.0.113.14"),
              (std::vector<std::string>{"203.0.113.1/32", "203.0.113.2/31", "203.0.113.4/30",
                                        "203.0.113.8/30", "203.0.113.12/31", "203.0.113.14/32"}));
    EXPECT_EQ(texts("192.0.2.0 - 192.0.4.255"),
              (std::vector<std::string>{"192.0.2.0/23", "192.0.4.0/24"}));
    EXPECT_EQ(texts("2001:db8:: - 2001:db8:2:ffff:ffff:ffff:ffff:ffff"),
              (std::vector<std::string>{"2001:db8::/47", "2001:db8:2::/48"}));
}

TEST(Cover, ends_at_the_ends_of_the_space) {
    EXPECT_EQ(texts("255.255.255.254 - 255.255.255.255"),
              (std::vector<std::string>{"255.255.255.254/31"}));
    EXPECT_EQ(texts("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe - "
                    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
              (std::vector<std::string>{"ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127"}));
    EXPECT_EQ(texts("0.0.0.0 - 0.0.0.2"), (std::vector<std::string>{"0.0.0.0/31", "0.0.0.2/32"}));
}

TEST(Cover, of_a_backward_range_is_empty) {
    EXPECT_TRUE(cover({ipv4(2), ipv4(1)}).empty());
}

TEST(Cover, of_small_ranges_holds_each_address_once_and_no_other) {
    constexpr std::uint32_t base = 0xCB007100;  // 203.0.113.0
    for (std::uint32_t first = 0; first < 40; ++first) {
        for (std::uint32_t last = first; last < 40; ++last) {
            const auto prefixes = cover({ipv4(base + first), ipv4(base + last)});
            for (std::uint32_t i = 0; i < 48; ++i) {
                std::size_t holders = 0;
                for (const auto& prefix : prefixes)
                    holders += prefix.contains(ipv4(base + i)) ? 1U : 0U;
                ASSERT_EQ(holders, first <= i && i <= last ? 1U : 0U) << first << ' ' << last;
            }
        }
    }
}

TEST(Cover, of_any_ipv4_range_is_exact_and_the_shortest) {
    std::mt19937 random(4);
    std::uniform_int_distribution<std::uint32_t> any;
    for (int i = 0; i < 300; ++i) {
        std::uint32_t first = any(random);
        std::uint32_t last = any(random) >> (i % 32);
        if (last < first) std::swap(first, last);
        const AddressRange range{ipv4(first), ipv4(last)};
        const auto prefixes = cover(range);
        expect_exact(prefixes, range);
        ASSERT_EQ(prefixes.size(), fewest(0, 32, first, last)) << range.text();
    }
}

TEST(Cover, of_any_ipv6_range_is_exact_and_the_shortest) {
    std::mt19937_64 random(5);
    for (int i = 0; i < 300; ++i) {
        std::uint64_t first = random() >> 2;
        std::uint64_t last = (random() >> 2) >> (i % 60);
        if (last < first) std::swap(first, last);
        const AddressRange range{ipv6(first), ipv6(last)};
        const auto prefixes = cover(range);
        expect_exact(prefixes, range);
        ASSERT_EQ(prefixes.size(), fewest(0, 62, first, last)) << range.text();
    }
}

}  // namespace

}  // namespace ndr
