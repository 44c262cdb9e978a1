#include "ndr_triage/network/mail_domains.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

TEST(MailDomains, know_placeholders) {
    for (const char* address :
         {"removed@lacnic.net", "Removed@LACNIC.net", "abuse@lacnic.net", "redacted@example.net",
          "No-Reply@example.net", "anything@host.invalid"})
        EXPECT_TRUE(is_placeholder(address)) << address;
    for (const char* address :
         {"abuse@example.net", "removed.person@example.net", "", "abuse@invalid.example.net"})
        EXPECT_FALSE(is_placeholder(address)) << address;
}

TEST(MailDomains, know_registries_and_what_lies_below_them) {
    for (const char* domain : {"apnic.net", "RIPE.net.", "mail.nic.ad.jp", "lists.kisa.or.kr"})
        EXPECT_TRUE(is_registry_domain(domain)) << domain;
    for (const char* domain : {"ad.jp", "net", "notapnic.net", "apnic.net.example", ""})
        EXPECT_FALSE(is_registry_domain(domain)) << domain;
}

TEST(MailDomains, know_providers_and_what_lies_below_them) {
    for (const char* domain : {"gmail.com", "QQ.com", "ms28.hinet.net", "web.de"})
        EXPECT_TRUE(is_provider_domain(domain)) << domain;
    for (const char* domain : {"example.com", "agmail.com", "com", "gmail.com.example"})
        EXPECT_FALSE(is_provider_domain(domain)) << domain;
}

// A slip in the table would be silent: each line is one kind and one name, once, in lower case.
TEST(MailDomains, stand_in_a_table_without_slips) {
    std::set<std::string> seen;
    for (const auto line : split_lines(embedded::mail_domains_table)) {
        if (line.empty() || line.front() == '#') continue;
        const auto words = split(line, ' ');
        ASSERT_EQ(words.size(), 2U) << line;
        const std::string name(words[1]);
        EXPECT_TRUE(seen.insert(std::string(line)).second) << "twice: " << line;
        EXPECT_EQ(name, ascii_lower(name)) << line;
        if (words[0] == "placeholder") {
            EXPECT_TRUE(is_plain_address(name)) << line;
        } else if (words[0] == "local-part") {
            EXPECT_TRUE(is_plain_address(name + "@example.net")) << line;
        } else {
            EXPECT_TRUE(words[0] == "registry" || words[0] == "provider") << line;
            EXPECT_TRUE(is_plain_address("postmaster@" + name)) << line;
            EXPECT_NE(name.find('.'), std::string::npos) << line;
        }
    }
    EXPECT_GT(seen.size(), 500U);
}

}  // namespace ndr
