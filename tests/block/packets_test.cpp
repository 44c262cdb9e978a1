// Real packets of a peer against the blocks that nftables has.
#include <chrono>

#include "ndr_triage/action/block/nftables.hpp"
#include "tools.hpp"
#include "two_hosts.hpp"

namespace ndr::support {

namespace {

constexpr const char* bad4 = "203.0.113.5";
constexpr const char* bad6 = "2001:db8:1::5";

class NftPackets : public testing::Test {
protected:
    void block_for(Seconds span) {
        const std::vector<ActiveBlock> blocks{block(1, "203.0.113.0/24", span),
                                              block(2, "2001:db8:1::/48", span)};
        nftables_.apply(blocks, system_now());
        ASSERT_EQ(nftables_.verify(blocks, system_now()), Lines{});
    }

    std::string nothing_ = typed("nft flush ruleset");  // before the hosts find each other
    TwoHosts hosts_;
    Nftables nftables_{NftablesSettings{}};
};

TEST_F(NftPackets, reach_us_before_not_during_and_again_after_the_block) {
    for (const char* source : {bad4, bad6})
        ASSERT_TRUE(hosts_.reaches_us(source, 8080)) << source << " before";
    const auto begin = std::chrono::steady_clock::now();
    block_for(Seconds(4));
    for (const char* source : {bad4, bad6})
        EXPECT_FALSE(hosts_.reaches_us(source, 8080)) << source << " during";
    for (const char* source : {"198.51.100.5", "2001:db8:2::5"})
        EXPECT_TRUE(hosts_.reaches_us(source, 8080)) << source << " is not blocked";
    for (const char* source : {bad4, bad6}) {
        while (!hosts_.reaches_us(source, 8080))
            ASSERT_LT(std::chrono::steady_clock::now() - begin, Seconds(8)) << source << " after";
    }
    EXPECT_GE(std::chrono::steady_clock::now() - begin, Seconds(3));
}

TEST_F(NftPackets, a_block_that_goes_lets_them_in_at_once) {
    block_for(std::chrono::days(30));
    EXPECT_FALSE(hosts_.reaches_us(bad4, 8080));
    nftables_.apply({}, system_now());
    EXPECT_TRUE(hosts_.reaches_us(bad4, 8080));
    EXPECT_TRUE(hosts_.reaches_us(bad6, 8080));
}

TEST_F(NftPackets, our_own_connection_into_the_blocked_network_works_both_ways) {
    block_for(std::chrono::days(30));
    EXPECT_TRUE(hosts_.talks_to_us(bad4, 25));
    EXPECT_TRUE(hosts_.talks_to_us(bad6, 25));
    EXPECT_FALSE(hosts_.reaches_us(bad4, 8080));
    EXPECT_FALSE(hosts_.reaches_us(bad6, 8080));
}

TEST_F(NftPackets, mail_comes_in_from_a_blocked_network_unless_configured) {
    block_for(std::chrono::days(30));
    EXPECT_TRUE(hosts_.reaches_us(bad4, 25));
    EXPECT_TRUE(hosts_.reaches_us(bad6, 25));
    const Nftables closed{{"nft", "ndr_triage", false}};
    closed.apply({block(1, "203.0.113.0/24", std::chrono::days(30)),
                  block(2, "2001:db8:1::/48", std::chrono::days(30))},
                 system_now());
    EXPECT_FALSE(hosts_.reaches_us(bad4, 25));
    EXPECT_FALSE(hosts_.reaches_us(bad6, 25));
}

// An inner block that ends later, seen by packets: the inner address stays out.
TEST_F(NftPackets, an_inner_block_outlasts_the_outer_one) {
    const auto begin = std::chrono::steady_clock::now();
    nftables_.apply(
        {block(1, "203.0.113.0/24", std::chrono::days(1)), block(2, "198.51.100.0/24", Seconds(3)),
         block(3, "198.51.100.0/28", std::chrono::days(1))},
        system_now());
    typed("ip netns exec peer ip addr add 198.51.100.77/32 dev lo");
    EXPECT_FALSE(hosts_.reaches_us("198.51.100.77", 8080));
    while (!hosts_.reaches_us("198.51.100.77", 8080))
        ASSERT_LT(std::chrono::steady_clock::now() - begin, Seconds(8));
    EXPECT_FALSE(hosts_.reaches_us("198.51.100.5", 8080));
}

TEST_F(NftPackets, an_accepting_rule_of_the_host_does_not_undo_the_block) {
    typed(
        "nft add table inet host; nft add chain inet host input "
        "'{ type filter hook input priority filter; policy accept; }'; "
        "nft add rule inet host input accept");
    block_for(std::chrono::days(30));
    EXPECT_FALSE(hosts_.reaches_us(bad4, 8080));
}

}  // namespace

}  // namespace ndr::support
