#include "ndr_triage/action/enforcement.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/action/approval.hpp"
#include "support/casework.hpp"

namespace ndr {

namespace {

using std::chrono::days;
using support::noon;

// Blocks of four networks, due for days: one a day, which no cap forbids.
class CarryingOut : public support::LedgerTest {
protected:
    CarryingOut() {
        for (int i = 0; i < 4; ++i) {
            const std::string contact = fmt::format("abuse@{}.example", i);
            const auto complaint = complain_alone(fmt::format("198.51.100.{}", i), {contact});
            answer({complaint, 0, contact, Outcome::mailbox_full, Trust::is_signed, true,
                    noon + days(i)});
        }
        policy_.blocks_a_day = 2;
    }
    CarriedOut carry_out(Instant now) {
        return carry_out_blocks(ledger_, policy_, {true, false}, now);
    }
    // Of the complaints, in their order.
    std::string states() {
        std::string found;
        ledger_.read([&] {
            for (const auto& row : list_follow_ups(ledger_, {}))
                found += fmt::format("{} ", row.done_at ? "done" : text(row.follow_up.state));
        });
        return found;
    }
};

}  // namespace

TEST_F(CarryingOut, holds_what_exceeds_the_blocks_of_a_day_whenever_it_was_decided) {
    ASSERT_EQ(states(), "due due due due ");
    const Instant now = noon + days(5);
    EXPECT_EQ(would_be_in_force(ledger_, policy_, now).blocks.size(), 2U);
    const CarriedOut first = carry_out(now);
    EXPECT_EQ(first.done.size(), 2U);
    EXPECT_EQ(first.waiting,
              (std::vector<std::string>{
                  "block 198.51.100.2/32 for 30d, complaint 3: decided once more, it is held: "
                  "abuse@2.example: mailbox-full, signed reply; 2 networks were blocked within a "
                  "day",
                  "block 198.51.100.3/32 for 30d, complaint 4: decided once more, it is held: "
                  "abuse@3.example: mailbox-full, signed reply; 2 networks were blocked within a "
                  "day"}));
    EXPECT_EQ(states(), "done done held held ");
    EXPECT_EQ(in_force(ledger_, policy_, now).blocks.size(), 2U);
    EXPECT_TRUE(carry_out(now + std::chrono::hours(1)).done.empty());
}

TEST_F(CarryingOut, goes_beyond_the_blocks_of_a_day_for_what_a_person_approved) {
    const Instant now = noon + days(5);
    carry_out(now);
    std::int64_t fourth = 0;
    ledger_.read([&] { fourth = list_follow_ups(ledger_, {4}).at(0).id; });
    rule_on(ledger_, policy_, fourth, {Ruling::Verb::approve, "", "joe", ""}, now);
    EXPECT_EQ(would_be_in_force(ledger_, policy_, now).blocks.size(), 3U);
    EXPECT_EQ(carry_out(now).done.size(), 1U);
    EXPECT_EQ(states(), "done done held done ");
}

TEST_F(CarryingOut, begins_anew_the_next_day) {
    EXPECT_EQ(carry_out(noon + days(1)).done.size(), 2U);
    EXPECT_EQ(carry_out(noon + days(3)).done.size(), 2U);
    EXPECT_EQ(states(), "done done done done ");
}

}  // namespace ndr
