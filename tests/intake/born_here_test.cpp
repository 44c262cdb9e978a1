#include "../../src/intake/born_here.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/mail/envelope.hpp"

namespace ndr {

namespace {

const std::vector<Address> none;
constexpr const char* by_ours =
    "by mx.example.org (Postfix)\n\tid 4B1; Mon, 23 Nov 2026 10:00:00 +0000 (UTC)";

bool is_ours(const std::string& received, const std::optional<std::string>& client,
             const std::vector<Address>& own_mta, std::size_t count = 1) {
    ReplyFacts facts;
    facts.first_received = received;
    facts.received_count = count;
    return is_born_here(facts, client, own_mta);
}

}  // namespace

TEST(BornHere, is_a_bounce_that_our_postfix_wrote) {
    EXPECT_TRUE(is_ours(by_ours, "", none));
    EXPECT_TRUE(is_ours(by_ours, std::nullopt, none));
}

TEST(BornHere, is_nothing_that_a_client_brought) {
    EXPECT_FALSE(is_ours(by_ours, "198.51.100.7", none));
    EXPECT_FALSE(is_ours(by_ours, "no address", none));
    EXPECT_FALSE(is_ours(by_ours, nobody_knows, none));
    EXPECT_FALSE(
        is_ours("from mx.example.net (mx.example.net [198.51.100.7]) by "
                "mx.example.org (Postfix) with ESMTP id 4B1; Mon, 23 Nov 2026",
                std::nullopt, none));
}

TEST(BornHere, is_what_a_client_of_our_own_brought_unless_it_had_it_from_elsewhere) {
    const std::vector<Address> own{*Address::parse("192.0.2.25"), *Address::parse("2001:db8::25")};
    EXPECT_TRUE(is_ours(by_ours, "192.0.2.25", own));
    EXPECT_TRUE(is_ours(by_ours, "IPv6:2001:db8::25", own));
    EXPECT_FALSE(is_ours(by_ours, "192.0.2.26", own));
    EXPECT_FALSE(is_ours("from mx2.example.org by mx.example.org", "192.0.2.25", own));
}

// Postfix: "by mx (Postfix, from userid 1000)"; a local user can write anything.
TEST(BornHere, is_nothing_that_a_local_user_sent) {
    EXPECT_FALSE(
        is_ours("by mx.example.org (Postfix, from userid 1000)\n\tid 4B1; Mon, 23 "
                "Nov 2026 10:00:00 +0000",
                "", none));
    EXPECT_FALSE(is_ours("from joe by mx.example.org with local (Exim 4.96) id x", "", none));
}

// Postfix's local(8) puts a Received without "from" on top of what a user's .forward sends on.
TEST(BornHere, is_nothing_that_a_local_user_forwarded) {
    EXPECT_FALSE(is_ours(by_ours, "", none, 2));
    EXPECT_FALSE(is_ours(by_ours, std::nullopt, none, 2));
}

TEST(BornHere, is_nothing_without_a_received_of_ours) {
    EXPECT_FALSE(is_ours(by_ours, "", none, 0));
    EXPECT_FALSE(is_ours("", "", none));
    EXPECT_FALSE(is_ours("bypass", "", none));
}

}  // namespace ndr
