#include <gtest/gtest.h>

#include "ndr_triage/network/registry_answer.hpp"

namespace ndr {

namespace {

using Words = std::vector<std::string>;

Network only(const RegistryAnswer& read) {
    EXPECT_EQ(read.fault, "");
    EXPECT_EQ(read.networks.size(), 1U);
    return read.networks.empty() ? Network{} : read.networks.front();
}

Network found(std::string_view text, const char* address) {
    return most_specific(read_whois(text).networks, Address::parse(address).value())
        .value_or(Network{});
}

constexpr std::string_view ripe =
    R"(% This is the RIPE Database query service.
% Note: this output has been filtered.

% Information related to '192.0.2.0 - 192.0.2.255'

% Abuse contact for '192.0.2.0 - 192.0.2.255' is 'abuse@example.net'

inetnum:        192.0.2.0 - 192.0.2.255
netname:        EXAMPLE-NET
descr:          Example GmbH
country:        DE # and elsewhere
country:        AT
org:            ORG-EX1-RIPE
admin-c:        EX1-RIPE
tech-c:         EX2-RIPE
status:         ASSIGNED PA
mnt-by:         EXAMPLE-MNT
source:         RIPE # Filtered

organisation:   ORG-EX1-RIPE
org-name:       Example GmbH
abuse-c:        EX3-RIPE
phone:          +49 30 5550199

role:           Example Hostmaster
address:        Musterstrasse 1
                Berlin
+
phone:          +49 30
                5550100
nic-hdl:        EX2-RIPE
e-mail:         hostmaster@example.net
source:         RIPE # Filtered

role:           Example Abuse
nic-hdl:        EX3-RIPE
abuse-mailbox:  Abuse@example.net
phone:          +49 30 5550101

% This query was served by the RIPE Database Query Service version 1.110
)";

constexpr std::string_view apnic =
    R"(% [whois.apnic.net]
% Abuse contact for '203.0.112.0 - 203.0.115.255' is 'abuse@carrier.example'

inetnum:        203.0.112.0 - 203.0.115.255
netname:        CARRIER-AP
country:        AU
mnt-irt:        IRT-CARRIER-AU
tech-c:         CA1-AP
source:         APNIC

irt:            IRT-CARRIER-AU
e-mail:         noc@carrier.example
abuse-mailbox:  abuse@carrier.example
remarks:        abuse@carrier.example was validated on 2026-05-02
phone:          +61 7 5550 0100
source:         APNIC

role:           Carrier Hostmaster
nic-hdl:        CA1-AP
e-mail:         hostmaster@carrier.example

% Information related to '203.0.113.0 - 203.0.113.127'

inetnum:        203.0.113.0 - 203.0.113.127
netname:        CUSTOMER
country:        AU
source:         APNIC
)";

constexpr std::string_view lacnic =
    "% Joint Whois - whois.lacnic.net\n\n"
    "inetnum:     198.51/16\n"
    "status:      allocated\n"
    "owner:       N\xfa"
    "cleo de Exemplo\n"
    "ownerid:     BR-NUEX-LACNIC\n"
    "country:     BR\n"
    "phone:       +55 11 5550-0100 []\n"
    "owner-c:     EXA\n"
    "tech-c:      EXA\n"
    "abuse-c:     ABX\n\n"
    "nic-hdl:     EXA\n"
    "person:      Jos\xe9 Exemplo\n"
    "e-mail:      jose@example.net\n"
    "phone:       +55 11 5550-0101 [1234]\n\n"
    "nic-hdl:     ABX\n"
    "person:      Abuso\n"
    "e-mail:      abuso@example.net\n\n";

constexpr std::string_view arin =
    R"(#
# ARIN WHOIS data and services are subject to the Terms of Use
#

# start

NetRange:       198.51.96.0 - 198.51.103.255
CIDR:           198.51.96.0/21
NetName:        EXAMPLE-ISP
NetHandle:      NET-198-51-96-0-1
Parent:         NET198 (NET-198-0-0-0-0)
NetType:        Direct Allocation
Organization:   Example ISP (EXISP)
Ref:            https://rdap.arin.net/registry/ip/198.51.96.0

OrgName:        Example ISP
OrgId:          EXISP
Address:        1 Example Street
City:           Fairfax
StateProv:      VA
Country:        US

ReferralServer:  rwhois://rwhois.example.net:4321

OrgTechHandle: EXT-ARIN
OrgTechName:   Tech
OrgTechPhone:  +1-202-555-0100
OrgTechEmail:  tech@example.net

OrgAbuseHandle: EXA-ARIN
OrgAbuseName:   Abuse Desk
OrgAbusePhone:  +1-202-555-0101
OrgAbuseEmail:  abuse@example.net

