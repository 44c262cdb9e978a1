#include "ndr_triage/base/named.hpp"

#include <gtest/gtest.h>

#include <array>

namespace ndr {

namespace {

enum class Direction { up, down, sideways };

constexpr std::array directions = std::to_array<Named<Direction>>({
    {Direction::up, "up"},
    {Direction::down, "down"},
});

TEST(Named, finds_the_name_of_a_value) {
    EXPECT_EQ(name_in(directions, Direction::up), "up");
    EXPECT_EQ(name_in(directions, Direction::down), "down");
}

TEST(Named, an_enumerator_that_the_table_forgot_is_a_question_mark) {
    EXPECT_EQ(name_in(directions, Direction::sideways), "?");
}

TEST(Named, finds_the_value_of_a_name) {
    EXPECT_EQ(value_in(directions, "down"), Direction::down);
}

TEST(Named, takes_only_the_exact_name) {
    EXPECT_EQ(value_in(directions, "Down"), std::nullopt);
    EXPECT_EQ(value_in(directions, "dow"), std::nullopt);
    EXPECT_EQ(value_in(directions, "down "), std::nullopt);
    EXPECT_EQ(value_in(directions, ""), std::nullopt);
    EXPECT_EQ(value_in(directions, "?"), std::nullopt);
}

TEST(Named, works_at_compile_time) {
    static_assert(value_in(directions, "up") == Direction::up);
    static_assert(name_in(directions, Direction::up) == "up");
}

}  // namespace

}  // namespace ndr
