#include "ndr_triage/action/lookup.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/action/checkup.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/network/fetched.hpp"
#include "support/registry.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

const Instant later = system_now() + std::chrono::hours(1);
const Address attacker = Address::parse("203.0.113.7").value();

class Lookup : public testing::Test {
protected:
    Looked look(const std::string& behaviour, const std::string& address = "203.0.113.7") {
        LookupSettings settings;
        settings.program = support::fetch_program();
        settings.bootstrap = registry_.bootstrap(behaviour);
        settings.whois = registry_.whois();
        return look_up(settings, Address::parse(address).value(), later);
    }

    support::Registry registry_;
};

std::string inetnum(const std::string& range, const std::string& name) {
    return "inetnum: " + range + "\nnetname: " + name + "\n";
}

}  // namespace

TEST_F(Lookup, gives_what_the_registry_says_and_who_it_was) {
    const Looked looked = look("good");
    ASSERT_TRUE(looked.network) << looked.fault;
    EXPECT_EQ(looked.network->range.text(), "203.0.113.0/24");
    EXPECT_EQ(looked.network->authority, Authority::registry);
    EXPECT_EQ(looked.network->source, "http://" + registry_.rdap() + "/good/ip/203.0.113.7");
    EXPECT_EQ(looked.network->registry, Rir::apnic);
    EXPECT_LE(looked.network->dated, later);
    EXPECT_EQ(complaint_contacts(*looked.network), std::vector<std::string>{"abuse@example.net"});
    EXPECT_EQ(registry_.questions().size(), 1U);  // whois was not needed
}

TEST_F(Lookup, asks_whois_where_rdap_has_no_contact_or_no_network) {
    const Looked narrowed = look("silent");
    ASSERT_TRUE(narrowed.network) << narrowed.fault;
    EXPECT_EQ(narrowed.network->range.text(), "203.0.113.0/25");
    EXPECT_EQ(narrowed.network->source, "whois://" + registry_.referred());
    const Looked instead = look("missing");
    ASSERT_TRUE(instead.network) << instead.fault;
    EXPECT_EQ(instead.network->name, "SMALL");
}

TEST_F(Lookup, lets_nobody_widen_the_range) {
    // The referred server says /16; the first one /23, without a contact.
    const Looked looked = look("missing", "203.0.113.8");
    ASSERT_TRUE(looked.network) << looked.fault;
    EXPECT_EQ(looked.network->range.text(), "203.0.112.0/23");
    // RDAP says /24 without a contact: neither /23 nor /16 take its place.
    EXPECT_EQ(look("silent", "203.0.113.8").network->range.text(), "203.0.113.0/24");
}

TEST_F(Lookup, says_why_there_is_nothing) {
    const Looked missing = look("missing", "203.0.113.12");
    EXPECT_FALSE(missing.network);
    EXPECT_FALSE(missing.try_again);
    EXPECT_NE(missing.fault.find("status 404: the registry has no such network; "),
              std::string::npos)
        << missing.fault;
    EXPECT_NE(missing.fault.find("the server says: ERROR:101: no entries found"), std::string::npos)
        << missing.fault;
    const Looked elsewhere = look("elsewhere", "203.0.113.12");
    EXPECT_FALSE(elsewhere.network);
    EXPECT_NE(elsewhere.fault.find("the network does not hold 203.0.113.12"), std::string::npos)
        << elsewhere.fault;
    const Looked busy = look("busy", "203.0.113.12");
    EXPECT_TRUE(busy.try_again);
    for (const char* behaviour : {"html", "huge", "loop"})
        EXPECT_FALSE(look(behaviour, "203.0.113.12").network) << behaviour;
}

TEST_F(Lookup, can_be_switched_off) {
    LookupSettings settings;
    settings.is_on = false;
    EXPECT_EQ(look_up(settings, attacker, later).fault, "look-ups are switched off (lookup = no)");
    settings.is_on = true;
    settings.program = "/nonexistent/ndr-triage-fetch";
    EXPECT_THROW(look_up(settings, attacker, later), IoError);
}

TEST(Checkup, finds_a_helper_that_is_not_there) {
    LookupSettings settings;
    settings.program = support::fetch_program();
    EXPECT_EQ(check_lookup(settings).health, Health::works);
    settings.program = "/nonexistent/ndr-triage-fetch";
    EXPECT_EQ(check_lookup(settings).health, Health::broken);
    settings.is_on = false;
    EXPECT_EQ(check_lookup(settings).health, Health::warning);
}

TEST(Answers, may_only_narrow_one_after_the_other) {
    const auto range_of = [](std::vector<std::string> objects) {
        std::vector<Fetched> answers;
        for (auto& object : objects)
            answers.push_back({"whois://whois.example.net", later, std::move(object)});
        const Looked looked = read_answers(fetched_text(answers), attacker);
        return looked.network ? looked.network->range.text() : looked.fault;
    };
    const auto wide = inetnum("203.0.112.0 - 203.0.115.255", "WIDE");
    const auto narrow = inetnum("203.0.113.0 - 203.0.113.127", "NARROW");
    const auto beside = inetnum("203.0.113.128 - 203.0.113.255", "BESIDE");
    EXPECT_EQ(range_of({wide, narrow}), "203.0.113.0/25");
    EXPECT_EQ(range_of({narrow, wide}), "203.0.113.0/25");
    EXPECT_EQ(range_of({wide, beside}), "203.0.112.0/22");
    for (const auto& answers : {std::vector{beside}, std::vector{beside, wide}})
        EXPECT_EQ(range_of(answers),
                  "whois://whois.example.net: the network does not hold 203.0.113.7");
    EXPECT_EQ(range_of({}), "no answer");
    const auto registry_by = [&](const std::string& source) {
        return read_answers(fetched_text({{source, later, narrow}}), attacker).network->registry;
    };
    EXPECT_EQ(registry_by("whois://whois.apnic.net:43"), Rir::apnic);
    EXPECT_EQ(registry_by("https://rdap.arin.net/registry/ip/203.0.113.7"), Rir::arin);
    EXPECT_EQ(registry_by("whois://whois.example.net"), std::nullopt);
    EXPECT_EQ(read_answers("rubbish", attacker).fault, "the helper's output cannot be read");
}

