#include "ndr_triage/casework/policy.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

TEST(StandardPolicy, is_the_table_of_the_specification) {
    using enum FollowUpKind;
    const Policy policy = Policy::standard();
    EXPECT_EQ(policy.cell(Outcome::mailbox_full, Column::elsewhere), Cell{block});
    EXPECT_EQ(policy.cell(Outcome::mailbox_full, Column::home_with_telephone), Cell{call});
    EXPECT_EQ(policy.cell(Outcome::mailbox_full, Column::home_without_telephone), Cell{block});
    EXPECT_EQ(policy.cell(Outcome::recipient_unknown, Column::elsewhere),
              (Cell{block, report, notice}));
    EXPECT_EQ(policy.cell(Outcome::recipient_unknown, Column::home_with_telephone),
              (Cell{call, notice}));
    EXPECT_EQ(policy.cell(Outcome::recipient_unknown, Column::home_without_telephone),
              (Cell{block, report, notice}));
    EXPECT_EQ(policy.cell(Outcome::lost_connection, Column::elsewhere), (Cell{block, report}));
    EXPECT_EQ(policy.cell(Outcome::lost_connection, Column::home_with_telephone), Cell{call});
    EXPECT_EQ(policy.cell(Outcome::lost_connection, Column::home_without_telephone),
              (Cell{block, report}));
}

TEST(StandardPolicy, has_the_bounds_of_the_specification) {
    using std::chrono::days;
    using std::chrono::hours;
    const Policy policy = Policy::standard();
    EXPECT_EQ(policy.home_countries, (std::set<std::string>{"CA", "US"}));
    EXPECT_EQ(policy.block_term, days(30));
    EXPECT_EQ(policy.settle, hours(24));
    EXPECT_EQ(policy.silence, days(7));
    EXPECT_EQ(policy.reply_age, days(60));
    EXPECT_EQ(policy.repeat_limit, days(90));
    EXPECT_EQ(policy.dead_term, days(30));
    EXPECT_EQ(policy.acknowledged_limit, 5);
    EXPECT_EQ(policy.acknowledged_term, days(30));
    EXPECT_EQ(policy.repeat_factor, 1);
    EXPECT_EQ(policy.longest_block, days(365));
    EXPECT_EQ(policy.blocks_a_day, 50);
}

TEST(Policy, a_cell_can_be_changed_alone) {
    Policy policy = Policy::standard();
    policy.cell(Outcome::lost_connection, Column::elsewhere) = {FollowUpKind::notice};
    EXPECT_EQ(policy.cell(Outcome::lost_connection, Column::elsewhere), Cell{FollowUpKind::notice});
    EXPECT_EQ(policy.cell(Outcome::lost_connection, Column::home_without_telephone),
              (Cell{FollowUpKind::block, FollowUpKind::report}));
    EXPECT_EQ(policy.cell(Outcome::mailbox_full, Column::elsewhere), Cell{FollowUpKind::block});
}

TEST(Column, is_called_as_in_the_configuration) {
    EXPECT_EQ(text(Column::elsewhere), "elsewhere");
    EXPECT_EQ(text(Column::home_with_telephone), "home-with-telephone");
    EXPECT_EQ(text(Column::home_without_telephone), "home-without-telephone");
}

TEST(CellText, lists_the_kinds) {
    EXPECT_EQ(text(Cell{}), "nothing");
    EXPECT_EQ(text(Cell{FollowUpKind::call}), "call");
    EXPECT_EQ(text(Cell{FollowUpKind::report, FollowUpKind::block}), "block, report");
}

TEST(CellText, comes_back_as_it_went) {
    for (unsigned bits = 0; bits < 16; ++bits) {
        Cell cell;
        for (unsigned kind = 0; kind < 4; ++kind) {
            if ((bits & (1U << kind)) != 0) cell.insert(static_cast<FollowUpKind>(kind));
        }
        EXPECT_EQ(cell_of(text(cell)), cell) << text(cell);
    }
}

TEST(CellText, may_be_written_in_any_order_and_with_any_blanks) {
    EXPECT_EQ(cell_of(" notice,block ,  report "),
              (Cell{FollowUpKind::block, FollowUpKind::report, FollowUpKind::notice}));
    EXPECT_EQ(cell_of(" nothing "), Cell{});
    EXPECT_EQ(cell_of("block, block"), Cell{FollowUpKind::block});
}

TEST(CellText, refuses_other_words) {
    for (const char* words : {"", "blocks", "block report", "block,", ",block", "block, nothing",
                              "Block", "block;report", "lift", "block, lift"})
        EXPECT_EQ(cell_of(words), std::nullopt) << words;
}

}  // namespace

}  // namespace ndr
