#include "ndr_triage/view/review.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

FollowUpRow row(std::int64_t id, std::int64_t complaint, std::string_view network, Trust trust,
                FollowUpState state = FollowUpState::held) {
    FollowUpRow result;
    result.id = id;
    result.complaint = complaint;
    result.network = AddressRange::parse(network).value();
    result.follow_up = {Block{result.network, std::chrono::days(30)},
                        state,
                        Instant{},
                        "reason",
                        Outcome::mailbox_full,
                        trust};
    return result;
}

}  // namespace

TEST(Review, puts_the_signed_first_and_then_goes_by_network) {
    const auto groups = review_of({row(1, 1, "198.51.100.0/24", Trust::unknown),
                                   row(2, 2, "198.51.100.0/24", Trust::is_signed),
                                   row(3, 3, "192.0.2.0/24", Trust::is_signed),
                                   row(4, 4, "198.51.100.0/24", Trust::matched),
                                   row(5, 5, "198.51.100.0/24", Trust::is_signed)});
    std::vector<std::int64_t> ids;
    for (const auto& group : groups) {
        for (const auto& each : group.rows)
            ids.push_back(each.id);
    }
    EXPECT_EQ(groups.size(), 4U);
    EXPECT_EQ(ids, (std::vector<std::int64_t>{3, 2, 5, 4, 1}));
}

TEST(Review, leaves_out_what_needs_nobody) {
    auto done = row(1, 1, "192.0.2.0/24", Trust::is_signed);
    done.done_at = Instant{};
    EXPECT_TRUE(
        review_of({done, row(2, 2, "192.0.2.0/24", Trust::is_signed, FollowUpState::due)}).empty());
}

TEST(Review, shows_what_several_complaints_ask_for_once) {
    auto second = row(2, 9, "192.0.2.0/24", Trust::matched);
    second.follow_up.reason = "another";
    const std::string text =
        review_text(review_of({row(1, 8, "192.0.2.0/24", Trust::matched), second}), 2);
    EXPECT_EQ(text,
              "192.0.2.0/24: mailbox-full, matched (2 complaints)\n"
              "  held     block 192.0.2.0/24 for 30d  [1, 2]\n"
              "           reason\n"
              "           another\n"
              "2 messages in hold: 'ndr-triage hold list' shows why\n");
    EXPECT_EQ(review_text({}, 0), "nothing to review\n");
}

TEST(Review, escapes_what_a_stranger_wrote) {
    auto evil = row(1, 1, "192.0.2.0/24", Trust::matched);
    evil.follow_up.deed = RegistryReport{std::nullopt, "a\x1b[2J@example.net"};
    evil.follow_up.reason = "x\ny";
    const std::string text = review_text(review_of({evil}), 0);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(text.find("x\\ny"), std::string::npos);
}

}  // namespace ndr
