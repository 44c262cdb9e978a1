// What the network, the history and the addresses forbid, whatever the replies allow.
#include <gtest/gtest.h>

#include "cases.hpp"

namespace ndr {

namespace {

using namespace cases;

// A network of that range whose one contact is certainly unknown.
CaseFile dead_network(std::string_view range) {
    CaseFile file = case_of({"abuse@example.net"});
    file.network.range = AddressRange::parse(range).value();
    file.replies = {reply(file, 0, Outcome::recipient_unknown, signed_born_here)};
    return file;
}

Lines decided(const Policy& rules, const CaseFile& file) {
    return follow_ups(decide(rules, file, after(hours(2))));
}

TEST(Limits, a_network_known_only_by_guess_is_proposed) {
    CaseFile file = dead_network("198.51.100.0/24");
    file.network.authority = Authority::guess;
    EXPECT_EQ(decided(policy(), file),
              (Lines{"proposed report abuse@example.net", "due notice example.net",
                     "proposed block 198.51.100.0/24"}));
    for (const auto authority : {Authority::registry, Authority::imported, Authority::delegated}) {
        file.network.authority = authority;
        EXPECT_EQ(decided(policy(), file).back(), "due block 198.51.100.0/24");
    }
}

TEST(Limits, special_use_space_is_refused_with_the_reason) {
    for (const char* range :
         {"10.0.0.0/24", "127.0.0.0/8", "169.254.7.0/24", "172.16.0.0/16", "192.168.1.0/24",
          "100.64.0.0/24", "224.0.0.0/24", "240.0.0.0/16", "198.51.100.0/24", "203.0.113.0/25",
          "2001:db8::/32", "fe80::/64", "fc00::/48", "ff00::/16"}) {
        const auto decision = decide(Policy::standard(), dead_network(range), after(hours(2)));
        const FollowUp& block = decision.follow_ups.back();
        EXPECT_EQ(text(kind_of(block.deed)), "block") << range;
        EXPECT_EQ(text(block.state), "refused") << range;
        EXPECT_NE(block.reason.find("refused: "), std::string::npos) << block.reason;
    }
}

TEST(Limits, a_range_that_holds_special_use_space_is_refused_too) {
    for (const char* range : {"192.0.0.0/16", "203.0.112.0 - 203.0.113.0", "9.0.0.0 - 11.0.0.0",
                              "0.0.0.0 - 255.255.255.255", "2001::/16"})
        EXPECT_EQ(decide(Policy::standard(), dead_network(range), after(hours(2)))
                      .follow_ups.back()
                      .state,
                  FollowUpState::refused)
            << range;
}

TEST(Limits, a_refused_block_does_not_stop_the_letters) {
    EXPECT_EQ(decided(Policy::standard(), dead_network("198.51.100.0/24")),
              (Lines{"due report abuse@example.net", "due notice example.net",
                     "refused block 198.51.100.0/24"}));
}

TEST(Limits, documentation_space_can_be_allowed_and_nothing_else) {
    EXPECT_EQ(decided(policy(), dead_network("203.0.113.0/24")).back(), "due block 203.0.113.0/24");
    EXPECT_EQ(decided(policy(), dead_network("2001:db8::/32")).back(), "due block 2001:db8::/32");
    EXPECT_EQ(decided(policy(), dead_network("10.0.0.0/24")).back(), "refused block 10.0.0.0/24");
    EXPECT_EQ(decided(policy(), dead_network("192.0.0.0/16")).back(), "refused block 192.0.0.0/16");
}

TEST(Limits, documentation_space_is_not_allowed_by_itself) {
    EXPECT_FALSE(Policy::standard().allow_documentation);
}

// At most one report for each network and contact, one notice for each domain, in 90 days.
TEST(Repeats, a_contact_that_was_reported_is_not_reported_again) {
    CaseFile file = dead_network("198.51.100.0/24");
    file.history.follow_ups = {done(RegistryReport{Rir::apnic, "abuse@example.net"}, sent)};
    EXPECT_EQ(decided(policy(), file),
              (Lines{"due notice example.net", "due block 198.51.100.0/24"}));
    file.history.follow_ups = {done(RegistryReport{Rir::apnic, "noc@example.net"}, sent)};
    EXPECT_EQ(decided(policy(), file).front(), "due report abuse@example.net");
}

TEST(Repeats, a_domain_that_had_its_notice_gets_no_other) {
    CaseFile file = dead_network("198.51.100.0/24");
    file.history.follow_ups = {done(PostmasterNotice{"example.net"}, sent)};
    EXPECT_EQ(decided(policy(), file),
              (Lines{"due report abuse@example.net", "due block 198.51.100.0/24"}));
    file.history.follow_ups = {done(PostmasterNotice{"example.com"}, sent)};
    EXPECT_EQ(decided(policy(), file).at(1), "due notice example.net");
}

TEST(Repeats, two_contacts_of_a_domain_make_one_notice) {
    CaseFile file = case_of({"abuse@example.net", "noc@example.net"});
    file.replies = {reply(file, 0, Outcome::recipient_unknown, matched_from_outside),
                    reply(file, 1, Outcome::recipient_unknown, signed_born_here)};
    EXPECT_EQ(decided(policy(), file),
              (Lines{"held report abuse@example.net", "due notice example.net",
                     "due report noc@example.net", "held block 198.51.100.0/24"}));
}

TEST(Repeats, a_reply_that_came_twice_changes_nothing) {
    CaseFile file = dead_network("198.51.100.0/24");
    const auto once = whole_text(decide(policy(), file, after(hours(2))));
    file.replies.push_back(file.replies.front());
    EXPECT_EQ(whole_text(decide(policy(), file, after(hours(2)))), once);
}

}  // namespace

}  // namespace ndr
