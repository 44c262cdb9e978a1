#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "ndr_triage/network/registry_answer.hpp"

namespace ndr {

namespace {

using Json = nlohmann::ordered_json;

Json network_object() {
    return Json::parse(R"({"objectClassName": "ip network", "handle": "203.0.113.0 - 203.0.113.255",
        "startAddress": "203.0.113.0", "endAddress": "203.0.113.255", "ipVersion": "v4",
        "name": "EXAMPLE-NET", "country": "NZ", "port43": "whois.apnic.net",
        "cidr0_cidrs": [{"v4prefix": "203.0.113.0", "length": 24}]})");
}

Json entity(const std::string& role, const Json& properties) {
    return {{"objectClassName", "entity"},
            {"roles", Json::array({role})},
            {"vcardArray", Json::array({"vcard", properties})}};
}

Json mail(const std::string& address, const Json& parameters = Json::object()) {
    return Json::array({"email", parameters, "text", address});
}

RegistryAnswer answer(const Json& object) {
    return read_rdap(object.dump());
}

std::string fault(const Json& object) {
    const auto read = answer(object);
    EXPECT_TRUE(read.networks.empty());
    return read.fault;
}

Network only(const RegistryAnswer& read) {
    EXPECT_EQ(read.fault, "");
    EXPECT_EQ(read.networks.size(), 1U);
    return read.networks.empty() ? Network{} : read.networks.front();
}

using Words = std::vector<std::string>;

}  // namespace

TEST(Rdap, tells_range_name_country_and_registry) {
    const Network network = only(answer(network_object()));
    EXPECT_EQ(network.range.text(), "203.0.113.0/24");
    EXPECT_EQ(network.name, "EXAMPLE-NET");
    EXPECT_EQ(network.handle, "203.0.113.0 - 203.0.113.255");
    EXPECT_EQ(network.country, "NZ");
    EXPECT_EQ(network.registry, Rir::apnic);
    EXPECT_TRUE(network.contacts.empty());
}

TEST(Rdap, has_no_country_at_arin_but_in_the_registrants_address) {
    Json object = network_object();
    object.erase("country");
    object["port43"] = "whois.arin.net";
    const Json label = {{"label", "1 Example Street\nSpringfield\nON\nK1A 0B1\nCanada\n"}};
    Json registrant =
        entity("registrant",
               Json::array({Json::array({"fn", Json::object(), "text", "Example Ltd"}),
                            Json::array({"adr", label, "text", {"", "", "", "", "", "", ""}})}));
    registrant["entities"] = Json::array({entity(
        "abuse",
        Json::array(
            {mail("Abuse@Example.NET"),
             Json::array({"tel", {{"type", {"work", "voice"}}}, "text", "+1-613-555-0100"})}))});
    object["entities"] = Json::array({registrant});
    const Network network = only(answer(object));
    EXPECT_EQ(network.country, "CA");
    EXPECT_EQ(network.registry, Rir::arin);
    EXPECT_EQ(complaint_contacts(network), Words{"abuse@example.net"});
    EXPECT_EQ(network.telephone, "+1-613-555-0100");
    EXPECT_EQ(network.organisation, "Example Ltd");
    EXPECT_EQ(network.region, "ON");
}

TEST(Rdap, puts_the_abuse_contact_that_is_nearest_to_the_network_first) {
    Json object = network_object();
    Json registrant = entity("registrant", Json::array({mail("owner@example.net")}));
    registrant["entities"] =
        Json::array({entity("abuse", Json::array({mail("abuse@parent.example")}))});
    object["entities"] =
        Json::array({registrant, entity("technical", Json::array({mail("noc@example.net")})),
                     entity("abuse", Json::array({mail("abuse@child.example")}))});
    EXPECT_EQ(complaint_contacts(only(answer(object))),
              (Words{"abuse@child.example", "abuse@parent.example"}));
}

TEST(Rdap, takes_the_preferred_address_of_an_incident_response_team) {
    Json object = network_object();
    Json irt = entity("abuse", Json::array({mail("helpdesk@example.net"),
                                            mail("abuse@example.net", {{"pref", "1"}})}));
    irt["remarks"] = Json::parse(
        R"([{"title": "remarks", "description":
            ["abuse@example.net was validated on 2026-03-14", "anything else"]}])");
    object["entities"] = Json::array({irt});
    const Network network = only(answer(object));
    EXPECT_EQ(complaint_contacts(network), Words{"abuse@example.net"});
    ASSERT_EQ(network.contacts.size(), 1U);
    EXPECT_EQ(network.contacts[0].validated_at, parse_instant("2026-03-14"));
}

TEST(Rdap, takes_the_address_that_ripe_marks_by_type) {
    Json object = network_object();
    object["entities"] = Json::array(
        {entity("abuse", Json::array({mail("role@example.net", {{"type", "email"}}),
                                      mail("abuse@example.net", {{"type", "abuse"}})}))});
    EXPECT_EQ(complaint_contacts(only(answer(object))), Words{"abuse@example.net"});
}

TEST(Rdap, reads_telephones_as_text_or_uri_and_leaves_out_faxes) {
    Json object = network_object();
    object["entities"] = Json::array({entity(
        "technical",
        Json::array({Json::array({"tel", {{"type", "fax"}}, "text", "+64 4 555 0199"}),
                     Json::array({"tel", {{"type", "voice"}}, "uri", "tel:+64-4-555-0100"})}))});
    EXPECT_EQ(only(answer(object)).telephone, "+64-4-555-0100");
}