RAbuseHandle: RXA-ARIN
RAbuseName:   Network Abuse
RAbusePhone:  +1-202-555-0102
RAbuseEmail:  netabuse@example.net

# end

# start

NetRange:       198.51.100.0 - 198.51.100.191
CIDR:           198.51.100.0/25, 198.51.100.128/26
NetName:        CUSTOMER-7
NetHandle:      NET-198-51-100-0-1
Parent:         EXAMPLE-ISP (NET-198-51-96-0-1)
NetType:        Reassigned
Customer:       Customer Seven (C01234567)

CustName:       Customer Seven
Country:        CA

# end
)";

// "전화번호" and so on in EUC-KR.
constexpr std::string_view krnic =
    "query : 203.0.113.7\n\n# KOREAN(EUC-KR)\n\n"
    "[ \xb3\xd7\xc6\xae\xbf\xf6\xc5\xa9 \xc7\xd2\xb4\xe7 \xc1\xa4\xba\xb8 ]\n"
    "IPv4\xc1\xd6\xbc\xd2           : 203.0.112.0 - 203.0.113.255 (/23)\n"
    "\xb1\xe2\xb0\xfc\xb8\xed             : \xbf\xb9\xc1\xa6\xc5\xeb\xbd\xc5\n"
    "\xc0\xfc\xc8\xad\xb9\xf8\xc8\xa3           : +82-2-555-0100\n\n"
    "# ENGLISH\n\nKRNIC is not an ISP but a National Internet Registry.\n\n"
    "[ Network Information ]\n"
    "IPv4 Address       : 203.0.112.0 - 203.0.113.255 (/23)\n"
    "Organization Name  : Example Telecom\n"
    "Service Name       : EXNET\n"
    "Registration Date  : 20040105\n\n"
    "[ Technical Contact Information ]\n"
    "Name               : IP Manager\n"
    "Phone              : +82-2-555-0101\n"
    "E-Mail             : ip@example.net\n\n"
    "[ Network Abuse Contact Information ]\n"
    "Name               : Abuse Desk\n"
    "Phone              : +82-2-555-0102\n"
    "E-Mail             : abuse@example.net\n";

constexpr std::string_view jpnic_english =
    "[ JPNIC database provides information regarding IP address and ASN. ]\n\n"
    "Network Information:            \n"
    "a. [Network Number]             192.0.2.0-192.0.2.255\n"
    "b. [Network Name]               EXAMPLE\n"
    "g. [Organization]               Example K.K.\n"
    "m. [Administrative Contact]     EX123JP\n"
    "o. [Abuse]                      abuse@example.net\n"
    "[Assigned Date]                 2010/01/02\n";

// The same in Japanese, ISO-2022-JP: "a. [IPネットワークアドレス]", "b. [ネットワーク名]".
constexpr std::string_view jpnic_japanese =
    "Network Information: [\x1b$B%M%C%H%o!<%/>pJs\x1b(B]\n"
    "a. [IP\x1b$B%M%C%H%o!<%/%\"%I%l%9\x1b(B]     192.0.2.0/24\n"
    "b. [\x1b$B%M%C%H%o!<%/L>\x1b(B]             EXAMPLE\n"
    "o. [Abuse]                      abuse@example.net\n";

}  // namespace

TEST(Whois, reads_ripe) {
    const Network network = only(read_whois(ripe));
    EXPECT_EQ(network.range.text(), "192.0.2.0/24");
    EXPECT_EQ(network.name, "EXAMPLE-NET");
    EXPECT_EQ(network.country, "DE");
    EXPECT_EQ(network.registry, Rir::ripe_ncc);
    EXPECT_EQ(complaint_contacts(network), Words{"abuse@example.net"});
    EXPECT_EQ(network.telephone, "+49 30 5550101");
    ASSERT_EQ(network.contacts.size(), 2U);
    EXPECT_EQ(network.contacts[1].role, ContactRole::technical);
    EXPECT_EQ(network.contacts[1].address, "hostmaster@example.net");
    EXPECT_EQ(network.contacts[1].telephone, "+49 30 5550100");  // over two lines
}

