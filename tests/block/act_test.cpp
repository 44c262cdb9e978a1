// The ledger against real firewalls, by the real program as a timer starts it: what was forgotten
// or changed by hand is named and mended, and nothing else is touched.
#include "bans.hpp"
#include "dns_list.hpp"
#include "enforced.hpp"

namespace ndr::support {

namespace {

class Act : public testing::Test {
protected:
    void SetUp() override { skip_without_other_users(); }
};

class ActNftables : public Act {
protected:
    ActNftables() { typed("nft flush ruleset"); }

    static std::string others() { return typed("nft list table inet mine"); }
};

TEST_F(ActNftables, mends_what_was_done_by_hand_and_touches_nothing_else) {
    typed(
        "nft add table inet mine; nft add set inet mine blocked4 '{ type ipv4_addr; }'; "
        "nft add element inet mine blocked4 '{ 203.0.113.9 }'");
    const auto before = others();
    const Enforced site("back_ends = nftables\n");
    site.act_first();
    const std::string gone = "delete element inet ndr_triage blocked4 { 203.0.113.0/24 }";
    const std::string added = "add element inet ndr_triage blocked4 ";
    site.expect_mended("nft '" + gone + "'", {"nftables: 203.0.113.0/24: missing"});
    site.expect_mended("nft '" + gone + "; " + added + "{ 203.0.113.0/25 timeout 30d }'",
                       {"nftables: 203.0.113.0/24: narrowed to 203.0.113.0/25",
                        "nftables: 203.0.113.0/25: blocked without a block"});
    site.expect_mended("nft '" + added + "{ 198.51.100.7 timeout 1h }'",
                       {"nftables: 198.51.100.7/32: blocked without a block"});
    site.expect_mended("nft flush set inet ndr_triage blocked6",
                       {"nftables: 2001:db8:1::/48: missing"});
    site.expect_mended("nft delete table inet ndr_triage",
                       {"nftables: table: missing, nothing is blocked",
                        "nftables: 203.0.113.0/24: missing", "nftables: 2001:db8:1::/48: missing"});
    EXPECT_EQ(others(), before);
}

TEST_F(ActNftables, blocks_again_after_a_reboot_for_the_time_that_is_left) {
    Enforced site("back_ends = nftables\n");
    site.act_first();
    site.wait(std::chrono::days(29));
    typed("nft flush ruleset");  // a kernel that starts knows none
    site.act();
    EXPECT_EQ(site.differences(), Lines{});
    const auto left = std::stoi(typed(
        "nft -j list set inet ndr_triage blocked4 | sed 's/.*\"timeout\": \\([0-9]*\\).*/\\1/'"));
    EXPECT_LE(left, 86'400);
    EXPECT_GT(left, 86'300);
    site.wait(std::chrono::days(1));
    EXPECT_EQ(site.differences(), (Lines{"nftables: 203.0.113.0/24: blocked without a block",
                                         "nftables: 2001:db8:1::/48: blocked without a block"}));
    site.act();
    EXPECT_EQ(site.differences(), Lines{});
    EXPECT_EQ(typed("nft list table inet ndr_triage | grep -c elements || true"), "0\n");
}

TEST_F(ActNftables, waits_for_the_letters_of_another_unit) {
    const Enforced site("back_ends = nftables\n");
    EXPECT_FALSE(site.has_written_to("postmaster@example.net"));
    site.act_first();
    EXPECT_TRUE(site.has_written_to("postmaster@example.net"));
    EXPECT_TRUE(site.has_written_to("postmaster@example.com"));
    EXPECT_EQ(site.differences(), Lines{});
}

class ActIpset : public Act {
protected:
    ActIpset() {
        typed(
            "iptables-nft -F; ip6tables-nft -F; ipset destroy; "
            "ipset create mine hash:ip; ipset add mine 192.0.2.9");
    }
    // As a host's administrator sets them up, once.
    static void consult() {
        typed(
            "iptables-nft -A INPUT -m set --match-set ndr_triage4 src -j DROP; "
            "ip6tables-nft -A INPUT -m set --match-set ndr_triage6 src -j DROP");
    }
    static std::string others() { return typed("ipset list mine"); }
};

TEST_F(ActIpset, mends_what_was_done_by_hand_and_touches_nothing_else) {
    const auto before = others();
    const Enforced site("back_ends = ipset\n");
    site.act_first();
    EXPECT_EQ(site.differences(),
              (Lines{"ipset: set ndr_triage4: no rule consults it, nothing is blocked",
                     "ipset: set ndr_triage6: no rule consults it, nothing is blocked"}));
    consult();
    const std::string gone = "ipset del ndr_triage4 203.0.113.0/24";
    site.expect_mended(gone, {"ipset: 203.0.113.0/24: missing"});
    site.expect_mended(gone + "; ipset add ndr_triage4 203.0.113.0/25 timeout 2147483",
                       {"ipset: 203.0.113.0/24: narrowed to 203.0.113.0/25",
                        "ipset: 203.0.113.0/25: blocked without a block"});
    site.expect_mended("ipset add ndr_triage4 198.51.100.7",
                       {"ipset: 198.51.100.7/32: blocked without a block"});
    site.expect_mended("ipset flush",
                       {"ipset: 203.0.113.0/24: missing", "ipset: 2001:db8:1::/48: missing"});
    typed("ipset add mine 192.0.2.9");
    EXPECT_EQ(others(), before);
}

TEST_F(ActIpset, blocks_again_after_a_reboot) {
    const Enforced site("back_ends = ipset\n");
    site.act_first();
    typed("ipset destroy");
    EXPECT_EQ(site.differences(), (Lines{"ipset: set ndr_triage4: missing, nothing is blocked",
                                         "ipset: 203.0.113.0/24: missing",
                                         "ipset: set ndr_triage6: missing, nothing is blocked",
                                         "ipset: 2001:db8:1::/48: missing"}));
    site.act();
    consult();
    EXPECT_EQ(site.differences(), Lines{});
}

class ActFail2ban : public Act {};

TEST_F(ActFail2ban, mends_what_was_done_by_hand_and_touches_nothing_else) {
    const Bans bans;
    bans.start();
    typed("fail2ban-client set other banip 192.0.2.9");
    const Enforced site("back_ends = fail2ban\n",
                        {"ndr-triage-letters", "ndr-triage-blocks", "ndr-triage-fail2ban"});
    site.act_first();
    const std::string client = "fail2ban-client set ndr-triage ";
    site.expect_mended(client + "unbanip 203.0.113.0/24", {"fail2ban: 203.0.113.0/24: missing"});
    site.expect_mended(client + "banip 198.51.100.7",
                       {"fail2ban: 198.51.100.7/32: blocked without a block"});
    typed("fail2ban-client restart");
    EXPECT_EQ(lasting([&] { return site.differences(); }), Lines{});
    EXPECT_EQ(typed("fail2ban-client get other banip"), "192.0.2.9\n");
}

class ActFiles : public Act {
protected:
    static void name_in_main_cf(const std::string& map) {
        typed(
            "mkdir -p /run/postfix; cd /run/postfix; : >master.cf; "
            "printf '%s\\n' 'compatibility_level = 3.6' 'myhostname = mx.example.org' "
            "'mail_owner = mail' 'setgid_group = games' "
            "'smtpd_client_restrictions = check_client_access cidr:" +
            map + "' >main.cf; mount --bind /run/postfix /etc/postfix");
    }
};

TEST_F(ActFiles, are_mended_in_several_places_at_once) {
    Enforced site("");
    const auto directory = site.site().make_directory("export");
    const auto file = directory + "/blocked";
    site.configure(
        "back_ends = list, postfix, rbldnsd\nrbldnsd.zone = bl.example.org\nlist.path = " + file +
        "\npostfix.path = " + file + ".cidr\nrbldnsd.ipv4_path = " + file +
        "4\nrbldnsd.ipv6_path = " + file + "6\n");
    name_in_main_cf(file + ".cidr");
    site.act_first();
    const DnsList list(directory);
    const auto differences = [&] { return site.differences(); };
    EXPECT_EQ(lasting(differences), Lines{});
    site.expect_mended("rm " + file,
                       {"list: " + file + ": missing", "list: 203.0.113.0/24: missing",
                        "list: 2001:db8:1::/48: missing"});
    site.expect_mended("echo 198.51.100.0/24 >>" + file,
                       {"list: 198.51.100.0/24: blocked without a block"});
    site.expect_mended("sed -i /2001/d " + file + ".cidr",
                       {"postfix: 2001:db8:1::/48: missing",
                        "postfix: 2001:db8:1::/48: the map does not answer for 2001:db8:1::"});
    // When rbldnsd sees it is up to rbldnsd.
    typed("sed -i s,203.0.113.0/24,203.0.113.0/25, " + file + "4");
    EXPECT_EQ(differences().front(), "rbldnsd: 203.0.113.0/24: narrowed to 203.0.113.0/25");
    site.act();
    EXPECT_EQ(lasting(differences), Lines{});
    typed("umount /etc/postfix");
}

}  // namespace

}  // namespace ndr::support
