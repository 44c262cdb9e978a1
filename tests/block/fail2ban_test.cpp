// The real fail2ban with the jail and the action of examples/fail2ban, and the real nft.
#include "ndr_triage/action/block/fail2ban.hpp"

#include "bans.hpp"
#include "two_hosts.hpp"

namespace ndr::support {

namespace {

class RealFail2ban : public RealTool<Fail2ban> {
protected:
    RealFail2ban() : RealTool(Fail2banSettings{}) {}

    static void start() { Bans::start(); }
    static std::string bans() { return typed("fail2ban-client get ndr-triage banip"); }
    static std::string sorted_bans() {
        return typed("fail2ban-client get ndr-triage banip | tr ' ' '\\n' | sort");
    }
    static std::string elements(const std::string& set) {
        return typed("nft list set inet ndr_triage_fail2ban " + set +
                     " | tr -s ' \\t\\n' ' ' | sed -n 's/.*elements = { \\(.*\\) } } } $/\\1/p'");
    }

    Bans daemon_;
};

TEST_F(RealFail2ban, is_equal_after_apply_and_not_before) {
    start();
    EXPECT_EQ(lasting([this] {
                  auto found = faults();
                  return found.size() == 3 ? Lines{} : found;
              }),
              Lines{});
    EXPECT_EQ(faults(),
              (Lines{"block 2, 198.51.100.7/32: missing", "block 1, 203.0.113.0/24: missing",
                     "block 3, 2001:db8::/32: missing"}));
    apply();
    EXPECT_EQ(faults(), Lines{});
    EXPECT_EQ(elements("blocked4"), "198.51.100.7, 203.0.113.0/24");
    EXPECT_EQ(elements("blocked6"), "2001:db8::/32");
}

TEST_F(RealFail2ban, takes_the_plan_as_commands) {
    start();
    typed(tool_.plan(blocks_, system_now()));
    EXPECT_EQ(lasting_faults(), Lines{});
}

TEST_F(RealFail2ban, does_nothing_where_nothing_differs) {
    start();
    apply();
    const auto before =
        typed("fail2ban-client get ndr-triage banip --with-time; wc -l </run/site/log");
    apply();
    EXPECT_EQ(typed("fail2ban-client get ndr-triage banip --with-time; wc -l </run/site/log"),
              before);
}

TEST_F(RealFail2ban, mends_whatever_was_done_by_hand) {
    start();
    const std::string client = "fail2ban-client set ndr-triage ";
    const std::string nft = "nft 'delete element inet ndr_triage_fail2ban blocked4 ";
    const Lines harms{
        client + "unbanip 203.0.113.0/24",
        client + "banip 192.0.2.1",
        client + "banip nonsense",
        client + "unbanip 203.0.113.0/24; " + client + "banip 203.0.113.0/25",
        nft + "{ 203.0.113.0/24 }'",
        nft + "{ 203.0.113.0/24 }; add element inet ndr_triage_fail2ban blocked4 { 203.0.113.0 }'",
        "nft add element inet ndr_triage_fail2ban blocked4 '{ 192.0.2.1 }'",
        "nft insert rule inet ndr_triage_fail2ban input accept",
        "nft flush ruleset",
        "fail2ban-client unban --all",
    };
    apply();
    for (const auto& harm : harms) {
        ASSERT_EQ(lasting_faults(), Lines{}) << "before " << harm;
        typed(harm);
        EXPECT_NE(faults(), Lines{}) << harm;
        apply();
        EXPECT_EQ(lasting_faults(), Lines{}) << harm;
    }
}

TEST_F(RealFail2ban, keeps_its_bans_across_a_restart) {
    start();
    apply();
    const auto before = sorted_bans();
    typed("fail2ban-client restart");
    EXPECT_EQ(lasting_faults(), Lines{});
    EXPECT_EQ(sorted_bans(), before);
    blocks_.erase(blocks_.begin());
    apply();
    EXPECT_EQ(elements("blocked4"), "198.51.100.7");
}

TEST_F(RealFail2ban, an_inner_block_that_ends_later_and_one_that_goes_are_followed) {
    start();
    blocks_ = {block(1, "203.0.113.0/24", std::chrono::hours(1)),
               block(2, "203.0.113.64/26", month)};
    apply();
    EXPECT_EQ(faults(), Lines{});
    EXPECT_EQ(elements("blocked4"), "203.0.113.0/26, 203.0.113.64/26, 203.0.113.128/25");
    blocks_.erase(blocks_.begin());
    apply();
    EXPECT_EQ(faults(), Lines{});
    EXPECT_EQ(bans(), "203.0.113.64/26\n");
}

TEST_F(RealFail2ban, touches_no_other_jail) {
    start();
    typed("fail2ban-client set other banip 192.0.2.9");
    apply();
    blocks_.clear();
    apply();
    EXPECT_EQ(typed("fail2ban-client get other banip"), "192.0.2.9\n");
    EXPECT_EQ(bans(), "\n");
}

TEST_F(RealFail2ban, says_that_there_is_no_jail_or_that_its_time_is_short) {
    typed("rm /run/site/jail.d/ndr-triage-blocks.local");
    start();
    EXPECT_EQ(faults().front(),
              "jail ndr-triage: missing, nothing is blocked: examples/fail2ban/jail.d has one");
    EXPECT_THROW(apply(), BackEndError);
    typed("sed 's/^bantime.*/bantime = 1h/' " NDR_EXAMPLES
          "/fail2ban/jail.d/ndr-triage-blocks.local >/run/site/jail.d/ndr-triage.local; "
          "fail2ban-client reload");
    EXPECT_EQ(faults().front(),
              "jail ndr-triage: its bantime is 1h: set 'bantime = 400d' in its file");
    EXPECT_THROW(apply(), BackEndError);
}

TEST_F(RealFail2ban, says_that_the_effect_of_another_action_cannot_be_seen) {
    typed(
        "printf '[ndr-triage]\\naction = nftables-allports\\n' "
        ">/run/site/jail.d/z.local");
    start();
    apply();
    EXPECT_EQ(faults(),
              Lines{"jail ndr-triage: whether its action nftables-allports blocks prefixes cannot "
                    "be seen; ndr-triage-nftables is one that does"});
    // And fail2ban's own of this release does not.
    EXPECT_EQ(typed("nft list table inet f2b-table | grep -c 203.0.113.0/24 || true"), "0\n");
}

TEST_F(RealFail2ban, that_does_not_run_is_an_error) {
    try {
        apply();
        FAIL();
    } catch (const BackEndError& error) {
        EXPECT_NE(std::string(error.what()).find("Is fail2ban running?"), std::string::npos)
            << error.what();
    }
    start();
}

TEST_F(RealFail2ban, packets_reach_us_before_not_during_and_again_after_the_block) {
    const TwoHosts hosts;
    start();
    apply();
    blocks_ = {block(1, "203.0.113.0/24", month), block(2, "2001:db8:1::/48", month)};
    apply();
    for (const char* source : {"203.0.113.5", "2001:db8:1::5"}) {
        EXPECT_FALSE(hosts.reaches_us(source, 8080)) << source;
        EXPECT_TRUE(hosts.reaches_us(source, 25)) << source;
        EXPECT_TRUE(hosts.talks_to_us(source, 25)) << source;
    }
    EXPECT_TRUE(hosts.reaches_us("198.51.100.5", 8080));
    blocks_.clear();
    apply();
    for (const char* source : {"203.0.113.5", "2001:db8:1::5"})
        EXPECT_TRUE(hosts.reaches_us(source, 8080)) << source;
}

TEST_F(RealFail2ban, reconciles_a_thousand_blocks_in_under_a_minute) {
    start();
    blocks_ = many_blocks(1'000);
    EXPECT_LT(timed_apply("for a thousand"), std::chrono::seconds(60));
    EXPECT_EQ(faults(), Lines{});
}

}  // namespace

}  // namespace ndr::support
