// The real nft against the kernel of this host, in a network namespace of its own.
#include "ndr_triage/action/block/nftables.hpp"

#include <chrono>

#include "tools.hpp"

namespace ndr::support {

namespace {

class RealNft : public RealTool<Nftables> {
protected:
    RealNft() : RealTool(NftablesSettings{}) { typed("nft flush ruleset"); }
};

TEST_F(RealNft, is_equal_after_apply_and_not_before) {
    EXPECT_EQ(faults(),
              (Lines{"table: missing, nothing is blocked", "block 2, 198.51.100.7/32: missing",
                     "block 1, 203.0.113.0/24: missing", "block 3, 2001:db8::/32: missing"}));
    apply();
    EXPECT_EQ(faults(), Lines{});
}

TEST_F(RealNft, takes_the_plan_as_a_file) {
    EXPECT_EQ(typed("nft -c -f - <<'END'\n" + tool_.plan(blocks_, system_now()) + "END\n"), "");
}

TEST_F(RealNft, does_nothing_where_nothing_differs) {
    apply();
    const auto before = typed("nft -a list table inet ndr_triage | sed 's/expires [^ ]*//g'");
    apply();
    EXPECT_EQ(typed("nft -a list table inet ndr_triage | sed 's/expires [^ ]*//g'"), before);
}

TEST_F(RealNft, keeps_an_inner_block_that_ends_later) {
    blocks_ = {block(1, "203.0.113.0/24", std::chrono::hours(1)),
               block(2, "203.0.113.64/26", month)};
    apply();
    EXPECT_EQ(faults(), Lines{});
    EXPECT_EQ(typed("nft list set inet ndr_triage blocked4 | grep -o '203[^ ]* timeout [^ ]*'"),
              "203.0.113.0/26 timeout 1h\n203.0.113.64/26 timeout 30d\n"
              "203.0.113.128/25 timeout 1h\n");
}

TEST_F(RealNft, mends_whatever_was_done_by_hand) {
    const std::string set = "inet ndr_triage blocked4";
    const std::string gone = "delete element " + set + " { 203.0.113.0/24 }; ";
    const Lines harms{
        gone,
        gone + "add element " + set + " { 203.0.113.0 timeout 30d }",
        gone + "add element " + set + " { 203.0.113.0/24 timeout 1d }",
        gone + "add element " + set + " { 203.0.113.0/24 }",
        "add element " + set + " { 192.0.2.1 }",
        "add element " + set + " { 192.0.2.1-192.0.2.6 }",
        "flush set " + set,
        "flush table inet ndr_triage",
        "flush ruleset",
        "add table inet ndr_triage { flags dormant; }",
        "insert rule inet ndr_triage input accept",
        "delete table inet ndr_triage; add table inet ndr_triage; "
        "add chain inet ndr_triage input",
    };
    for (const auto& harm : harms) {
        apply();
        ASSERT_EQ(faults(), Lines{}) << "before " << harm;
        typed("nft '" + harm + "'");
        EXPECT_NE(faults(), Lines{}) << harm;
        apply();
        EXPECT_EQ(faults(), Lines{}) << harm;
    }
}

TEST_F(RealNft, touches_nothing_that_it_did_not_make) {
    typed(
        "nft add table inet mine; nft add set inet mine blocked4 '{ type ipv4_addr; }'; "
        "nft add element inet mine blocked4 '{ 203.0.113.9 }'; nft add table ip ndr_triage");
    const auto before = typed("nft list table inet mine; nft list table ip ndr_triage");
    apply();
    blocks_.clear();
    apply();
    EXPECT_EQ(typed("nft list table inet mine; nft list table ip ndr_triage"), before);
    EXPECT_EQ(faults(), Lines{});
}

TEST_F(RealNft, an_end_that_moved_and_a_block_that_went_are_followed) {
    apply();
    blocks_[0].ends_at += std::chrono::days(10);
    blocks_.pop_back();
    EXPECT_EQ(faults().size(), 2U);
    apply();
    EXPECT_EQ(faults(), Lines{});
    EXPECT_EQ(typed("nft list set inet ndr_triage blocked6 | grep -c elements || true"), "0\n");
}

// 10,000 blocks in a table that is new, that has lost one of them, and that has lost them all. In
// a user namespace the kernel refuses them in one transaction.
TEST_F(RealNft, reconciles_ten_thousand_blocks_in_under_five_seconds) {
    blocks_ = many_blocks(10'000);
    const std::string lost = "nft delete element inet ndr_triage blocked6 '{ 2001:db8:200::/48 }'";
    for (const std::string& harm :
         Lines{"true", lost,
               lost + "; nft add element inet ndr_triage blocked6 "
                      "'{ 2001:db8:1ff::-2001:db8:200::5 }'",
               "nft flush set inet ndr_triage blocked6", "nft flush ruleset"}) {
        typed(harm);
        EXPECT_LT(timed_apply("after " + harm), std::chrono::seconds(5)) << harm;
        EXPECT_EQ(faults(), Lines{}) << harm;
    }
}

TEST_F(RealNft, moves_ends_among_ten_thousand_blocks) {
    blocks_ = many_blocks(10'000);
    apply();
    for (const std::size_t count : {100U, 1'000U}) {
        for (std::size_t i = 0; i < count; ++i)
            blocks_[200 + i].ends_at -= std::chrono::days(3);
        EXPECT_EQ(faults().size(), count);
        apply();
        EXPECT_EQ(faults(), Lines{});
    }
}

TEST_F(RealNft, says_what_nft_says_against_it) {
    const Nftables reserved{{"nft", "table", true}};
    try {
        reserved.apply(blocks_, system_now());
        FAIL();
    } catch (const BackEndError& error) {
        EXPECT_NE(std::string(error.what()).find("nftables: nft: "), std::string::npos)
            << error.what();
        EXPECT_NE(std::string(error.what()).find("Error"), std::string::npos) << error.what();
    }
}

}  // namespace

}  // namespace ndr::support
