#include "ndr_triage/action/block/differences.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'790'000'000);  // 2026-09-21T14:13:20Z
constexpr Seconds day{86400};

ActiveBlock block(std::int64_t id, std::string_view prefix, Seconds left = 30 * day) {
    return {id, Prefix::parse(prefix).value(), now + left};
}

PresentBlock present(std::string_view range, std::optional<Seconds> left = 30 * day) {
    return {AddressRange::parse(range).value(),
            left ? std::optional(now + *left) : std::optional<Instant>()};
}

using Texts = std::vector<std::string>;

Texts found(const std::vector<ActiveBlock>& wanted, const std::vector<PresentBlock>& there) {
    return lines(differences(wanted, there, now));
}

TEST(Differences, none_where_all_is_as_wanted) {
    EXPECT_EQ(found({block(1, "203.0.113.0/24"), block(2, "2001:db8::/32")},
                    {present("2001:db8::/32"), present("203.0.113.0/24", 30 * day - Seconds(30))}),
              Texts{});
}

TEST(Differences, names_what_is_missing) {
    EXPECT_EQ(found({block(7, "203.0.113.0/24")}, {}), Texts{"block 7, 203.0.113.0/24: missing"});
}

TEST(Differences, names_a_range_that_became_one_host) {
    EXPECT_EQ(found({block(7, "203.0.113.0/24")}, {present("203.0.113.0")}),
              (Texts{"block 7, 203.0.113.0/24: narrowed to 203.0.113.0/32",
                     "203.0.113.0/32: blocked without a block"}));
    EXPECT_EQ(found({block(7, "203.0.113.0/24")}, {present("203.0.113.9 - 203.0.113.10")})[0],
              "block 7, 203.0.113.0/24: narrowed to 203.0.113.9 - 203.0.113.10");
}

TEST(Differences, a_wider_one_is_no_part) {
    EXPECT_EQ(
        found({block(7, "203.0.113.0/25")}, {present("203.0.113.0/24")}),
        (Texts{"block 7, 203.0.113.0/25: missing", "203.0.113.0/24: blocked without a block"}));
}

TEST(Differences, names_ends_that_are_wrong) {
    EXPECT_EQ(found({block(7, "203.0.113.0/24", Seconds(100))},
                    {present("203.0.113.0/24", Seconds(131))}),
              Texts{"block 7, 203.0.113.0/24: ends 2026-09-21T14:15:31Z instead of "
                    "2026-09-21T14:15:00Z"});
    EXPECT_EQ(found({block(7, "203.0.113.0/24", Seconds(100))},
                    {present("203.0.113.0/24", std::nullopt)}),
              Texts{"block 7, 203.0.113.0/24: never ends instead of 2026-09-21T14:15:00Z"});
}

TEST(Differences, what_is_about_to_end_is_not_foreign_and_what_has_ended_is) {
    EXPECT_EQ(found({}, {present("203.0.113.0/24", Seconds(30))}), Texts{});
    EXPECT_EQ(found({}, {present("203.0.113.0/24", Seconds(31))}).size(), 1U);
    EXPECT_EQ(found({}, {present("203.0.113.0/24", Seconds(0))}).size(), 1U);
    EXPECT_EQ(found({}, {present("203.0.113.0/24", std::nullopt)}).size(), 1U);
}

TEST(Differences, a_tool_that_cannot_count_so_far_is_right_until_half_of_it_is_left) {
    const auto faults = [](Seconds left) {
        return differences({block(7, "203.0.113.0/24", 30 * day)},
                           {present("203.0.113.0/24", left)}, now, 24 * day);
    };
    EXPECT_TRUE(faults(24 * day).empty());
    EXPECT_TRUE(faults(12 * day).empty());
    EXPECT_EQ(faults(12 * day - Seconds(1)).at(0).fault, Fault::ends_wrong);
    EXPECT_EQ(faults(30 * day + Seconds(1)).at(0).fault, Fault::ends_wrong);
}

TEST(Differences, a_block_within_the_longest_time_must_end_right) {
    EXPECT_EQ(differences({block(7, "203.0.113.0/24", 20 * day)},
                          {present("203.0.113.0/24", 15 * day)}, now, 24 * day)
                  .at(0)
                  .fault,
              Fault::ends_wrong);
}

}  // namespace

}  // namespace ndr
