// The real cscli against the real local API of CrowdSec, and what a bouncer is told by it.
#include "ndr_triage/action/block/crowdsec.hpp"

#include "local_api.hpp"
#include "tools.hpp"

namespace ndr::support {

namespace {

CrowdsecSettings settings(const std::string& config) {
    CrowdsecSettings own;
    own.config = config;
    own.bouncer_key = "/run/crowdsec/bouncer.key";
    return own;
}

class RealCrowdsec : public RealTool<Crowdsec> {
protected:
    RealCrowdsec() : RealTool(settings("/run/crowdsec/local.yaml")) {}

    // As a bouncer of a firewall does: all that runs.
    static std::string pull() {
        return typed(
            "curl -sf -H 'X-Api-Key: firewall-key' "
            "'http://127.0.0.1:8080/v1/decisions/stream?startup=true'");
    }
    // VALUE SCOPE SCENARIO lines of what it is told.
    static std::string pulled() {
        return typed(
            "curl -sf -H 'X-Api-Key: firewall-key' "
            "'http://127.0.0.1:8080/v1/decisions/stream?startup=true' | "
            "jq -r '.new // [] | .[] | .value + \" \" + .scope + \" \" + .scenario' | sort");
    }

    LocalApi api_;
};

TEST_F(RealCrowdsec, is_equal_after_apply_and_not_before) {
    pull();
    EXPECT_EQ(faults(),
              (Lines{"block 2, 198.51.100.7/32: missing", "block 1, 203.0.113.0/24: missing",
                     "block 3, 2001:db8::/32: missing",
                     "block 2, 198.51.100.7/32: LAPI does not answer for 198.51.100.7",
                     "block 2, 198.51.100.7/32: LAPI does not answer for 198.51.100.7",
                     "block 1, 203.0.113.0/24: LAPI does not answer for 203.0.113.0",
                     "block 1, 203.0.113.0/24: LAPI does not answer for 203.0.113.255",
                     "block 3, 2001:db8::/32: LAPI does not answer for 2001:db8::",
                     "block 3, 2001:db8::/32: LAPI does not answer for "
                     "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"}));
    apply();
    EXPECT_EQ(faults(), Lines{});
    EXPECT_EQ(pulled(),
              "198.51.100.7/32 Range ndr-triage\n2001:db8::/32 Range ndr-triage\n"
              "203.0.113.0/24 Range ndr-triage\n");
}

TEST_F(RealCrowdsec, works_over_a_remote_api_where_only_bouncers_cannot_be_listed) {
    const Crowdsec remote(settings("/run/crowdsec/client.yaml"));
    remote.apply(blocks_, system_now());
    const auto found = remote.verify(blocks_, system_now());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].find("whether bouncers pull cannot be seen from here: "), 0U) << found[0];
    auto told = settings("/run/crowdsec/client.yaml");
    told.lists_bouncers = false;
    EXPECT_EQ(Crowdsec(told).verify(blocks_, system_now()), Lines{});
    blocks_.clear();
    remote.apply(blocks_, system_now());
    EXPECT_EQ(pulled(), "");
}

TEST_F(RealCrowdsec, takes_the_plan_as_a_file) {
    pull();
    typed("cat >/run/crowdsec/plan.json <<'END'\n" + tool_.plan(blocks_, system_now()) + "END\n");
    api_.cscli("decisions import --scope Range -i /run/crowdsec/plan.json");
    EXPECT_EQ(faults(), Lines{});
}

TEST_F(RealCrowdsec, does_nothing_where_nothing_differs) {
    apply();
    const auto before = api_.cscli("alerts list --all -l 0 -o json | jq .[].id");
    apply();
    EXPECT_EQ(api_.cscli("alerts list --all -l 0 -o json | jq .[].id"), before);
}

