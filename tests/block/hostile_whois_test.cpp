// Whois answers of somebody who hates us: whatever range they claim, nothing of ours is blocked.
//
// The host of these tests is 203.0.113.2/25 behind the gateway 203.0.113.1, its MX is
// 198.51.100.25, and its administrators sit in 198.51.100.128/26. Two of them are logged in from
// elsewhere, 198.51.100.80 and 2001:db8:7::7.
#include <arpa/inet.h>
#include <utmpx.h>

#include <array>
#include <cstring>
#include <fstream>

#include "ndr_triage/network/address.hpp"
#include "support/complained.hpp"
#include "support/words.hpp"
#include "tools.hpp"

namespace ndr::support {

namespace {

const std::string harmless = ripe_answer("198.51.100.0 - 198.51.100.7", "abuse@example.net");

struct HostileAnswer {
    const char* attacker;
    const char* range;
};

struct Victim : Complained {
    Victim() : Complained(harmless) {
        site.configure(
            "enforce = block\nback_ends = list\nlist.path = " + site.make_directory("export") +
            "/blocked\nmail_hosts = 198.51.100.25\nallow_list = " +
            site.write("allow", "198.51.100.128/26 office\n") + "\n");
    }

    // The registry says so, the complaint bounces, and a person lets the first block pass.
    void believe(const HostileAnswer& answer) {
        const std::string whois = ripe_answer(answer.range, "security@example.net");
        site.run({"networks", "import", site.write("hostile.txt", whois)});
        site.run({"complain", "--ip", answer.attacker, "security@example.net"});
        if (!sender_to("security@example.net").empty())
            bounce("security@example.net", "5.1.1",
                   "smtp; 550 5.1.1 <security@example.net>: User unknown");
        site.run({"act", "--first"});
        site.run({"approve", "--all", "--yes"});
        site.run({"act", "--first"});
    }
    std::vector<AddressRange> blocked() const {
        std::vector<AddressRange> ranges;
        if (names_in(site.at("export")).empty()) return ranges;
        for (const auto& line : lines_of(octets_of(site.at("export/blocked")))) {
            if (const auto range = AddressRange::parse(line.substr(0, line.find(' '))))
                ranges.push_back(*range);
        }
        return ranges;
    }
};

// In the /run of these tests' own (utmp(5)).
constexpr const char* logins = "/run/utmp";

void log_in_from(const char* ipv4, const char* ipv6) {
    std::array<utmpx, 2> entries{};
    for (auto& entry : entries) {
        entry.ut_type = USER_PROCESS;
        std::strcpy(entry.ut_user, "jo");
    }
    inet_pton(AF_INET, ipv4, &entries[0].ut_addr_v6);
    inet_pton(AF_INET6, ipv6, &entries[1].ut_addr_v6);
    std::ofstream(logins).write(reinterpret_cast<const char*>(entries.data()), sizeof entries);
}

class ActHostileWhois : public testing::TestWithParam<HostileAnswer> {
protected:
    static void SetUpTestSuite() {
        typed(
            "ip link add ours type veth peer name theirs; ip addr add 203.0.113.2/25 dev ours; "
            "ip addr add 2001:db8::2/64 dev ours; ip link set ours up; ip link set theirs up; "
            "ip route replace default via 203.0.113.1 dev ours");
        log_in_from("198.51.100.80", "2001:db8:7::7");
    }
    static void TearDownTestSuite() { typed(std::string("ip link del ours; rm ") + logins); }
};

}  // namespace

TEST_P(ActHostileWhois, blocks_nothing_of_ours) {
    Victim victim;
    victim.believe(GetParam());
    for (const auto& range : victim.blocked()) {
        for (const char* ours :
             {"203.0.113.0/25", "198.51.100.25/32", "198.51.100.80/32", "2001:db8:7::7/128",
              "198.51.100.128/26", "127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",
              "169.254.0.0/16", "224.0.0.0/4", "100.64.0.0/10", "2001:db8::/64", "::1/128",
              "fe80::/10", "fc00::/7", "ff00::/8"})
            EXPECT_FALSE(range.overlaps(AddressRange::parse(ours).value()))
                << range.text() << " holds " << ours;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Answers, ActHostileWhois,
    testing::Values(HostileAnswer{"203.0.113.200", "0.0.0.0 - 255.255.255.255"},
                    HostileAnswer{"203.0.113.200", "203.0.0.0 - 203.255.255.255"},
                    HostileAnswer{"203.0.113.200", "203.0.113.0 - 203.0.113.255"},
                    HostileAnswer{"203.0.113.200", "203.0.113.1 - 203.0.113.200"},
                    HostileAnswer{"203.0.113.7", "203.0.113.0 - 203.0.113.127"},
                    HostileAnswer{"203.0.113.7", "203.0.113.7 - 203.0.113.7"},
                    HostileAnswer{"198.51.100.24", "198.51.100.24 - 198.51.100.31"},
                    HostileAnswer{"198.51.100.129", "198.51.100.128 - 198.51.100.135"},
                    HostileAnswer{"198.51.100.80", "198.51.100.80 - 198.51.100.80"},
                    HostileAnswer{"198.51.100.81", "198.51.100.80 - 198.51.100.87"},
                    HostileAnswer{"2001:db8:7::9", "2001:db8:7::/48"},
                    HostileAnswer{"198.51.100.200", "198.51.100.0 - 198.51.100.255"},
                    HostileAnswer{"203.0.113.200", "203.0.113.255 - 203.0.113.0"},
                    HostileAnswer{"203.0.113.200", "203.0.113.200 - 10.0.0.0"},
                    HostileAnswer{"203.0.113.200", "127.0.0.0 - 203.0.113.255"},
                    HostileAnswer{"192.168.1.1", "192.168.0.0 - 192.168.255.255"},
                    HostileAnswer{"127.0.0.1", "127.0.0.0 - 127.255.255.255"},
                    HostileAnswer{"2001:db8::77", "2001:db8::/32"},
                    HostileAnswer{"2001:db8::77", "::/0"},
                    HostileAnswer{"2001:db8::77", "fe80::/10"},
                    HostileAnswer{"203.0.113.200", "203.0.113.128/25, 127.0.0.0/8"}));

// The same path blocks what is nobody's: were it broken, the others would prove nothing.
TEST(ActHostileWhoisControl, blocks_what_is_not_ours) {
    Victim victim;
    victim.believe({"198.51.100.65", "198.51.100.64 - 198.51.100.71"});
    EXPECT_EQ(victim.blocked(),
              std::vector<AddressRange>{AddressRange::parse("198.51.100.64/29").value()});
}

TEST(ActHostileWhoisControl, blocks_from_where_nobody_is_logged_in_any_more) {
    for (const HostileAnswer& answer : {HostileAnswer{"198.51.100.81", "198.51.100.80/29"},
                                        HostileAnswer{"2001:db8:7::9", "2001:db8:7::/48"}}) {
        Victim victim;
        victim.believe(answer);
        EXPECT_EQ(victim.blocked(),
                  std::vector<AddressRange>{AddressRange::parse(answer.range).value()});
    }
}

}  // namespace ndr::support
