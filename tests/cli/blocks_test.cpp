// Blocks by hand, and what is never blocked, through the real program and a plain list.
#include <gtest/gtest.h>

#include "support/complained.hpp"
#include "support/ledger_file.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

struct BlocksByHand : testing::Test {
    BlocksByHand() {
        site.configure(
            "allow_documentation = yes\nlookup = no\nenforce = block\nback_ends = "
            "list\nlist.path = " +
            list + "\nallow_list = " + allow + "\n");
        site.write("allow", "# ours\n198.51.100.128/26 office\n");
    }
    std::string listed() const { return octets_of(list); }

    Site site;
    std::string list = site.make_directory("export") + "/blocked";
    std::string allow = site.at("allow");
};

}  // namespace

TEST_F(BlocksByHand, are_in_force_at_once_and_end_with_their_term) {
    EXPECT_TRUE(
        holds(site.output({"blocks", "add", "203.0.113.0/24", "--for", "12h", "--why", "a flood"}),
              "done: block 203.0.113.0/24 for 12h"));
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24  # block 1, until 2026-11-24T00:00:00Z"));
    const auto rows = site.listed({"blocks"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_TRUE(rows[0]["complaint"].is_null());
    EXPECT_EQ(rows[0]["reason"], "by hand: a flood");
    EXPECT_TRUE(holds(site.output({"status", "203.0.113.9"}), "a flood"));
    EXPECT_EQ(site.run_at("2026-11-24T00:00:00Z", {"act"}).status, 0);
    EXPECT_FALSE(holds(listed(), "203.0.113"));
}

TEST_F(BlocksByHand, are_removed_at_once_and_may_come_again) {
    site.output({"blocks", "add", "203.0.113.0/24"});
    EXPECT_EQ(site.output({"blocks", "remove", "203.0.113.0/24"}),
              "lifted: block 1 of 203.0.113.0/24\n");
    EXPECT_FALSE(holds(listed(), "203.0.113"));
    EXPECT_EQ(site.output({"blocks"}), "no block runs\n");
    site.output({"blocks", "add", "203.0.113.0/24"});
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24"));
}

TEST_F(BlocksByHand, take_addresses_prefixes_and_ranges_of_both_versions) {
    for (const char* network :
         {"203.0.113.7", "198.51.100.0/25", "203.0.113.64-203.0.113.95", "2001:db8::/32"})
        site.output({"blocks", "add", network});
    for (const char* part :
         {"\n203.0.113.7/32 ", "\n198.51.100.0/25 ", "\n203.0.113.64/27 ", "\n2001:db8::/32 "})
        EXPECT_TRUE(holds(listed(), part)) << part << listed();
}

TEST_F(BlocksByHand, refuse_what_hurts_their_owner_or_is_no_network) {
    expect_one_line_error(site.run({"blocks", "add", "198.51.100.0/24"}), 64,
                          {"office", "--around"});
    expect_one_line_error(site.run({"blocks", "add", "127.0.0.1"}), 64, {"127.0.0.1"});
    expect_one_line_error(site.run({"blocks", "add", "0.0.0.0/0"}), 64, {"0.0.0.0/0"});
    expect_one_line_error(site.run({"blocks", "add", "203.0.113.7/24"}), 64, {"203.0.113.7/24"});
    expect_one_line_error(site.run({"blocks", "add", "203.0.113.0/24", "--for", "soon"}), 64,
                          {"--for", "soon"});
    expect_one_line_error(site.run({"blocks", "remove", "203.0.113.0/24"}), 66,
                          {"203.0.113.0/24", "blocks"});
    EXPECT_EQ(site.output({"blocks"}), "no block runs\n");
    site.output({"blocks", "add", "198.51.100.0/24", "--around"});
    EXPECT_TRUE(holds(listed(), "198.51.100.0/25"));
    EXPECT_FALSE(holds(listed(), "198.51.100.0/24"));
}

TEST_F(BlocksByHand, of_what_is_wide_want_to_be_meant) {
    expect_one_line_error(site.run({"blocks", "add", "12.0.0.0/15"}), 64, {"12.0.0.0/15", "--yes"});
    site.output({"blocks", "add", "12.0.0.0/15", "--yes"});
    EXPECT_TRUE(holds(listed(), "12.0.0.0/15"));
}

TEST_F(BlocksByHand, name_the_block_that_covers_a_part) {
    site.output({"blocks", "add", "203.0.113.0/24"});
    expect_one_line_error(site.run({"blocks", "remove", "203.0.113.128/25"}), 66,
                          {"203.0.113.0/24", "allow add"});
}

TEST_F(BlocksByHand, are_exported_in_every_form_without_its_files) {
    site.output({"blocks", "add", "203.0.113.0/24"});
    site.configure("rbldnsd.zone = bl.example.org\n");
    EXPECT_TRUE(holds(site.output({"blocks", "export", "list"}), "\n203.0.113.0/24  # block 1"));
    EXPECT_TRUE(holds(site.output({"blocks", "export", "postfix"}), "\n203.0.113.0/24 REJECT "));
    EXPECT_TRUE(holds(site.output({"blocks", "export", "rbldnsd"}), "\n203.0.113.0/24"));
    EXPECT_TRUE(holds(site.output({"blocks", "export", "nftables"}), "203.0.113.0/24"));
    EXPECT_TRUE(holds(site.output({"blocks", "export", "ipset"}), "203.0.113.0/24"));
    expect_one_line_error(site.run({"blocks", "export", "iptables"}), 64, {"iptables", "nftables"});
}

TEST_F(BlocksByHand, are_all_lifted_at_once) {
    site.output({"blocks", "add", "203.0.113.0/24"});
    site.output({"blocks", "add", "198.51.100.0/25"});
    expect_one_line_error(site.run({"blocks", "lift-all"}), 64, {"--yes"});
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24"));
    const std::string said = site.output({"blocks", "lift-all", "--yes"});
    EXPECT_TRUE(holds(said, "lifted: block 2 of 198.51.100.0/25")) << said;
    EXPECT_FALSE(holds(listed(), "/2"));
    site.output({"act"});
    EXPECT_FALSE(holds(listed(), "/2"));
}

// Whoever is locked out must not have to mend a ledger first.
TEST_F(BlocksByHand, are_all_lifted_without_a_readable_ledger) {
    site.output({"blocks", "add", "203.0.113.0/24"});
    site.write("ledger.sqlite3", "no ledger at all, but long enough to be looked at as one");
    const Ran ran = site.run({"blocks", "lift-all", "--yes"});
    EXPECT_EQ(ran.status, 69) << ran;
    EXPECT_TRUE(holds(ran.err, "emptied all the same")) << ran;
    EXPECT_FALSE(holds(listed(), "203.0.113"));
}

// Two complaints about one network ask for one block; a person was faster.
TEST(BlocksByHandOfACase, make_its_own_superfluous) {
    Complained blocked(ripe_answer("203.0.113.0 - 203.0.113.255", "abuse@example.net"));
    blocked.site.configure("enforce = block\nback_ends = list\nlist.path = " +
                           blocked.site.make_directory("export") + "/blocked\n");
    blocked.bounce("abuse@example.net", "5.1.1", no_such_user);
    EXPECT_NE(blocked.follow_up("block"), "none");
    blocked.site.output({"blocks", "add", "203.0.113.0/24"});
    EXPECT_EQ(blocked.follow_up("block"), "none");
    EXPECT_FALSE(holds(blocked.site.output({"act", "--first"}), "done: block"));
    EXPECT_EQ(blocked.site.listed({"blocks"}).size(), 1U);
}

TEST_F(BlocksByHand, are_left_alone_by_a_run_for_one_back_end_that_is_not_in_use) {
    expect_one_line_error(site.run({"act", "--only", "nftables"}), 64, {"nftables", "list"});
    site.output({"blocks", "add", "203.0.113.0/24"});
    site.write("export/blocked", octets_of(list).substr(0, octets_of(list).find('\n') + 1));
    EXPECT_EQ(site.output({"act", "--only", "list"}), "");
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24"));
}

struct AllowList : BlocksByHand {};

TEST_F(AllowList, is_added_to_and_keeps_its_comments) {
    EXPECT_TRUE(holds(site.output({"allow", "add", "203.0.113.0/24", "--why", "a customer"}),
                      "is never blocked"));
    EXPECT_EQ(octets_of(allow), "# ours\n198.51.100.128/26 office\n203.0.113.0/24 a customer\n");
    EXPECT_TRUE(holds(site.output({"allow", "add", "203.0.113.0/24"}), "was there already"));
    EXPECT_TRUE(holds(site.output({"allow"}), "allow-listed (a customer)"));
    site.output({"allow", "remove", "198.51.100.128/26"});
    EXPECT_EQ(octets_of(allow), "# ours\n203.0.113.0/24 a customer\n");
    EXPECT_EQ(site.listed({"allow", "list"})[0]["prefix"], "203.0.113.0/24");
}

TEST_F(AllowList, opens_what_is_blocked_with_the_next_run) {
    site.output({"blocks", "add", "203.0.113.0/24"});
    site.output({"allow", "add", "203.0.113.7"});
    EXPECT_EQ(site.run({"act"}).status, 69);
    EXPECT_FALSE(holds(listed(), "203.0.113"));
}

TEST_F(AllowList, is_made_where_it_is_missing) {
    Site other;
    other.configure("lookup = no\nallow_list = " + other.at("new") + "\n");
    EXPECT_TRUE(holds(other.output({"allow"}), "nothing is allow-listed"));
    other.output({"allow", "add", "2001:db8::/32"});
    EXPECT_EQ(octets_of(other.at("new")), "2001:db8::/32\n");
}

TEST_F(AllowList, names_what_it_cannot_take) {
    expect_one_line_error(site.run({"allow", "add", "203.0.113.1/24"}), 64, {"203.0.113.1/24"});
    expect_one_line_error(site.run({"allow", "add", "203.0.113.0/24", "--why", "a\nb"}), 64,
                          {"--why"});
    expect_one_line_error(site.run({"allow", "remove", "203.0.113.0/24"}), 66,
                          {"203.0.113.0/24", "allow list"});
    Site other;
    other.configure("lookup = no\n");
    expect_one_line_error(other.run({"allow", "add", "203.0.113.0/24"}), 78, {"allow_list"});
}

}  // namespace ndr::support
