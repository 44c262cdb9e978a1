#include "ndr_triage/network/network.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'000'000'000);

Network guess(std::string_view address) {
    return guessed_network(Address::parse(address).value(), now);
}

TEST(GuessedNetwork, is_the_slash_24_of_an_ipv4_address) {
    EXPECT_EQ(guess("203.0.113.77").range.text(), "203.0.113.0/24");
    EXPECT_EQ(guess("1.2.3.255").range.text(), "1.2.3.0/24");
}

TEST(GuessedNetwork, is_the_slash_48_of_an_ipv6_address) {
    EXPECT_EQ(guess("2001:db8:1234:5678::9").range.text(), "2001:db8:1234::/48");
}

TEST(GuessedNetwork, has_the_registry_of_the_iana_table) {
    EXPECT_EQ(guess("1.2.3.4").registry, Rir::apnic);
    EXPECT_EQ(guess("2a00:1234::1").registry, Rir::ripe_ncc);
    EXPECT_EQ(guess("203.0.113.77").registry, std::nullopt);  // documentation
    EXPECT_EQ(guess("4000::1").registry, std::nullopt);       // never assigned
}

TEST(GuessedNetwork, says_that_it_is_a_guess_and_claims_nothing_else) {
    const auto network = guess("1.2.3.4");
    EXPECT_TRUE(network.is_guess());
    EXPECT_EQ(network.authority, Authority::guess);
    EXPECT_EQ(network.source, "IANA table");
    EXPECT_EQ(network.dated, now);
    EXPECT_EQ(network.country, "");
    EXPECT_EQ(network.name, "");
    EXPECT_EQ(network.telephone, "");
}

TEST(ToldContact, takes_the_place_of_published_ones_until_these_change) {
    Network network;
    set_contacts(network, {{ContactRole::abuse, "abuse@example.net", "", "", {}}});
    const Instant told{std::chrono::seconds(1795435200)};
    network.told_contact = ToldContact{"noc@example.com", "jo", told};
    using Words = std::vector<std::string>;
    EXPECT_EQ(complaint_contacts(network), Words{"noc@example.com"});
    EXPECT_EQ(published_contacts(network), Words{"abuse@example.net"});
    network.contacts_changed_at = told - std::chrono::hours(1);
    EXPECT_EQ(complaint_contacts(network), Words{"noc@example.com"});
    network.contacts_changed_at = told + std::chrono::hours(1);
    EXPECT_EQ(complaint_contacts(network), Words{"abuse@example.net"});
}

TEST(PublicSource, is_a_registry_and_never_a_file_of_ours) {
    Network network;
    network.source = "/root/whois/203.0.113.0.txt";
    network.authority = Authority::imported;
    EXPECT_EQ(public_source(network), "a copy of a registry's data");
    network.registry = Rir::ripe_ncc;
    EXPECT_EQ(public_source(network), "a copy of RIPE NCC's data");
    network.authority = Authority::delegated;
    EXPECT_EQ(public_source(network), "a copy of RIPE NCC's statistics");
    network.authority = Authority::registry;
    network.source = "https://rdap.example/ip/203.0.113.7";
    EXPECT_EQ(public_source(network), network.source);
    EXPECT_EQ(public_source(guess("1.2.3.4")), "IANA table");
}

TEST(Authority, has_one_word_both_ways) {
    EXPECT_EQ(text(Authority::registry), "registry");
    EXPECT_EQ(text(Authority::imported), "imported");
    EXPECT_EQ(text(Authority::delegated), "delegated");
    EXPECT_EQ(text(Authority::guess), "guess");
    for (const auto authority :
         {Authority::registry, Authority::imported, Authority::delegated, Authority::guess})
        EXPECT_EQ(authority_of(text(authority)), authority);
    EXPECT_EQ(authority_of("Guess"), std::nullopt);
}

TEST(Authority, better_ones_come_first) {
    EXPECT_LT(Authority::registry, Authority::imported);
    EXPECT_LT(Authority::imported, Authority::delegated);
    EXPECT_LT(Authority::delegated, Authority::guess);
}

}  // namespace

}  // namespace ndr
