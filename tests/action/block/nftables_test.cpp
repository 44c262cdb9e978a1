// The text for nft, and its listings; tests/block/nftables_test.cpp has the real one.
#include "ndr_triage/action/block/nftables.hpp"

#include <gtest/gtest.h>

#include "../../../src/action/block/nft_listing.hpp"

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'790'000'000);

ActiveBlock block(std::int64_t id, std::string_view prefix, int seconds) {
    return {id, Prefix::parse(prefix).value(), now + Seconds(seconds)};
}

TEST(NftablesPlan, replaces_the_table_in_one_transaction) {
    const Nftables nftables{{}};
    EXPECT_EQ(nftables.plan({block(2, "2001:db8::/32", 60), block(1, "203.0.113.0/24", 2'592'000),
                             block(3, "198.51.100.7/32", 5), block(4, "192.0.2.0/24", 0)},
                            now),
              R"(add table inet ndr_triage
delete table inet ndr_triage
table inet ndr_triage {
	set blocked4 {
		type ipv4_addr
		flags interval,timeout
	}
	set blocked6 {
		type ipv6_addr
		flags interval,timeout
	}
	chain input {
		type filter hook input priority -10; policy accept;
		ct state established,related accept
		tcp dport 25 accept
		ip saddr @blocked4 counter drop
		ip6 saddr @blocked6 counter drop
	}
}
add element inet ndr_triage blocked4 {
	198.51.100.7/32 timeout 5s comment "block 3",
	203.0.113.0/24 timeout 2592000s comment "block 1"
}
add element inet ndr_triage blocked6 {
	2001:db8::/32 timeout 60s comment "block 2"
}
)");
}

TEST(NftablesPlan, names_the_table_and_closes_port_25_as_configured) {
    const Nftables nftables{{"nft", "other", false}};
    const auto plan = nftables.plan({}, now);
    EXPECT_EQ(plan.find("add table inet other\ndelete table inet other\ntable inet other {"), 0U);
    EXPECT_EQ(plan.find("dport"), std::string::npos);
    EXPECT_EQ(plan.find("add element"), std::string::npos);
}

TEST(Nftables, refuses_a_name_that_would_be_more_than_a_name) {
    for (const char* name :
         {"", "a b", "a;flush", "9lives", "{", "a234567890123456789012345678901x"})
        EXPECT_THROW(Nftables({"nft", name, true}), ConfigError) << name;
}

TEST(Nftables, without_the_program_says_what_is_missing) {
    try {
        Nftables({"/nonexistent/nft", "ndr_triage", true}).verify({}, now);
        FAIL();
    } catch (const BackEndError& error) {
        EXPECT_STREQ(error.what(),
                     "nftables: /nonexistent/nft: cannot start: No such file or directory; is it "
                     "installed?");
    }
}

// ---- listings, as nft 1.0.6 writes them --------------------------------------------------------

const std::string table = R"({"table": {"family": "inet", "name": "ndr_triage", "handle": 1}})";
const std::string chain =
    R"({"chain": {"family": "inet", "table": "ndr_triage", "name": "input", "handle": 3,
        "type": "filter", "hook": "input", "prio": -10, "policy": "accept"}})";

std::string rule(const std::string& expression) {
    return R"({"rule": {"family": "inet", "table": "ndr_triage", "chain": "input", "handle": 4, "expr": [)" +
           expression + "]}}";
}

const std::string established = rule(
    R"({"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": ["established", "related"]}}, {"accept": null})");
const std::string smtp = rule(
    R"({"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 25}}, {"accept": null})");
const std::string drop4 = rule(
    R"({"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "saddr"}}, "right": "@blocked4"}}, {"counter": {"packets": 7, "bytes": 420}}, {"drop": null})");
const std::string drop6 = rule(
    R"({"match": {"op": "==", "left": {"payload": {"protocol": "ip6", "field": "saddr"}}, "right": "@blocked6"}}, {"counter": {"packets": 0, "bytes": 0}}, {"drop": null})");

std::string set(const std::string& name, const std::string& type, const std::string& rest = "",
                const std::string& flags = R"("interval", "timeout")") {
    return R"({"set": {"family": "inet", "table": "ndr_triage", "handle": 2, "name": ")" + name +
           R"(", "type": ")" + type + R"(", "flags": [)" + flags + "]" + rest + "}}";
}

const std::string set4 = set("blocked4", "ipv4_addr");
const std::string set6 = set("blocked6", "ipv6_addr");

NftListing read(const std::vector<std::string>& objects) {
    std::string json = R"({"nftables": [{"metainfo": {"version": "1.0.6"}})";
    for (const auto& object : objects)
        json += ", " + object;
    return read_nft_listing(json + "]}", true, now).value();
}