TEST(Rdap, complains_to_technical_contacts_only_where_nobody_else_is) {
    Json object = network_object();
    object["entities"] =
        Json::array({entity("administrative", Json::array({mail("boss@example.net")})),
                     entity("technical", Json::array({mail("tech@example.net")})),
                     entity("noc", Json::array({mail("noc@example.net")}))});
    EXPECT_EQ(complaint_contacts(only(answer(object))),
              (Words{"tech@example.net", "noc@example.net"}));
}

TEST(Rdap, never_has_registries_or_placeholders_for_contacts) {
    Json object = network_object();
    object["entities"] = Json::array(
        {entity("abuse", Json::array({mail("removed@lacnic.net"), mail("ipas@cnnic.cn"),
                                      mail("REDACTED@example.net"), mail("abuse@[192.0.2.1]")}))});
    EXPECT_TRUE(complaint_contacts(only(answer(object))).empty());
}

TEST(Rdap, takes_the_prefixes_where_start_and_end_are_missing) {
    Json object = network_object();
    object.erase("startAddress");
    object.erase("endAddress");
    object["cidr0_cidrs"] = Json::parse(
        R"([{"v4prefix": "203.0.113.0", "length": 25}, {"v4prefix": "203.0.113.128", "length": 26}])");
    EXPECT_EQ(only(answer(object)).range.text(), "203.0.113.0 - 203.0.113.191");
    object["cidr0_cidrs"][1]["v4prefix"] = "203.0.113.192";
    EXPECT_EQ(fault(object), "cidr0_cidrs is no single range of addresses");
}

TEST(Rdap, reads_ipv6) {
    Json object = network_object();
    object["startAddress"] = "2001:db8::";
    object["endAddress"] = "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff";
    object["cidr0_cidrs"] = Json::parse(R"([{"v6prefix": "2001:db8::", "length": 32}])");
    EXPECT_EQ(only(answer(object)).range.text(), "2001:db8::/32");
}

TEST(Rdap, names_what_is_wrong_with_a_range) {
    Json object = network_object();
    object["endAddress"] = "203.0.112.255";
    EXPECT_EQ(fault(object), "'203.0.113.0 - 203.0.112.255' is no range of addresses");
    object["endAddress"] = "2001:db8::1";
    EXPECT_EQ(fault(object), "'203.0.113.0 - 2001:db8::1' is no range of addresses");
    object = network_object();
    object["cidr0_cidrs"][0]["length"] = 25;
    EXPECT_EQ(fault(object), "cidr0_cidrs and 203.0.113.0/24 differ");
    object.erase("cidr0_cidrs");
    object["startAddress"] = "0.0.0.0";
    object["endAddress"] = "255.255.255.255";
    EXPECT_EQ(fault(object), "0.0.0.0/0 is wider than any registered network");
    object.erase("startAddress");
    object.erase("endAddress");
    EXPECT_EQ(fault(object), "neither startAddress and endAddress nor cidr0_cidrs");
}

TEST(Rdap, tells_errors_and_other_things_from_networks) {
    EXPECT_EQ(read_rdap("<html><body>Too many requests</body></html>").fault,
              "HTML instead of RDAP");
    EXPECT_EQ(read_rdap("{\"objectClassName\": \"ip net").fault, "broken JSON");
    EXPECT_EQ(read_rdap("").fault, "broken JSON");
    EXPECT_EQ(read_rdap("[]").fault, "no network in it");
    EXPECT_EQ(read_rdap("7").fault, "JSON, but no RDAP object");
    EXPECT_EQ(read_rdap(R"({"errorCode": 404, "title": "Not Found\n"})").fault,
              "the registry answers 404: Not Found\\n");
    EXPECT_EQ(read_rdap(R"({"objectClassName": "domain"})").fault,
              "an RDAP object of class 'domain', no network");
    Json object = network_object();
    object["name"] = "NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK";
    EXPECT_EQ(fault(object),
              "203.0.113.0/24 (NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK) says only that "
              "the network is registered elsewhere");
    Json maintainer = entity("registrant", Json::array());
    maintainer["handle"] = "RIPE-NCC-HM-MNT";
    object["entities"] = Json::array({maintainer});
    EXPECT_TRUE(answer(object).networks.empty());
    object["entities"][0]["handle"] = "EVIL-MNT";  // a name that he chose
    EXPECT_EQ(only(answer(object)).name, "NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK");
}

TEST(Rdap, is_bounded) {
    EXPECT_EQ(read_rdap(std::string(10 * 1024 * 1024, ' ')).fault,
              "10485760 octets are no registry's answer");
    EXPECT_EQ(read_rdap(std::string(10'000, '[') + std::string(10'000, ']')).fault,
              "JSON nested deeper than 32");
    Json object = network_object();
    object["entities"] = Json::array();
    for (int i = 0; i < 1000; ++i)
        object["entities"].push_back(
            entity("abuse", Json::array({mail("a" + std::to_string(i) + "@example.net")})));
    EXPECT_EQ(only(answer(object)).contacts.size(), 50U);
}

TEST(Rdap, survives_every_wrong_type) {
    const Json wrong[] = {nullptr,
                          true,
                          7,
                          -1.5,
                          "text",
                          Json::array(),
                          Json::object(),
                          Json::array({nullptr, 7, "x", Json::array(), Json::object()})};
    Json whole = network_object();
    whole["entities"] = Json::array({entity("abuse", Json::array({mail("abuse@example.net")}))});
    for (const auto& value : wrong) {
        for (const auto& [key, ignored] : whole.items()) {
            Json object = whole;
            object[key] = value;
            answer(object);
        }
        for (const char* key : {"roles", "vcardArray", "entities", "remarks"}) {
            Json object = whole;
            object["entities"][0][key] = value;
            EXPECT_EQ(only(answer(object)).range.text(), "203.0.113.0/24");
        }
    }
}

}  // namespace ndr
