#include "ndr_triage/casework/outage.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "cases.hpp"

namespace ndr {

namespace {

// So many replies, of so many domains in turn; the first ones are lost connections.
RecentReplies seen(std::size_t count, std::size_t lost, std::size_t domains) {
    std::vector<RecentReply> replies;
    for (std::size_t i = 0; i < count; ++i)
        replies.push_back({fmt::format("d{}.example.net", i % domains),
                           i < lost ? Outcome::lost_connection : Outcome::recipient_unknown});
    return summed(replies);
}

TEST(Outage, is_supposed_when_most_of_many_domains_are_lost) {
    EXPECT_TRUE(seen(20, 11, 5).look_like_outage());
    EXPECT_FALSE(seen(20, 10, 5).look_like_outage());
    EXPECT_FALSE(seen(20, 20, 4).look_like_outage());
    EXPECT_TRUE(seen(5, 3, 5).look_like_outage());
    EXPECT_FALSE(seen(5, 2, 5).look_like_outage());
    EXPECT_FALSE(summed({}).look_like_outage());
    EXPECT_EQ(seen(20, 14, 9).text(),
              "14 of the last 20 final replies, of 9 domains, are lost-connection");
}

TEST(Outage, holds_blocks_and_reports_of_lost_connections_and_nothing_else) {
    using namespace cases;
    auto file = case_of({"abuse@example.net"});
    file.replies = {reply(file, 0, Outcome::lost_connection, signed_born_here)};
    const auto now = after(hours(2));
    EXPECT_EQ(follow_ups(decide(policy(), file, now)),
              (Lines{"due report abuse@example.net", "due block 198.51.100.0/24"}));
    file.history.outage = "on a day, 14 of the last 20 final replies";
    const auto decision = decide(policy(), file, now);
    EXPECT_EQ(follow_ups(decision),
              (Lines{"held report abuse@example.net", "held block 198.51.100.0/24"}));
    EXPECT_NE(decision.follow_ups[0].reason.find("the fault may be ours: on a day, 14 of the last"),
              std::string::npos);
    file.replies = {reply(file, 0, Outcome::recipient_unknown, signed_born_here)};
    EXPECT_EQ(follow_ups(decide(policy(), file, now)),
              (Lines{"due report abuse@example.net", "due notice example.net",
                     "due block 198.51.100.0/24"}));
}

}  // namespace

}  // namespace ndr
