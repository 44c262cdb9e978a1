#include "ndr_triage/action/block/disjoint.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'790'000'000);

ActiveBlock block(std::int64_t id, std::string_view prefix, int seconds) {
    return {id, Prefix::parse(prefix).value(), now + Seconds(seconds)};
}

std::vector<std::string> texts(const std::vector<ActiveBlock>& blocks) {
    std::vector<std::string> result;
    for (const auto& one : disjoint(blocks, now))
        result.push_back(
            fmt::format("{} {} {}", one.id, one.prefix.text(), (one.ends_at - now).count()));
    return result;
}

using Texts = std::vector<std::string>;

TEST(Disjoint, leaves_neighbours_alone) {
    EXPECT_EQ(texts({block(2, "203.0.113.128/25", 5), block(1, "203.0.113.0/25", 9)}),
              (Texts{"1 203.0.113.0/25 9", "2 203.0.113.128/25 5"}));
}

TEST(Disjoint, an_inner_block_that_ends_earlier_or_with_the_outer_one_vanishes) {
    EXPECT_EQ(texts({block(1, "203.0.113.0/24", 9), block(2, "203.0.113.64/26", 8),
                     block(3, "203.0.113.128/26", 9)}),
              (Texts{"1 203.0.113.0/24 9"}));
}

TEST(Disjoint, splits_the_outer_block_around_an_inner_one_that_ends_later) {
    EXPECT_EQ(texts({block(1, "203.0.113.0/24", 5), block(2, "203.0.113.64/26", 9)}),
              (Texts{"1 203.0.113.0/26 5", "2 203.0.113.64/26 9", "1 203.0.113.128/25 5"}));
}

TEST(Disjoint, of_one_prefix_the_latest_end_stays) {
    EXPECT_EQ(texts({block(1, "2001:db8::/32", 5), block(2, "2001:db8::/32", 7),
                     block(3, "2001:db8::/32", 7)}),
              (Texts{"2 2001:db8::/32 7"}));
}

TEST(Disjoint, what_has_ended_is_gone) {
    EXPECT_EQ(texts({block(1, "203.0.113.0/24", 0), block(2, "203.0.113.0/25", 1),
                     block(3, "2001:db8::/32", -4)}),
              (Texts{"2 203.0.113.0/25 1"}));
}

TEST(Disjoint, ipv4_does_not_lie_in_ipv6) {
    EXPECT_EQ(texts({block(1, "::/0", 9), block(2, "203.0.113.0/24", 5)}),
              (Texts{"2 203.0.113.0/24 5", "1 ::/0 9"}));
}

TEST(Disjoint, reaches_both_ends_of_the_space) {
    EXPECT_EQ(texts({block(1, "::/0", 5), block(2, "::/1", 6), block(3, "8000::/1", 7)}),
              (Texts{"2 ::/1 6", "3 8000::/1 7"}));
    EXPECT_EQ(texts({block(1, "8000::/1", 5), block(2, "c000::/2", 6)}),
              (Texts{"1 8000::/2 5", "2 c000::/2 6"}));
}

// Any blocks within a /26 and a /122: by the naive method, address for address and second for
// second, what is covered is the same before and after.
TEST(Disjoint, covers_at_every_instant_what_the_running_blocks_cover) {
    std::mt19937 random(20261123);
    const auto any = [&random](int most) {
        return static_cast<int>(random() % static_cast<unsigned>(most + 1));
    };
    const std::vector<Address> bases{Address::parse("203.0.113.64").value(),
                                     Address::parse("2001:db8::40").value()};
    const auto at = [&bases](int family, int host) {
        auto octets = bases[static_cast<std::size_t>(family)].octets();
        octets[15] = static_cast<std::uint8_t>(octets[15] + host);
        return Address(octets);
    };
    for (int round = 0; round < 400; ++round) {
        std::vector<ActiveBlock> blocks;
        for (int count = any(12); count > 0; --count)
            blocks.push_back(
                {count, Prefix(at(any(1), any(63)), 122 + any(6)), now + Seconds(any(9) - 1)});
        const auto parts = disjoint(blocks, now);
        for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
            for (std::size_t j = i + 1; j < parts.size(); ++j)
                ASSERT_FALSE(parts[i].prefix.overlaps(parts[j].prefix)) << "round " << round;
        }
        const auto is_covered = [](const std::vector<ActiveBlock>& by, const Address& address,
                                   Instant time) {
            return std::any_of(by.begin(), by.end(), [&](const ActiveBlock& one) {
                return one.ends_at > time && one.prefix.contains(address);
            });
        };
        for (int family = 0; family < 2; ++family) {
            for (int host = 0; host < 64; ++host) {
                for (int second = 0; second < 10; ++second) {
                    const Instant time = now + Seconds(second);
                    ASSERT_EQ(is_covered(parts, at(family, host), time),
                              is_covered(blocks, at(family, host), time))
                        << at(family, host).text() << " after " << second << " in round " << round;
                }
            }
        }
    }
}

}  // namespace

}  // namespace ndr
