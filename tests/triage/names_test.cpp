#include "ndr_triage/triage/names.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

TEST(WithoutNames, blanks_out_mail_addresses_octet_for_octet) {
    EXPECT_EQ(without_names("<spam@full.example>: ok"), "<~~~~~~~~~~~~~~~~~>: ok");
    EXPECT_EQ(without_names("a@example.net b@example.org"), "~~~~~~~~~~~~~ ~~~~~~~~~~~~~");
}

TEST(WithoutNames, blanks_out_the_path_of_a_link_but_not_its_host) {
    EXPECT_EQ(without_names("see https://example.net/spam?x=1 for spam"),
              "see https://example.net~~~~~~~~~ for spam");
    EXPECT_EQ(without_names("HTTP://blocked.example.net"), "HTTP://blocked.example.net");
    EXPECT_EQ(without_names("<https://example.net/full>"), "<https://example.net~~~~~>");
}

TEST(WithoutNames, leaves_everything_else_as_it_is) {
    for (const char* text : {"", "mailbox is full", "user @ home", "httpd is down", "http", "a@",
                             "@b", "邮箱已满", "https:/x"})
        EXPECT_EQ(without_names(text), text);
}

TEST(WithoutNames, keeps_positions) {
    const std::string text = "user <no-such-user@example.net> at https://example.net/a is full";
    const std::string blanked = without_names(text);
    ASSERT_EQ(blanked.size(), text.size());
    EXPECT_EQ(blanked.find("is full"), text.find("is full"));
    EXPECT_EQ(blanked.find("no-such-user"), std::string::npos);
}

}  // namespace

}  // namespace ndr
