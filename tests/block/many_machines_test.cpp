// One ledger host and two that it protects: the blocks of its `act` reach both through the real
// CrowdSec, and through the real rbldnsd.
#include "dns_list.hpp"
#include "enforced.hpp"
#include "local_api.hpp"

namespace ndr::support {

namespace {

// We are 192.0.2.1; host2 and host3 have networks of their own, and no way to us but the bridge.
constexpr const char* set_up = R"(set -eu
mkdir -p /run/netns
ip link add lan type bridge
ip addr add 192.0.2.1/24 dev lan
ip link set lan up
for n in 2 3; do
  ip netns add host$n
  ip link add port$n type veth peer name lan netns host$n
  ip link set port$n master lan up
  ip -n host$n addr add 192.0.2.$n/24 dev lan
  ip -n host$n link set lan up
done
)";

class ManyMachines : public testing::Test {
protected:
    ManyMachines() { typed(set_up); }
    ~ManyMachines() override {
        typed("for n in 2 3; do ip link del port$n; ip netns del host$n; done; ip link del lan");
    }
    void SetUp() override { skip_without_other_users(); }

    static std::string at(const std::string& host, const std::string& line) {
        return typed("ip netns exec " + host + " " + line);
    }
};

// A bouncer asks for what changed since it asked last. `what`: new or deleted.
std::string pulled(const std::string& host, const std::string& what) {
    return typed("ip netns exec " + host + " curl -sf -H 'X-Api-Key: key-of-" + host +
                 "' http://192.0.2.1:8080/v1/decisions/stream | jq -r '." + what +
                 " // [] | .[] | .type + \" \" + .scope + \" \" + .value' | sort");
}

TEST_F(ManyMachines, are_told_of_a_block_and_of_its_end_by_a_local_api) {
    const LocalApi api("192.0.2.1");
    typed("chown nobody /run/crowdsec/credentials.yaml /run/crowdsec/bouncer.key");
    for (const std::string host : {"host2", "host3"}) {
        api.cscli("bouncers add " + host + " -k key-of-" + host);
        EXPECT_EQ(pulled(host, "new"), "");
    }
    Enforced site(
        "back_ends = crowdsec\ncrowdsec.config = /run/crowdsec/client.yaml\n"
        "crowdsec.url = http://192.0.2.1:8080\n"
        "crowdsec.bouncer_key = /run/crowdsec/bouncer.key\ncrowdsec.lists_bouncers = no\n");
    site.act_first();
    EXPECT_EQ(site.differences(), Lines{});
    const std::string both = "ban Range 2001:db8:1::/48\nban Range 203.0.113.0/24\n";
    for (const char* host : {"host2", "host3"})
        EXPECT_EQ(pulled(host, "new"), both) << host;
    site.wait(std::chrono::days(30));
    site.act();
    for (const char* host : {"host2", "host3"})
        EXPECT_EQ(pulled(host, "deleted"), both) << host;
}

TEST_F(ManyMachines, ask_a_dns_list) {
    Enforced site("");
    const auto directory = site.site().make_directory("export");
    site.configure("back_ends = rbldnsd\nrbldnsd.zone = bl.example.org\nrbldnsd.ipv4_path = " +
                   directory + "/blocked4\nrbldnsd.ipv6_path = " + directory + "/blocked6\n");
    site.act_first();
    const DnsList list(directory, {"127.0.0.1", "192.0.2.1"});
    const auto differences = [&] { return site.differences(); };
    EXPECT_EQ(lasting(differences), Lines{});
    const auto ask = [](const std::string& host, const std::string& name) {
        return at(host, "dig +short @192.0.2.1 " + name + ".bl.example.org");
    };
    constexpr const char* ipv6 = "5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2";
    for (const char* host : {"host2", "host3"}) {
        EXPECT_EQ(ask(host, "5.113.0.203"), "127.0.0.2\n") << host;
        EXPECT_EQ(ask(host, ipv6), "127.0.0.2\n") << host;
        EXPECT_EQ(ask(host, "5.100.51.198"), "") << host;
    }
    site.wait(std::chrono::days(30));
    site.act();
    EXPECT_EQ(lasting([&] {
                  const auto answer = ask("host2", "5.113.0.203") + ask("host3", ipv6);
                  return answer.empty() ? Lines{} : Lines{answer};
              }),
              Lines{});
}

}  // namespace

}  // namespace ndr::support
