#include "../../../src/action/block/fail2ban_listing.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

TEST(Fail2banListing, reads_bans_of_addresses_prefixes_and_nonsense) {
    const auto bans = read_bans(
        "203.0.113.0/24 \t2026-11-23 22:13:01 + 34560000 = 2027-12-28 22:13:01\n"
        "198.51.100.7 \t2026-11-23 22:13:01 + 34560000 = 2027-12-28 22:13:01\n"
        "nonsense \t2026-11-23 22:13:01 + -1 = 9999-12-31 23:59:59\n\n");
    ASSERT_EQ(bans.size(), 3U);
    EXPECT_EQ(bans[0].text, "203.0.113.0/24");
    EXPECT_EQ(bans[0].range, AddressRange::parse("203.0.113.0/24"));
    // It may be the local time of Kiritimati, 14 hours ahead.
    EXPECT_EQ(bans[0].ends_at, parse_instant("2027-12-28T08:13:01Z"));
    EXPECT_EQ(bans[1].range, AddressRange::parse("198.51.100.7/32"));
    EXPECT_EQ(bans[2].range, std::nullopt);
    EXPECT_TRUE(read_bans("\n").empty());
}

TEST(Fail2banListing, reads_the_names_of_actions) {
    EXPECT_EQ(read_actions("The jail ndr-triage has the following actions:\nfirst, second\n"),
              (std::vector<std::string>{"first", "second"}));
    EXPECT_TRUE(read_actions("No actions for jail ndr-triage\n").empty());
}

TEST(Fail2banListing, knows_the_versions_that_unban_prefixes) {
    for (const char* version : {"0.11.2\n", "1.0.2", "0.12", "1.1.1.dev1", "0.11.2dev"})
        EXPECT_TRUE(unbans_prefixes(version)) << version;
    for (const char* version : {"0.11.1", "0.9.6", "0.11", "", "unknown"})
        EXPECT_FALSE(unbans_prefixes(version)) << version;
}

}  // namespace

}  // namespace ndr
