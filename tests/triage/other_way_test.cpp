#include "../../src/triage/other_way.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

using Values = std::vector<std::string>;

TEST(OtherWay, ours_comes_back_without_its_token_and_is_no_other_address) {
    ReplyFacts facts;
    facts.to = {"complaints+efgh@example.org"};
    EXPECT_EQ(other_addresses_in(facts, "complaints@example.org, complaints+x@example.org"),
              Values{});
}

TEST(OtherWay, letters_without_blanks_are_no_part_of_an_address) {
    EXPECT_EQ(other_addresses_in({}, "请联系abuse@example.net处理"), Values{"abuse@example.net"});
    EXPECT_EQ(other_addresses_in({}, "mißbrauch@example.net"), Values{"mißbrauch@example.net"});
}

TEST(OtherWay, a_form_is_no_platform_and_no_page_of_a_ticket) {
    EXPECT_EQ(form_links_in("https://platform.example/legal https://x.example/information", {}),
              Values{});
    EXPECT_EQ(form_links_in("https://x.example/abuse/4711", {"4711"}), Values{});
    EXPECT_EQ(form_links_in("www.x.example/webform。", {}), Values{"www.x.example/webform"});
}

TEST(OtherWay, a_page_is_more_than_a_front_page) {
    EXPECT_EQ(pages_in("https://x.example/ https://x.example https://x.example/a?b"),
              Values{"https://x.example/a?b"});
}

}  // namespace

}  // namespace ndr
