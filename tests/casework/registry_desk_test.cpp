#include "ndr_triage/casework/registry_desk.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

namespace {

std::string fault_of(std::string_view table) {
    RegistryDesks desks = RegistryDesks::standard();
    try {
        desks.add(table, "site.conf");
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "none";
}

Network network(const char* country, const char* source) {
    Network result;
    result.registry = Rir::apnic;
    result.country = country;
    result.source = source;
    return result;
}

std::string holder(const Network& of) {
    const RegistryDesks desks = RegistryDesks::standard();
    const auto* desk = desks.holder_of(of);
    return desk == nullptr ? "none" : desk->id;
}

}  // namespace

TEST(RegistryDesks, of_the_program_know_every_regional_registry) {
    const RegistryDesks desks = RegistryDesks::standard();
    for (const Rir registry : {Rir::afrinic, Rir::apnic, Rir::arin, Rir::lacnic, Rir::ripe_ncc}) {
        ASSERT_NE(desks.find(text(registry)), nullptr) << text(registry);
        EXPECT_EQ(desks.find(text(registry))->name, display_name(registry));
    }
    for (const char* id : {"cnnic", "idnic", "irinn", "jpnic", "krnic", "twnic", "vnnic"}) {
        ASSERT_NE(desks.find(id), nullptr) << id;
        EXPECT_EQ(desks.find(id)->national_of, Rir::apnic) << id;
        EXPECT_FALSE(desks.find(id)->checked_at) << id;
        EXPECT_FALSE(desks.find(id)->fields.empty()) << id;
    }
    EXPECT_EQ(desks.find("apnic")->checked_at, parse_instant("2026-11-23"));
    EXPECT_EQ(desks.find("apnic")->fields.back().limit, 250U);
}

TEST(RegistryDesks, know_a_national_registry_by_the_server_that_answered) {
    EXPECT_EQ(holder(network("KR", "whois://whois.kisa.or.kr")), "krnic");
    EXPECT_EQ(holder(network("JP", "whois://whois.nic.ad.jp:43")), "jpnic");
    EXPECT_EQ(holder(network("", "https://rdap.idnic.net/ip/203.0.113.7")), "idnic");
    EXPECT_EQ(holder(network("KR", "https://rdap.apnic.net/ip/203.0.113.7")), "apnic");
    EXPECT_EQ(holder(network("KR", "/var/tmp/kisa.or.kr")), "apnic");
    EXPECT_EQ(holder(network("KR", "whois://notkisa.or.kr")), "apnic");
    Network unknown = network("KR", "whois://whois.kisa.or.kr");
    unknown.registry.reset();
    EXPECT_EQ(holder(unknown), "none");
    unknown.registry = Rir::ripe_ncc;
    EXPECT_EQ(holder(unknown), "ripe-ncc");
}

TEST(RegistryDesks, of_a_site_replace_records_and_add_others) {
    RegistryDesks desks = RegistryDesks::standard();
    const auto count = desks.all().size();
    desks.add(
        "# ours\nregistry afrinic\nname Africa\nurl https://form.example/\nchecked 2026-12-01\n"
        "field Text\nlimit 80\n| {network} {contact}\n\n"
        "registry nic.mx\nnational lacnic MX iar.mx\nmail desk@example.org\nas afrinic\n"
        "subject About {network}\n",
        "site.conf");
    EXPECT_EQ(desks.all().size(), count + 1);
    EXPECT_EQ(desks.find("afrinic")->name, "Africa");
    EXPECT_EQ(desks.find("afrinic")->mail, "");
    EXPECT_EQ(desks.find("nic.mx")->fields.at(0).limit, 80U);
    Network mexican;
    mexican.registry = Rir::lacnic;
    mexican.country = "MX";
    EXPECT_EQ(desks.holder_of(mexican)->id, "lacnic");
    EXPECT_EQ(desks.national_of_country(mexican)->id, "nic.mx");
    mexican.source = "whois://whois.iar.mx";
    EXPECT_EQ(desks.holder_of(mexican)->id, "nic.mx");
}

TEST(RegistryDesks, name_the_line_of_a_fault) {
    const std::string start = "registry arin\nurl https://form.example/\n";
    EXPECT_EQ(fault_of("name X\n"), "site.conf:1: 'registry ID' must come first");
    EXPECT_EQ(fault_of(start + "fax 1\n"), "site.conf:3: 'fax' is no keyword of a registry");
    EXPECT_EQ(fault_of(start + "mail two words\n"), "site.conf:3: mail: a mail address is wanted");
    EXPECT_EQ(fault_of(start + "url ftp://form.example/\n"),
              "site.conf:3: url: an http URL is wanted");
    EXPECT_EQ(fault_of(start + "checked soon\n"),
              "site.conf:3: checked: a date (2026-11-23) is wanted");
    EXPECT_EQ(fault_of(start + "limit 5\n"),
              "site.conf:3: limit: a count of characters, below a field, is wanted");
    EXPECT_EQ(fault_of(start + "field A\nlimit 0\n"),
              "site.conf:4: limit: a count of characters, below a field, is wanted");
    EXPECT_EQ(fault_of(start + "| text\n"), "site.conf:3: a line of text without a field above it");
    EXPECT_EQ(fault_of(start + "field A\n| {adress}\n"),
              "site.conf:4: '{adress}' is no name that a report has");
    EXPECT_EQ(fault_of(start + "as nobody\n"), "site.conf:3: as: no record 'nobody' stands before");
    EXPECT_EQ(fault_of(start + "national apnic\n"),
              "site.conf:3: national: RIR COUNTRY MARK... is wanted");
    EXPECT_EQ(fault_of(start + "name\n"), "site.conf:3: name: a value is wanted");
}

TEST(RegistryDesks, want_whole_records) {
    EXPECT_EQ(fault_of("\nregistry arin\nfield A\n| x\n"),
              "site.conf:2: registry arin: url or mail is missing");
    EXPECT_EQ(fault_of("registry arin\nurl https://form.example/\n"),
              "site.conf:1: registry arin: a field is missing");
    EXPECT_EQ(fault_of("registry arin\nmail desk@example.org\nfield A\n"),
              "site.conf:1: registry arin: the subject of the mail is missing");
    EXPECT_EQ(fault_of("registry mine\nurl https://form.example/\nfield A\n"),
              "site.conf:1: registry mine: national (it is none of the five) is missing");
}

}  // namespace ndr
