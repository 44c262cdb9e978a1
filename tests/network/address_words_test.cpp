#include "ndr_triage/network/address_words.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

std::string found(std::string_view text) {
    std::string list;
    for (const auto& address : addresses_in_words(text))
        list += (list.empty() ? "" : " ") + address.text();
    return list;
}

}  // namespace

TEST(AddressWords, are_found_between_blanks_brackets_and_punctuation) {
    EXPECT_EQ(found("Abuse from 203.0.113.7"), "203.0.113.7");
    EXPECT_EQ(found("[203.0.113.7], (198.51.100.9)."), "203.0.113.7 198.51.100.9");
    EXPECT_EQ(found("rhost=203.0.113.7 user=root"), "203.0.113.7");
    EXPECT_EQ(found("from 2001:DB8::0:1 and <2001:db8::2>."), "2001:db8::1 2001:db8::2");
}

TEST(AddressWords, leave_out_a_label_in_front_and_a_port_behind) {
    EXPECT_EQ(found("Abuse:203.0.113.7"), "203.0.113.7");
    EXPECT_EQ(found("host:203.0.113.7:51022"), "203.0.113.7");
    EXPECT_EQ(found("[2001:db8::1]:443"), "2001:db8::1");
}

// A shorter address within a longer one is another host.
TEST(AddressWords, are_whole_words) {
    EXPECT_EQ(found("203.0.113.77"), "203.0.113.77");
    EXPECT_EQ(found("1203.0.113.7"), "");
    EXPECT_EQ(found("203.0.113.7.8"), "");
    EXPECT_EQ(found("v203.0.113.7"), "");
    EXPECT_EQ(found("203.0.113.7x"), "");
    EXPECT_EQ(found("a203.0.113.7"), "");
    EXPECT_EQ(found("OpenSSL 3.0.17, port 22: 12:30:45"), "");
}

}  // namespace ndr
