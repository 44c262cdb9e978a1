// The real ipset and iptables, in a network namespace of their own.
#include "ndr_triage/action/block/ipset.hpp"

#include <chrono>

#include "tools.hpp"
#include "two_hosts.hpp"

namespace ndr::support {

namespace {

// As a host's administrator sets them up, once.
constexpr const char* rules =
    "for i in iptables-nft ip6tables-nft; do"
    "  $i -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT; done;"
    "iptables-nft -A INPUT -m set --match-set ndr_triage4 src -j DROP;"
    "ip6tables-nft -A INPUT -m set --match-set ndr_triage6 src -j DROP";

class RealIpset : public RealTool<Ipset> {
protected:
    RealIpset() : RealTool(IpsetSettings{}, std::chrono::days(20)) {
        typed("iptables-nft -F; ip6tables-nft -F; ipset destroy");
    }
};

TEST_F(RealIpset, is_equal_after_apply_but_blocks_nothing_until_a_rule_consults_it) {
    EXPECT_EQ(
        faults(),
        (Lines{"set ndr_triage4: missing, nothing is blocked", "block 2, 198.51.100.7/32: missing",
               "block 1, 203.0.113.0/24: missing", "set ndr_triage6: missing, nothing is blocked",
               "block 3, 2001:db8::/32: missing"}));
    apply();
    EXPECT_EQ(faults(), (Lines{"set ndr_triage4: no rule consults it, nothing is blocked",
                               "set ndr_triage6: no rule consults it, nothing is blocked"}));
    typed(rules);
    EXPECT_EQ(faults(), Lines{});
}

TEST_F(RealIpset, takes_the_plan_as_a_file) {
    typed("ipset -exist restore <<'END'\n" + tool_.plan(blocks_, system_now()) + "END\n");
    typed(rules);
    EXPECT_EQ(faults(), Lines{});
    EXPECT_EQ(typed("ipset list -name"), "ndr_triage4\nndr_triage6\n");
}

TEST_F(RealIpset, mends_whatever_was_done_by_hand) {
    apply();
    typed(rules);
    const Lines harms{
        "ipset flush ndr_triage4",
        "ipset del ndr_triage4 203.0.113.0/24",
        "ipset del ndr_triage4 203.0.113.0/24; ipset add ndr_triage4 203.0.113.0 timeout 2147483",
        "ipset add ndr_triage4 192.0.2.1",
        "ipset -exist add ndr_triage4 198.51.100.7 timeout 100",
        "ipset -exist add ndr_triage6 2001:db8::/32",
        "ipset add ndr_triage4 203.0.113.0/25 timeout 2147483",
    };
    for (const auto& harm : harms) {
        ASSERT_EQ(faults(), Lines{}) << "before " << harm;
        typed(harm);
        EXPECT_NE(faults(), Lines{}) << harm;
        apply();
        EXPECT_EQ(faults(), Lines{}) << harm;
    }
}

TEST_F(RealIpset, begins_anew_where_a_crash_left_a_set_beside) {
    typed(
        "ipset create ndr_triage4_new hash:net family inet maxelem 1048576 timeout 0;"
        "ipset add ndr_triage4_new 192.0.2.0/24");
    apply();
    typed(rules);
    EXPECT_EQ(faults(), Lines{});
}

TEST_F(RealIpset, takes_a_set_that_the_host_created_and_touches_no_other) {
    typed(
        "ipset create ndr_triage4 hash:net; ipset add ndr_triage4 192.0.2.0/24;"
        "ipset create mine hash:ip; ipset add mine 192.0.2.9");
    const auto before = typed("ipset list mine");
    apply();
    typed(rules);
    EXPECT_EQ(faults(), Lines{});
    EXPECT_EQ(typed("ipset list mine"), before);
}

TEST_F(RealIpset, arms_again_what_it_had_to_cut) {
    apply();
    typed(rules);
    const auto entry = [] { return typed("ipset list ndr_triage4 | grep 203.0.113.0/24"); };
    EXPECT_NE(entry().find(" timeout 21474"), std::string::npos) << entry();
    typed("ipset -exist add ndr_triage4 203.0.113.0/24 timeout 1080500");  // more than half is left
    apply();
    EXPECT_NE(entry().find(" timeout 1080"), std::string::npos) << entry();
    typed("ipset -exist add ndr_triage4 203.0.113.0/24 timeout 1070000");  // less
    EXPECT_NE(faults(), Lines{});
    apply();
    EXPECT_NE(entry().find(" timeout 21474"), std::string::npos) << entry();
}

TEST_F(RealIpset, reconciles_ten_thousand_blocks_in_under_five_seconds) {
    blocks_ = many_blocks(10'000);
    for (const std::string& harm :
         Lines{"true", "ipset del ndr_triage6 2001:db8:200::/48", "ipset flush"}) {
        typed(harm);
        EXPECT_LT(timed_apply("after " + harm), std::chrono::seconds(5)) << harm;
        EXPECT_EQ(faults().size(), 2U) << harm;  // no rule consults the sets
    }
}

TEST_F(RealIpset, packets_reach_us_before_not_during_and_again_after_the_block) {
    const TwoHosts hosts;
    const auto begin = std::chrono::steady_clock::now();
    blocks_ = {block(1, "203.0.113.0/24", Seconds(4)), block(2, "2001:db8:1::/48", Seconds(4))};
    apply();
    typed(rules);
    for (const char* source : {"203.0.113.5", "2001:db8:1::5"}) {
        EXPECT_FALSE(hosts.reaches_us(source, 8080)) << source;
        EXPECT_TRUE(hosts.talks_to_us(source, 25)) << source;
    }
    for (const char* source : {"203.0.113.5", "2001:db8:1::5"}) {
        while (!hosts.reaches_us(source, 8080))
            ASSERT_LT(std::chrono::steady_clock::now() - begin, Seconds(9)) << source;
    }
    EXPECT_GE(std::chrono::steady_clock::now() - begin, Seconds(3));
}

}  // namespace

}  // namespace ndr::support
