// To whose postmaster a notice may go.
#include <gtest/gtest.h>

#include "cases.hpp"

namespace ndr {

namespace {

using namespace cases;

Lines notices(const std::string& contact, const Policy& rules = policy()) {
    CaseFile file = case_of({contact});
    file.replies = {reply(file, 0, Outcome::recipient_unknown, signed_born_here)};
    Lines result;
    for (const auto& line : follow_ups(decide(rules, file, after(hours(2))))) {
        if (line.find(" notice ") != std::string::npos) result.push_back(line);
    }
    return result;
}

TEST(Notice, goes_to_the_domain_of_a_role_mailbox) {
    for (const char* role :
         {"abuse", "noc", "security", "postmaster", "hostmaster", "info", "support", "webmaster"})
        EXPECT_EQ(notices(role + std::string("@mail.example.net")),
                  Lines{"due notice mail.example.net"})
            << role;
}

TEST(Notice, is_not_owed_by_a_persons_mailbox) {
    for (const char* contact : {"jo.example@example.net", "abuse-desk@example.net",
                                "ip-abuse@example.net", "abusers@example.net"})
        EXPECT_EQ(notices(contact), Lines{}) << contact;
}

TEST(Notice, never_goes_to_an_address_literal_or_an_odd_domain) {
    for (const char* contact : {"abuse@[192.0.2.1]", "abuse@[ipv6:2001:db8::1]", "abuse", "abuse@",
                                "abuse@exa mple.net", "abuse@-example.net"})
        EXPECT_EQ(notices(contact), Lines{}) << contact;
}

TEST(Notice, never_goes_to_ourselves) {
    Policy rules = policy();
    rules.own_domains = {"example.org"};
    EXPECT_EQ(notices("abuse@example.org", rules), Lines{});
    EXPECT_EQ(notices("abuse@mail.example.org", rules), Lines{});
    EXPECT_EQ(notices("abuse@notexample.org", rules), Lines{"due notice notexample.org"});
}

TEST(Notice, never_goes_to_a_registry_or_a_mail_provider) {
    for (const char* contact :
         {"abuse@apnic.net", "hostmaster@ripe.net", "abuse@gmail.com", "abuse@qq.com"})
        EXPECT_EQ(notices(contact), Lines{}) << contact;
}

}  // namespace

}  // namespace ndr
