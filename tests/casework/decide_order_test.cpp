// The order in which replies arrive does not matter.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "cases.hpp"

namespace ndr {

namespace {

using namespace cases;

// The decision is the same for each of the 720 orders of six replies; gives it as text.
std::string decision_in_all_orders(const CaseFile& file, Instant now) {
    EXPECT_EQ(file.replies.size(), 6U);
    const std::string expected = whole_text(decide(policy(), file, now));
    std::vector<std::size_t> order(file.replies.size());
    std::iota(order.begin(), order.end(), 0U);
    int count = 0;
    do {
        CaseFile permuted = file;
        for (std::size_t i = 0; i < order.size(); ++i)
            permuted.replies[i] = file.replies[order[i]];
        const std::string decision = whole_text(decide(policy(), permuted, now));
        if (decision != expected) {
            ADD_FAILURE() << decision << "\nis not\n\n" << expected;
            return "";
        }
        ++count;
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_EQ(count, 720);
    return expected;
}

TEST(Order, of_bounces_of_all_kinds_of_trust_does_not_matter) {
    CaseFile file = case_of({"abuse@example.net", "noc@example.com"});
    file.replies = {
        reply(file, 0, Outcome::recipient_unknown, signed_born_here, after(hours(1))),
        reply(file, 0, Outcome::mailbox_full, matched_from_outside, after(hours(2))),
        reply(file, 1, Outcome::lost_connection, unknown, after(hours(3))),
        reply(file, 1, Outcome::recipient_unknown, signed_from_outside, after(hours(4))),
        reply(file, 1, Outcome::refused, signed_born_here, after(hours(5))),
        reply(file, 0, Outcome::lost_connection, matched_born_here, after(hours(6))),
    };
    const auto decision = decision_in_all_orders(file, after(hours(12)));
    EXPECT_NE(decision.find("due block 198.51.100.0/24 for 30d"), std::string::npos) << decision;
}

TEST(Order, of_acknowledgements_and_bounces_does_not_matter) {
    CaseFile file = case_of({"abuse@example.net", "noc@example.com"});
    file.replies = {
        reply(file, 0, Outcome::mailbox_full, signed_born_here, after(hours(1))),
        reply(file, 0, Outcome::acknowledged, signed_from_outside, after(hours(2))),
        reply(file, 0, Outcome::recipient_unknown, matched_from_outside, after(hours(3))),
        reply(file, 1, Outcome::lost_connection, signed_born_here, after(hours(1))),
        reply(file, 1, Outcome::acknowledged, matched_from_outside, after(hours(5))),
        reply(file, 1, Outcome::recipient_unknown, unknown, after(hours(6))),
    };
    const auto decision = decision_in_all_orders(file, after(hours(12)));
    EXPECT_NE(decision.find("held block"), std::string::npos) << decision;
}

TEST(Order, of_replies_of_the_same_moment_does_not_matter) {
    CaseFile file = case_of({"abuse@example.net"});
    file.replies = {
        reply(file, 0, Outcome::lost_connection, signed_from_outside),
        reply(file, 0, Outcome::lost_connection, matched_born_here),
        reply(file, 0, Outcome::lost_connection, matched_from_outside),
        reply(file, 0, Outcome::lost_connection, unknown),
        reply(file, 0, Outcome::recipient_unknown, signed_from_outside),
        reply(file, 0, Outcome::recipient_unknown, matched_born_here),
    };
    decision_in_all_orders(file, after(hours(12)));
}

TEST(Order, of_doubtful_replies_does_not_matter) {
    CaseFile file = case_of({"abuse@example.net", "noc@example.net", "desk@example.net"});
    file.replies = {
        reply(file, 0, Outcome::recipient_unknown, signed_born_here),
        reply(file, 0, Outcome::recipient_unknown, signed_born_here),
        reply(file, 1, Outcome::recipient_unknown, matched_from_outside),
        reply(file, 2, Outcome::recipient_unknown, signed_from_outside),
        reply(file, 2, Outcome::recipient_unknown, matched_born_here),
        reply(file, 2, Outcome::acknowledged, unknown),
    };
    file.replies[0].said_by_auto_reply = true;
    file.replies[1].verdicts = {{"member@example.net", "", Outcome::recipient_unknown}};
    file.replies[3].verdicts.push_back({"abuse@example.net", "", Outcome::recipient_unknown});
    file.replies[4].copy.reset();
    decision_in_all_orders(file, after(hours(12)));
}

}  // namespace

}  // namespace ndr
