#include "ndr_triage/action/surroundings.hpp"
#include "ndr_triage/action/allow_list.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <utmpx.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "ndr_triage/base/failure.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

// Files of a host as the test wants it; what it does not write is not there.
class Host : public ::testing::Test {
protected:
    Host() {
        sources_.ipv4_routes = directory_.at("route");
        sources_.ipv6_routes = directory_.at("ipv6_route");
        sources_.resolvers = directory_.at("resolv.conf");
        sources_.logins = directory_.at("utmp");
    }

    // "PREFIX NAME", without the addresses of the host that runs the test.
    std::vector<std::string> surroundings() const {
        std::vector<std::string> lines;
        for (const auto& [prefix, name] : surroundings_of_host(sources_).prefixes) {
            if (!name.starts_with("the address of ")) lines.push_back(prefix.text() + " " + name);
        }
        return lines;
    }
    std::string allow_list_fault(const std::string& octets) {
        try {
            read_allow_list(directory_.write("allow", octets));
        } catch (const ConfigError& error) {
            return error.what();
        }
        return "";
    }

    support::TemporaryDirectory directory_;
    SurroundingsSources sources_;
};

using Lines = std::vector<std::string>;

TEST_F(Host, that_has_no_files_has_no_surroundings_but_its_addresses) {
    EXPECT_EQ(surroundings(), Lines{});
    const auto all = surroundings_of_host(sources_).prefixes;
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const ProtectedPrefix& ours) {
        return ours.prefix.contains(Address::parse("127.0.0.1").value());
    }));
}

// Whoever mends the firewall from afar would lock himself out.
TEST_F(Host, protects_from_where_people_are_logged_in) {
    std::array<utmpx, 4> entries{};
    for (auto& entry : entries) {
        entry.ut_type = USER_PROCESS;
        std::strcpy(entry.ut_user, "jo");
    }
    inet_pton(AF_INET, "198.51.100.7", &entries[0].ut_addr_v6);
    inet_pton(AF_INET6, "2001:db8::7", &entries[1].ut_addr_v6);
    inet_pton(AF_INET, "198.51.100.8", &entries[2].ut_addr_v6);
    entries[2].ut_type = DEAD_PROCESS;  // the last one sits at the console
    directory_.write(
        "utmp", std::string_view(reinterpret_cast<const char*>(entries.data()), sizeof entries));
    EXPECT_EQ(surroundings(), (Lines{"198.51.100.7/32 from where jo is logged in",
                                     "2001:db8::7/128 from where jo is logged in"}));
}

TEST_F(Host, protects_connected_routes_and_gateways_of_ipv4) {
    directory_.write("route",
                     "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\n"
                     "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
                     "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
                     "eth1\t006433C6\t00000000\t0001\t0\t0\t0\tF0FFFFFF\t0\t0\t0\n"
                     "eth1\t007100CB\tFE6433C6\t0003\t0\t0\t0\t00FFFFFF\t0\t0\t0\n");
    EXPECT_EQ(
        surroundings(),
        (Lines{"192.0.2.1/32 the gateway of eth0", "192.0.2.0/24 connected to eth0",
               "198.51.100.0/28 connected to eth1", "198.51.100.254/32 the gateway of eth1"}));
}

// A tunnel's default route has no gateway, or comes in two halves.
TEST_F(Host, takes_no_way_out_for_a_neighbourhood) {
    directory_.write("route",
                     "ppp0 00000000 00000000 0001 0 0 0 00000000 0 0 0\n"
                     "tun0 00000000 00000000 0001 0 0 0 00000080 0 0 0\n"
                     "tun0 00000080 00000000 0001 0 0 0 00000080 0 0 0\n"
                     "eth0 00000004 00000000 0001 0 0 0 000000FF 0 0 0\n"
                     "down 000200C0 00000000 0000 0 0 0 00FFFFFF 0 0 0\n"
                     "hole 000200C0 00000000 0201 0 0 0 00FFFFFF 0 0 0\n");
    EXPECT_EQ(surroundings(), Lines{"4.0.0.0/8 connected to eth0"});
}