using Faults = std::vector<std::string>;

TEST(NftListing, finds_no_fault_in_our_own_frame) {
    const auto listing = read({table, set4, set6, chain, established, smtp, drop4, drop6});
    EXPECT_EQ(listing.faults, Faults{});
    EXPECT_TRUE(listing.present.empty());
}

TEST(NftListing, reads_every_form_of_an_element) {
    const auto listing = read(
        {table, set("blocked4", "ipv4_addr", R"(, "elem": [{"range": ["192.0.2.0", "192.0.2.6"]},
             {"prefix": {"addr": "192.0.2.128", "len": 25}}, "192.0.2.99",
             {"elem": {"val": "198.51.100.7", "timeout": 5, "expires": 4}},
             {"elem": {"val": {"prefix": {"addr": "203.0.113.0", "len": 24}}, "timeout": 2592000,
                       "expires": 2591999, "comment": "block 42"}}])"),
         set("blocked6", "ipv6_addr",
             R"(, "elem": [{"elem": {"val": "2001:db8::1", "comment": "mine"}}])"),
         chain, established, smtp, drop4, drop6});
    EXPECT_EQ(listing.faults, Faults{});
    std::vector<std::string> texts;
    for (const auto& present : listing.present)
        texts.push_back(
            present.range.text() +
            (present.ends_at ? " " + std::to_string((*present.ends_at - now).count()) : ""));
    EXPECT_EQ(texts, (Faults{"192.0.2.0 - 192.0.2.6", "192.0.2.128/25", "192.0.2.99/32",
                             "198.51.100.7/32 5", "203.0.113.0/24 2592000", "2001:db8::1/128"}));
}

TEST(NftListing, names_each_fault_of_the_frame) {
    EXPECT_EQ(read({}).faults, Faults{"table: missing, nothing is blocked"});
    EXPECT_EQ(read({R"({"table": {"family": "inet", "name": "ndr_triage", "flags": "inet"}})", set4,
                    set6, chain, established, smtp, drop4, drop6})
                  .faults,
              Faults{"table: dormant, nothing is blocked"});
    EXPECT_EQ(read({table, set4, set6, established, smtp, drop4, drop6}).faults,
              Faults{"chain input: missing, nothing is blocked"});
    EXPECT_EQ(read({table, set4, set6, R"({"chain": {"name": "input"}})", established, smtp, drop4,
                    drop6})
                  .faults,
              Faults{"chain input: not hooked on input, nothing is blocked"});
    EXPECT_EQ(read({table, set4, chain, smtp, drop4}).faults,
              (Faults{"chain input: no rule 'ct state established,related accept'",
                      "chain input: no rule 'ip6 saddr @blocked6 counter drop'",
                      "set blocked6: missing"}));
    EXPECT_EQ(read({table, set4, set6, chain, drop4, established, smtp, drop6}).faults,
              Faults{"chain input: rules that are not ours, or out of order"});
    EXPECT_EQ(read({table, set4, set6, chain, rule(R"({"accept": null})"), established, smtp, drop4,
                    drop6})
                  .faults,
              Faults{"chain input: rules that are not ours, or out of order"});
    EXPECT_EQ(read({table, set("blocked4", "ipv4_addr", R"(, "auto-merge": true)"),
                    set("blocked6", "ipv6_addr", "", R"("timeout")"), chain, established, smtp,
                    drop4, drop6})
                  .faults,
              (Faults{"set blocked4: not of our type and flags",
                      "set blocked6: not of our type and flags"}));
}

TEST(NftListing, an_element_that_it_cannot_read_is_a_fault) {
    EXPECT_EQ(read({table, set("blocked4", "ipv4_addr", R"(, "elem": [{"concat": ["a", "b"]}])"),
                    set6, chain, established, smtp, drop4, drop6})
                  .faults,
              Faults{R"(set blocked4: an element that cannot be read: {"concat":["a","b"]})"});
}

TEST(NftListing, no_listing_is_none) {
    for (const char* text : {"", "Error", "[]", "{}", R"({"nftables": 1})"})
        EXPECT_FALSE(read_nft_listing(text, true, now)) << text;
}

TEST(NftListing, finds_a_table_by_its_name) {
    EXPECT_TRUE(has_nft_table(R"({"nftables": [)" + table + "]}", "ndr_triage"));
    EXPECT_FALSE(has_nft_table(R"({"nftables": [)" + table + "]}", "ndr"));
    EXPECT_FALSE(has_nft_table(R"({"nftables": []})", "ndr_triage"));
}

}  // namespace

}  // namespace ndr
