#include <gtest/gtest.h>

#include "ndr_triage/network/registry_answer.hpp"

namespace ndr {

TEST(RegistryText, is_rdap_or_whois_by_its_first_octets) {
    EXPECT_EQ(read_registry_text("\n {\"errorCode\": 404, \"title\": \"x\"}").fault,
              "the registry answers 404: x");
    const auto whois = read_registry_text(
        "inetnum: 192.0.2.0 - 192.0.2.255\nnetname: EXAMPLE-NET\nsource: RIPE\n");
    ASSERT_EQ(whois.networks.size(), 1U);
    EXPECT_EQ(whois.networks[0].name, "EXAMPLE-NET");
}

TEST(RegistryNames, are_hosts_sources_and_statistics) {
    EXPECT_EQ(registry_named("rdap.db.ripe.net"), Rir::ripe_ncc);
    EXPECT_EQ(registry_named("RIPE # Filtered"), Rir::ripe_ncc);
    EXPECT_EQ(registry_named("ripencc"), Rir::ripe_ncc);
    EXPECT_EQ(registry_named("whois.apnic.net"), Rir::apnic);
    EXPECT_EQ(registry_named("KRNIC"), Rir::apnic);
    EXPECT_EQ(registry_named("rdap.registro.br"), Rir::lacnic);
    EXPECT_EQ(registry_named("tripe.example"), std::nullopt);
    EXPECT_EQ(registry_named(""), std::nullopt);
}

TEST(Telephones, are_numbers) {
    EXPECT_EQ(telephone_of("tel:+61-2-5550-0100"), "+61-2-5550-0100");
    EXPECT_EQ(telephone_of(" +1-202-555-0100 ext. 7 "), "+1-202-555-0100 ext. 7");
    EXPECT_EQ(telephone_of("see our web site"), "");
    EXPECT_EQ(telephone_of("0000"), "");
    EXPECT_EQ(telephone_of("+1-202-555-0100\n\x1b[31m"), "");
}

}  // namespace ndr