TEST_F(Host, protects_connected_routes_and_gateways_of_ipv6) {
    const std::string none = "00000000000000000000000000000000";
    directory_.write(
        "ipv6_route",
        "20010db8000100000000000000000000 40 " + none + " 00 " + none +
            " 00000100 00000001 00000000 00000001     eth0\n" + none + " 00 " + none +
            " 00 20010db8000100000000000000000001 00000400 00000002 00000000 00000003     eth0\n" +
            none + " 00 " + none + " 00 " + none +
            " ffffffff 00000001 00000000 00200200       lo\n" + none + " 00 " + none + " 00 " +
            none + " 00000100 00000001 00000000 00000001     wg0\n");
    EXPECT_EQ(surroundings(), (Lines{"2001:db8:1::/64 connected to eth0",
                                     "2001:db8:1::1/128 the gateway of eth0"}));
}

TEST_F(Host, protects_its_resolvers) {
    directory_.write(
        "resolv.conf",
        "# by hand\nsearch example.org\nnameserver 192.0.2.53\n"
        "nameserver\tfe80::53%eth0\nnameserver nonsense\nnameserver\noptions rotate\n");
    EXPECT_EQ(surroundings(), (Lines{"192.0.2.53/32 a resolver", "fe80::53/128 a resolver"}));
}

TEST_F(Host, protects_mail_hosts_as_configured) {
    sources_.mail_hosts = {Address::parse("192.0.2.25").value(),
                           Address::parse("2001:db8::25").value()};
    EXPECT_EQ(surroundings(),
              (Lines{"192.0.2.25/32 a mail host of ours", "2001:db8::25/128 a mail host of ours"}));
}

TEST_F(Host, is_not_troubled_by_files_that_say_nonsense) {
    directory_.write("route", std::string("\0\0\n x y\neth0 GG 00 01 0 0 0 zz\n", 24) +
                                  std::string(100000, 'a'));
    directory_.write("ipv6_route", "zz 40\n" + std::string(32, '0') + " fff x x x x x x x x\n");
    directory_.write("resolv.conf", std::string(100000, '\n') + "nameserver 1.2.3.4.5");
    EXPECT_EQ(surroundings(), Lines{});
}

TEST_F(Host, reads_the_allow_list_with_its_comments) {
    sources_.allow_list = directory_.write("allow",
                                           "# ours\n\n198.51.100.0/24 the office\n"
                                           "  2001:db8::/32\t# the\x1b[31m other one\n192.0.2.9\n");
    EXPECT_EQ(surroundings(), (Lines{"198.51.100.0/24 allow-listed (the office)",
                                     "2001:db8::/32 allow-listed (the\\x1b[31m other one)",
                                     "192.0.2.9/32 allow-listed"}));
}

TEST_F(Host, names_file_and_line_of_a_faulty_allow_list) {
    for (const char* line : {"198.51.100.1/24", "198.51.100.0/33", "example.org", "198.51.100.0-9",
                             "198.51.100.0/24,", "/24"}) {
        const std::string fault = allow_list_fault(std::string("# one\n") + line + "\n");
        EXPECT_NE(fault.find(directory_.at("allow") + ":2: '"), std::string::npos) << line << fault;
    }
}

TEST_F(Host, refuses_an_allow_list_that_others_may_write) {
    const std::string path = directory_.write("allow", "198.51.100.0/24\n");
    ASSERT_EQ(chmod(path.c_str(), 0664), 0);
    EXPECT_THROW(read_allow_list(path), ConfigError);
    ASSERT_EQ(chmod(path.c_str(), 0646), 0);
    EXPECT_THROW(read_allow_list(path), ConfigError);
    ASSERT_EQ(chmod(path.c_str(), 0644), 0);
    EXPECT_EQ(read_allow_list(path).size(), 1U);
}

TEST_F(Host, without_the_allow_list_that_was_named_is_an_error) {
    sources_.allow_list = directory_.at("nowhere");
    EXPECT_THROW(surroundings_of_host(sources_), IoError);
}

// Every delivery asks; the bound is generous for a busy machine, it takes a tenth of it.
TEST(ThisHost, is_read_in_well_under_a_millisecond) {
    using Clock = std::chrono::steady_clock;
    auto best = Clock::duration::max();
    for (int i = 0; i < 50; ++i) {
        const auto began = Clock::now();
        const auto around = surroundings_of_host({});
        best = std::min(best, Clock::now() - began);
        ASSERT_FALSE(around.prefixes.empty());
    }
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(best).count();
    RecordProperty("microseconds", static_cast<int>(micros));
    EXPECT_LT(micros, 1000);
}

}  // namespace

}  // namespace ndr