// ---- referrals, which the holder of a network chooses --------------------------

namespace {

const auto his_sixteen = inetnum("203.0.0.0 - 203.0.255.255", "EVIL") +
                         "source: RIPE\nabuse-c: E1\n\nrole: E\nnic-hdl: E1\n"
                         "abuse-mailbox: evil@attacker.example\n";
constexpr const char* his_server = "whois://whois.attacker.example";
constexpr const char* arin_server = "whois://whois.arin.net";

std::string net_range(const std::string& name, const std::string& holder) {
    return "NetRange: 203.0.113.0 - 203.0.113.255\nNetName: " + name + "\nOrganization: " + holder +
           "\n\nOrgAbuseHandle: X\nOrgAbuseEmail: abuse@example.net\n"
           "\nReferralServer: whois://whois.attacker.example\n";
}

Looked answered(const std::vector<std::pair<std::string, std::string>>& answers) {
    std::vector<Fetched> fetched;
    for (const auto& [source, octets] : answers)
        fetched.push_back({source, later, octets});
    return read_answers(fetched_text(fetched), attacker);
}

}  // namespace

TEST(Referral, of_a_holder_counts_nothing_where_no_registry_gave_the_network) {
    const std::string summary =
        "ISP INC NET-203-0-113-0-1 (NET-203-0-113-0-1) 203.0.113.0 - 203.0.113.255\n"
        "ReferralServer: whois://whois.attacker.example\n";
    const Looked looked = answered({{arin_server, summary}, {his_server, his_sixteen}});
    EXPECT_FALSE(looked.network);
    EXPECT_EQ(looked.fault, "whois://whois.arin.net: no network in it");
    // Nor does the registry that he refers to in turn speak for one that he chose.
    EXPECT_FALSE(answered({{arin_server, summary},
                           {his_server, "ReferralServer: whois://whois.ripe.net\n"},
                           {"whois://whois.ripe.net", his_sixteen}})
                     .network);
}

TEST(Referral, cannot_be_freed_of_its_bound_by_the_name_of_the_network) {
    for (const char* name : {"STUB-EVIL", "ERX-NETBLOCK", "IANA-BLK", "NON-RIPE-NCC-MANAGED"}) {
        const Looked looked = answered(
            {{arin_server, net_range(name, "Evil Inc (RIPE) (EVIL)")}, {his_server, his_sixteen}});
        ASSERT_TRUE(looked.network) << name << ": " << looked.fault;
        EXPECT_EQ(looked.network->range.text(), "203.0.113.0/24") << name;
        EXPECT_EQ(complaint_contacts(*looked.network),
                  std::vector<std::string>{"abuse@example.net"});
    }
}

TEST(Referral, of_a_holder_may_narrow_but_not_choose_the_registry) {
    const auto narrow = inetnum("203.0.113.0 - 203.0.113.127", "SMALL") + "source: RIPE\n";
    const Looked looked =
        answered({{arin_server, net_range("X", "X Inc (X)")}, {his_server, narrow}});
    ASSERT_TRUE(looked.network) << looked.fault;
    EXPECT_EQ(looked.network->range.text(), "203.0.113.0/25");
    EXPECT_EQ(looked.network->registry, Rir::arin);
}

TEST(Referral, of_a_registry_to_another_leads_to_an_authority) {
    const auto holder = "RIPE Network Coordination Centre (RIPE)";
    const auto network = inetnum("203.0.112.0 - 203.0.113.255", "THERE") + "source: RIPE\n";
    for (const char* server : {"whois://whois.ripe.net", "whois://WHOIS.RIPE.NET:43"}) {
        const Looked looked =
            answered({{arin_server, net_range("STUB-203", holder)}, {server, network}});
        ASSERT_TRUE(looked.network) << looked.fault;
        EXPECT_EQ(looked.network->range.text(), "203.0.112.0/23");
        EXPECT_EQ(looked.network->registry, Rir::ripe_ncc);
    }
    for (const char* server : {"whois://whois.ripe.net.attacker.example",
                               "whois://whois.ripe.net:4343", "https://whois.ripe.net"})
        EXPECT_FALSE(
            answered({{arin_server, net_range("STUB-203", holder)}, {server, network}}).network)
            << server;
}

TEST(Referral, of_iana_names_the_registry) {
    const auto network = inetnum("203.0.112.0 - 203.0.113.255", "THERE");
    const std::string refer = "refer: whois.example.net\n";
    EXPECT_TRUE(
        answered({{"whois://whois.iana.org", refer}, {"whois://whois.example.net", network}})
            .network);
    EXPECT_FALSE(answered({{arin_server, refer}, {"whois://whois.example.net", network}}).network);
}

}  // namespace ndr
