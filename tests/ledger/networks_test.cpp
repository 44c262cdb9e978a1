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

TEST_F(Networks, that_are_guesses_are_found_only_where_nothing_else_is) {
    put(network_of("198.51.100.0/24", Authority::guess));
    EXPECT_EQ(found("198.51.100.7"), "198.51.100.0/24");
    put(network_of("198.51.0.0/16", Authority::delegated));
    EXPECT_EQ(found("198.51.100.7"), "198.51.0.0/16");
    put(network_of("198.51.100.0/23", Authority::registry));
    EXPECT_EQ(found("198.51.100.7"), "198.51.100.0/23");
    put(network_of("203.0.113.0/24", Authority::guess));
    EXPECT_EQ(found("203.0.113.7"), "203.0.113.0/24");
}

TEST_F(Networks, with_a_prefix_in_common_are_found_by_the_smaller_one_in_either_order) {
    // Both have 203.0.113.0/26 in their covers.
    const auto smaller = network_of("203.0.113.0 - 203.0.113.95");
    const auto larger = network_of("203.0.112.128 - 203.0.113.63");
    put(smaller);
    put(larger);
    EXPECT_EQ(found("203.0.113.7"), smaller.range.text());
    const auto first = network_of("198.51.100.0 - 198.51.100.95");
    const auto second = network_of("198.51.99.128 - 198.51.100.63");
    put(second);
    put(first);
    EXPECT_EQ(found("198.51.100.7"), first.range.text());
    EXPECT_EQ(found("198.51.99.200"), second.range.text());
}

TEST_F(Networks, that_a_guess_had_the_prefix_of_get_it) {
    put(network_of("203.0.113.0/24", Authority::guess));
    put(network_of("203.0.113.0 - 203.0.115.255"));  // 203.0.113.0/24 and a /23
    EXPECT_EQ(found("203.0.113.7"), "203.0.113.0 - 203.0.115.255");
    // And keep it.
    put(network_of("203.0.113.0/24", Authority::guess));
    EXPECT_EQ(found("203.0.113.7"), "203.0.113.0 - 203.0.115.255");
}

TEST_F(Networks, keep_their_contacts_in_order) {
    Network network = network_of("203.0.113.0/24");
    set_contacts(network, {{ContactRole::technical, "noc@example.net", "+64 4 555 0100", "NOC", {}},
                           {ContactRole::abuse, "abuse@example.net", "", "Desk", support::noon}});
    put(network);
    ledger_.read([&] {
        const auto row = find_network(ledger_, *Address::parse("203.0.113.7"));
        ASSERT_TRUE(row);
        EXPECT_EQ(row->network.contacts, network.contacts);
        EXPECT_EQ(row->network.telephone, "+64 4 555 0100");
        EXPECT_EQ(row->network.contacts_changed_at, std::nullopt);
    });
}

TEST_F(Networks, keep_who_holds_them_and_where) {
    Network network = network_of("203.0.113.0/24");
    put(network);
    network.organisation = "Example Hosting";
    network.region = "VA";
    network.dated += std::chrono::hours(1);
    ledger_.write([&] { EXPECT_TRUE(put_network(ledger_, network).has_changed); });
    ledger_.read([&] {
        for (const auto& row : list_networks(ledger_)) {
            EXPECT_EQ(row.network.organisation, "Example Hosting");
            EXPECT_EQ(row.network.region, "VA");
        }
    });
}

TEST_F(Networks, remember_when_their_contacts_changed) {
    const auto changed_at = [&] {
        std::optional<Instant> at;
        ledger_.read([&] {
            at = find_network(ledger_, *Address::parse("203.0.113.7"))->network.contacts_changed_at;
        });
        return at;
    };
    const auto learn = [&](int day, const std::vector<NetworkContact>& contacts) {
        Network network = network_of("203.0.113.0/24");
        network.dated = support::noon + std::chrono::days(day);
        set_contacts(network, contacts);
        put(network);
    };
    const NetworkContact abuse{ContactRole::abuse, "abuse@example.net", "", "", {}};
    const NetworkContact other{ContactRole::abuse, "cert@example.net", "", "", {}};
    put(network_of("203.0.113.0/24", Authority::guess));
    learn(1, {abuse, other});
    EXPECT_EQ(changed_at(), std::nullopt);  // the first time
    learn(2, {other, abuse});
    EXPECT_EQ(changed_at(), std::nullopt);  // another order is no change
    learn(3, {other});
    EXPECT_EQ(changed_at(), support::noon + std::chrono::days(3));
    learn(4, {other});
    EXPECT_EQ(changed_at(), support::noon + std::chrono::days(3));
    learn(2, {abuse});  // an older fact is none
    EXPECT_EQ(changed_at(), support::noon + std::chrono::days(3));
}

TEST_F(Networks, say_whether_anything_new_is_known) {
    Network network = network_of("203.0.113.0/24");
    ledger_.write([&] {
        EXPECT_TRUE(put_network(ledger_, network).has_changed);
        EXPECT_FALSE(put_network(ledger_, network).has_changed);
        network.dated += std::chrono::hours(1);
        EXPECT_FALSE(put_network(ledger_, network).has_changed);  // the same, seen again
        network.dated += std::chrono::hours(1);
        network.country = "NZ";
        EXPECT_TRUE(put_network(ledger_, network).has_changed);
    });
}

TEST_F(Networks, that_the_registry_names_no_more_are_withdrawn) {
    put(network_of("203.0.113.0/26"));
    put(network_of("203.0.113.0/27", Authority::imported));
    put(network_of("203.0.113.64/26"));
    ledger_.write([&] {
        const auto range = *AddressRange::parse("203.0.113.0/24");
        withdraw_smaller(ledger_, *Address::parse("203.0.113.50"), range);
        put_network(ledger_, network_of("203.0.113.0/24"));
    });
    EXPECT_EQ(found("203.0.113.50"), "203.0.113.0/24");
    EXPECT_EQ(found("203.0.113.7"), "203.0.113.0/27");    // a person said so
    EXPECT_EQ(found("203.0.113.70"), "203.0.113.64/26");  // does not hold the address
    Network again = network_of("203.0.113.0/26");
    again.dated += std::chrono::hours(1);
    put(again);
    EXPECT_EQ(found("203.0.113.50"), "203.0.113.0/26");
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