TEST(Whois, reads_apnic_and_takes_the_most_specific_object) {
    const auto read = read_whois(apnic);
    ASSERT_EQ(read.networks.size(), 2U);
    const Network outer = found(apnic, "203.0.113.200");
    EXPECT_EQ(outer.name, "CARRIER-AP");
    ASSERT_FALSE(outer.contacts.empty());
    EXPECT_EQ(outer.contacts[0].address, "abuse@carrier.example");
    EXPECT_EQ(outer.contacts[0].validated_at, parse_instant("2026-05-02"));
    const Network inner = found(apnic, "203.0.113.7");
    EXPECT_EQ(inner.range.text(), "203.0.113.0/25");
    EXPECT_EQ(inner.name, "CUSTOMER");
    // It has none of its own.
    EXPECT_EQ(complaint_contacts(inner), Words{"abuse@carrier.example"});
    EXPECT_EQ(inner.telephone, "+61 7 5550 0100");
    EXPECT_EQ(found(apnic, "203.0.120.1").name, "");
}

TEST(Whois, reads_afrinic_whose_technical_contact_takes_abuse) {
    const Network network = only(
        read_whois("% This is the AfriNIC Whois server.\n\n"
                   "inet6num:       2001:db8::/32\nnetname:        EXAMPLE-ZA\ncountry:        ZA\n"
                   "admin-c:        EX1-AFRINIC\ntech-c:         EX2-AFRINIC\nsource:         "
                   "AFRINIC # Filtered\n\n"
                   "person:         Example Admin\nnic-hdl:        EX1-AFRINIC\n\n"
                   "role:           Example NOC\nnic-hdl:        EX2-AFRINIC\n"
                   "e-mail:         noc@example.net\nabuse-mailbox:  abuse@example.net\n"
                   "phone:          tel:+27-11-555-0100\n"));
    EXPECT_EQ(network.range.text(), "2001:db8::/32");
    EXPECT_EQ(network.registry, Rir::afrinic);
    EXPECT_EQ(complaint_contacts(network), Words{"abuse@example.net"});
    EXPECT_EQ(network.telephone, "+27-11-555-0100");
}

TEST(Whois, reads_lacnic_with_short_prefixes_in_latin_1) {
    const Network network = only(read_whois(lacnic));
    EXPECT_EQ(network.range.text(), "198.51.0.0/16");
    EXPECT_EQ(network.name, "Núcleo de Exemplo");
    EXPECT_EQ(network.organisation, "Núcleo de Exemplo");
    EXPECT_EQ(network.country, "BR");
    EXPECT_EQ(network.registry, Rir::lacnic);
    EXPECT_EQ(complaint_contacts(network), Words{"abuso@example.net"});
    EXPECT_EQ(network.telephone, "+55 11 5550-0101");  // of the technical contact
    ASSERT_EQ(network.contacts.size(), 3U);
    EXPECT_EQ(network.contacts[1].name, "José Exemplo");
}

TEST(Whois, reads_arin_with_several_ranges) {
    const auto read = read_whois(arin);
    ASSERT_EQ(read.networks.size(), 2U);
    const Network& isp = read.networks[0];
    EXPECT_EQ(isp.range.text(), "198.51.96.0/21");
    EXPECT_EQ(isp.handle, "NET-198-51-96-0-1");
    EXPECT_EQ(isp.country, "US");
    EXPECT_EQ(isp.organisation, "Example ISP");
    EXPECT_EQ(isp.region, "VA");
    EXPECT_EQ(isp.registry, Rir::arin);
    EXPECT_EQ(complaint_contacts(isp), (Words{"netabuse@example.net", "abuse@example.net"}));
    EXPECT_EQ(isp.telephone, "+1-202-555-0102");
    const Network customer = found(arin, "198.51.100.7");
    EXPECT_EQ(customer.range.text(), "198.51.100.0 - 198.51.100.191");
    EXPECT_EQ(customer.country, "CA");
    EXPECT_EQ(customer.organisation, "Customer Seven");
    EXPECT_EQ(customer.region, "");  // the telephone is in another country
    EXPECT_EQ(complaint_contacts(customer), (Words{"netabuse@example.net", "abuse@example.net"}));
}

TEST(Whois, reads_krnic_in_korean_and_english) {
    const Network network = only(read_whois(krnic));
    EXPECT_EQ(network.range.text(), "203.0.112.0/23");
    EXPECT_EQ(network.name, "EXNET");
    EXPECT_EQ(network.country, "KR");
    EXPECT_EQ(network.registry, Rir::apnic);
    EXPECT_EQ(complaint_contacts(network), Words{"abuse@example.net"});
    EXPECT_EQ(network.telephone, "+82-2-555-0102");
}

TEST(Whois, reads_jpnic_in_english_and_japanese) {
    for (const auto text : {jpnic_english, jpnic_japanese}) {
        const Network network = only(read_registry_text(text));
        EXPECT_EQ(network.range.text(), "192.0.2.0/24");
        EXPECT_EQ(network.name, "EXAMPLE");
        EXPECT_EQ(network.country, "JP");
        EXPECT_EQ(complaint_contacts(network), Words{"abuse@example.net"});
    }
}

