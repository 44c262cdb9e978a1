#include "ndr_triage/ledger/networks.hpp"

#include <gtest/gtest.h>

#include <random>

#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

Network network_of(const std::string& range, Authority authority = Authority::registry) {
    Network network;
    network.range = *AddressRange::parse(range);
    network.authority = authority;
    network.source = "test";
    network.dated = support::noon;
    return network;
}

class Networks : public testing::Test {
protected:
    std::string found(const std::string& address) {
        std::string text = "none";
        ledger_.read([&] {
            if (const auto row = find_network(ledger_, *Address::parse(address)))
                text = row->network.range.text();
        });
        return text;
    }
    void put(const Network& network) {
        ledger_.write([&] { put_network(ledger_, network); });
    }

    support::TemporaryDirectory directory_;
    Ledger ledger_{directory_.at("ledger.sqlite3"), Ledger::Access::write};
};

}  // namespace

TEST_F(Networks, are_found_by_the_most_specific_prefix) {
    for (const char* range : {"198.51.100.0/24", "198.51.100.64/26", "198.51.0.0/16",
                              "2001:db8::/32", "2001:db8:1::/48"})
        put(network_of(range));
    EXPECT_EQ(found("198.51.100.70"), "198.51.100.64/26");
    EXPECT_EQ(found("198.51.100.200"), "198.51.100.0/24");
    EXPECT_EQ(found("198.51.7.1"), "198.51.0.0/16");
    EXPECT_EQ(found("198.52.0.1"), "none");
    EXPECT_EQ(found("2001:db8:1::9"), "2001:db8:1::/48");
    EXPECT_EQ(found("2001:db8:2::9"), "2001:db8::/32");
}

TEST_F(Networks, that_are_no_prefix_are_found_by_each_of_their_prefixes) {
    put(network_of("203.0.113.5 - 203.0.113.130"));
    EXPECT_EQ(found("203.0.113.4"), "none");
    EXPECT_EQ(found("203.0.113.5"), "203.0.113.5 - 203.0.113.130");
    EXPECT_EQ(found("203.0.113.77"), "203.0.113.5 - 203.0.113.130");
    EXPECT_EQ(found("203.0.113.130"), "203.0.113.5 - 203.0.113.130");
    EXPECT_EQ(found("203.0.113.131"), "none");
}

TEST_F(Networks, agree_with_a_search_through_all_of_them) {
    std::minstd_rand random(7);
    std::vector<Prefix> prefixes;
    for (int i = 0; i < 300; ++i) {
        Address::Octets octets = Address::parse("10.0.0.0")->octets();
        for (std::size_t at = 13; at < 16; ++at)
            octets.at(at) = static_cast<std::uint8_t>(random());
        prefixes.emplace_back(Address(octets), 104 + static_cast<int>(random() % 25));
        put(network_of(prefixes.back().text()));
    }
    for (int i = 0; i < 300; ++i) {
        const Address near = prefixes[random() % prefixes.size()].start();
        Address::Octets octets = near.octets();
        octets.at(15) = static_cast<std::uint8_t>(random());
        const Address address(octets);
        std::string expected = "none";
        int longest = -1;
        for (const auto& prefix : prefixes) {
            if (!prefix.contains(address) || prefix.length() <= longest) continue;
            longest = prefix.length();
            expected = AddressRange::of(prefix).text();
        }
        EXPECT_EQ(found(address.text()), expected) << address.text();
    }
}

TEST_F(Networks, take_facts_of_better_authority_only) {
    Network guess = network_of("203.0.113.0/24", Authority::guess);
    Network fact = network_of("203.0.113.0/24", Authority::registry);
    fact.country = "NZ";
    Network later = network_of("203.0.113.0/24", Authority::imported);
    later.country = "AU";
    later.dated = support::noon + std::chrono::hours(1);
    put(guess);
    put(fact);
    put(guess);
    put(later);
    ledger_.read([&] {
        const auto rows = list_networks(ledger_);
        ASSERT_EQ(rows.size(), 1U);
        EXPECT_EQ(rows[0].network.country, "NZ");
        EXPECT_EQ(rows[0].network.authority, Authority::registry);
    });
}

}  // namespace ndr