TEST_F(RealCrowdsec, mends_whatever_was_done_by_hand) {
    const std::string add = "decisions add --reason ndr-triage ";
    const Lines harms{
        "decisions delete --range 203.0.113.0/24",
        "decisions delete --range 203.0.113.0/24; cscli -c /run/crowdsec/config.yaml " + add +
            "--range 203.0.113.0/25 --duration 720h",
        "decisions delete --range 203.0.113.0/24; cscli -c /run/crowdsec/config.yaml " + add +
            "--range 203.0.113.0/24 --duration 24h",
        "decisions delete --range 203.0.113.0/24; cscli -c /run/crowdsec/config.yaml " + add +
            "--ip 203.0.113.0 --duration 720h",
        add + "--range 203.0.113.0/24 --duration 720h",
        add + "--range 192.0.2.0/24 --duration 24h",
        add + "--range 203.0.113.0/24 --duration 720h --type captcha",
        "decisions delete --all",
    };
    apply();
    pull();
    for (const auto& harm : harms) {
        ASSERT_EQ(faults(), Lines{}) << "before " << harm;
        api_.cscli(harm);
        EXPECT_NE(faults(), Lines{}) << harm;
        apply();
        EXPECT_EQ(faults(), Lines{}) << harm;
    }
}

TEST_F(RealCrowdsec, touches_nothing_that_it_did_not_make) {
    api_.cscli("decisions add --ip 192.0.2.9 --duration 24h --reason ours");
    api_.cscli("decisions add --range 203.0.113.0/24 --duration 24h --reason 'ndr-triage, too'");
    const auto before = pulled();
    apply();
    blocks_.clear();
    apply();
    EXPECT_EQ(pulled(), before);
    blocks_ = many_blocks(200);
    apply();
    blocks_.clear();
    apply();
    EXPECT_EQ(pulled(), before);
}

TEST_F(RealCrowdsec, an_end_that_moved_and_a_block_that_went_are_followed) {
    pull();
    apply();
    blocks_[0].ends_at += std::chrono::days(10);
    blocks_.pop_back();
    EXPECT_EQ(faults().size(), 2U);
    apply();
    EXPECT_EQ(faults(), Lines{});
}

TEST_F(RealCrowdsec, misses_a_bouncer_that_does_not_pull) {
    apply();
    EXPECT_EQ(faults(), Lines{});  // one that was made just now counts as one that pulls
    const auto found = tool_.verify({}, system_now() + std::chrono::minutes(11));
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found.back().find("bouncer firewall: last pulled "), 0U) << found.back();
    api_.cscli("bouncers delete firewall");
    EXPECT_EQ(faults(), Lines{"no bouncer is registered, nothing is blocked"});
}

TEST_F(RealCrowdsec, says_that_it_could_not_ask) {
    apply();
    pull();
    auto own = settings("/run/crowdsec/local.yaml");
    own.bouncer_key.clear();
    EXPECT_EQ(Crowdsec(own).verify(blocks_, system_now()),
              Lines{"LAPI was not asked whether it answers inside the ranges: set "
                    "crowdsec.bouncer_key"});
    typed("echo wrong >/run/crowdsec/bouncer.key");
    EXPECT_EQ(faults(), Lines{"LAPI says: {\"message\":\"access forbidden\"}"});
}

TEST_F(RealCrowdsec, that_does_not_answer_is_an_error) {
    typed("sed -i s/8080/8081/ /run/crowdsec/credentials.yaml");
    try {
        apply();
        FAIL();
    } catch (const BackEndError& error) {
        EXPECT_NE(std::string(error.what()).find("connection refused"), std::string::npos)
            << error.what();
    }
}

TEST_F(RealCrowdsec, reconciles_ten_thousand_blocks_in_under_ten_seconds) {
    blocks_ = many_blocks(10'000);
    for (const std::string& harm :
         Lines{"version", "decisions delete --range 2001:db8:200::/48", "decisions delete --all"}) {
        api_.cscli(harm);
        EXPECT_LT(timed_apply("after " + harm), std::chrono::seconds(10)) << harm;
        EXPECT_EQ(faults(), Lines{}) << harm;
    }
}

}  // namespace

}  // namespace ndr::support