TEST(Whois, names_what_is_wrong) {
    const auto fault = [](std::string_view text) {
        const auto read = read_whois(text);
        EXPECT_TRUE(read.networks.empty());
        return read.fault;
    };
    EXPECT_EQ(fault(""), "no network in it");
    EXPECT_EQ(fault("Dear Sir: how are you?\n"), "no network in it");
    EXPECT_EQ(fault("<html>\n<p>Moved</p></html>"), "HTML instead of whois text");
    EXPECT_EQ(fault("%ERROR:101: no entries found\n%\n% No entries found in source RIPE.\n"),
              "the server says: ERROR:101: no entries found");
    EXPECT_EQ(fault("No match found for n + 203.0.113.7.\n"),
              "the server says: No match found for n + 203.0.113.7.");
    EXPECT_EQ(fault("inetnum: 203.0.113.255 - 203.0.113.0\n"),
              "the inetnum '203.0.113.255 - 203.0.113.0' is no range");
    EXPECT_EQ(fault("inetnum: 0.0.0.0 - 255.255.255.255\nnetname: IANA-BLK\n"),
              "0.0.0.0/0 is wider than any registered network");
    EXPECT_EQ(fault("NetRange: 1.2.3 - nonsense\nNetName: X\n"),
              "the NetRange '1.2.3 - nonsense' is no range");
    EXPECT_EQ(fault("inetnum: 192.0.0.0 - 192.255.255.255\nsource: IANA\n"),
              "192.0.0.0/8 (IANA-BLK) says only that the network is registered elsewhere");
    EXPECT_EQ(fault("a. [Network Number]   192.0.2.7\n"), "'192.0.2.7' is no range of addresses");
    EXPECT_EQ(fault(std::string(10 * 1024 * 1024, 'x')),
              "10485760 octets are no registry's answer");
}

TEST(Whois, knows_another_registrys_space_by_who_maintains_it_not_by_its_name) {
    const auto networks = [](const std::string& text) { return read_whois(text).networks.size(); };
    const std::string block =
        "inetnum: 203.0.113.0 - 203.0.113.255\nnetname: NON-RIPE-NCC-MANAGED-ADDRESS-BLOCK\n";
    EXPECT_EQ(networks(block + "mnt-by: RIPE-NCC-HM-MNT\n"), 0U);
    EXPECT_EQ(networks(block + "mnt-by: EVIL-MNT\n"), 1U);
    EXPECT_EQ(networks(block + "mnt-by: EVIL-MNT\nmnt-by: RIPE-NCC-HM-MNT\n"), 1U);
    const std::string range = "NetRange: 203.0.113.0 - 203.0.113.255\nNetName: ";
    EXPECT_EQ(networks(range + "ANY\nOrganization: RIPE Network Coordination Centre (RIPE)\n"), 0U);
    EXPECT_EQ(networks(range + "STUB-EVIL\nOrganization: Evil Inc (EVIL)\n"), 1U);
    EXPECT_EQ(networks(range + "STUB-EVIL\nOrganization: Evil (RIPE) (EVIL)\n"), 1U);
}

TEST(Whois, takes_no_contact_by_an_empty_handle_or_out_of_a_continuation_line) {
    const Network network =
        only(read_whois("inetnum: 203.0.113.0 - 203.0.113.255\nabuse-c:\n"
                        "descr: a customer\n  abuse-mailbox: a@example.net\n"
                        "\nroute: 203.0.113.0/24\ne-mail: b@example.net\n"));
    EXPECT_TRUE(network.contacts.empty());
}

TEST(Whois, keeps_what_is_right_beside_what_is_wrong) {
    const Network network =
        only(read_whois("inetnum: 0.0.0.0 - 255.255.255.255\nnetname: ALL\n\n"
                        "inetnum: 203.0.113.0 - 203.0.113.255\nnetname: RIGHT\n\n"
                        "inetnum: nonsense\nnetname: WRONG\n"));
    EXPECT_EQ(network.name, "RIGHT");
}

TEST(Whois, is_bounded_in_attributes_and_values) {
    std::string text =
        "inetnum: 203.0.113.0 - 203.0.113.255\nnetname: " + std::string(100'000, 'x') +
        "\nadmin-c: X\n";
    for (int i = 0; i < 30'000; ++i)
        text += " more\n";
    for (int i = 0; i < 30'000; ++i)
        text += "a: b\n";
    EXPECT_EQ(only(read_whois(text)).name.size(), 200U);
}

}  // namespace ndr
