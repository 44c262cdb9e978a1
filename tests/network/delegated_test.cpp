#include "ndr_triage/network/delegated.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

std::string range_of(std::string_view line) {
    const auto read = read_delegated(line);
    EXPECT_EQ(read.fault, "") << line;
    return read.network ? read.network->range.text() : "nothing";
}

}  // namespace

TEST(Delegated, gives_networks) {
    const auto read = read_delegated("apnic|JP|ipv4|203.0.113.0|256|20110412|allocated|A92D9378");
    ASSERT_TRUE(read.network);
    EXPECT_EQ(read.network->range.text(), "203.0.113.0/24");
    EXPECT_EQ(read.network->country, "JP");
    EXPECT_EQ(read.network->registry, Rir::apnic);
    EXPECT_EQ(read.network->authority, Authority::delegated);
    EXPECT_EQ(range_of("ripencc|DE|ipv6|2001:db8::|32|20000101|assigned|x\r"), "2001:db8::/32");
}

TEST(Delegated, counts_that_are_no_power_of_two_are_ranges) {
    EXPECT_EQ(range_of("arin|US|ipv4|198.51.100.0|768|19920101|assigned|x"),
              "198.51.100.0 - 198.51.102.255");
    EXPECT_EQ(range_of("arin|US|ipv4|198.51.100.5|1|19920101|assigned|x"), "198.51.100.5/32");
    EXPECT_EQ(range_of("arin|US|ipv4|6.0.0.0|16777216|19920101|assigned|x"), "6.0.0.0/8");
}

TEST(Delegated, leaves_out_what_is_delegated_to_nobody) {
    for (const char* line :
         {"", "# comment", "apnic|*|ipv4|*|51234|summary",
          "apnic|JP|asn|64496|1|20100101|allocated|x", "apnic||ipv4|203.0.113.0|256||available|",
          "apnic||ipv4|203.0.113.0|256||reserved|",
          "iana|ZZ|ipv4|0.0.0.0|16777216|19810901|ietf|iana"})
        EXPECT_EQ(range_of(line), "nothing") << line;
}

TEST(Delegated, is_dated_by_the_version_line) {
    EXPECT_EQ(read_delegated("2|apnic|20261120|75432|19830613|20261119|+1000").file_date,
              parse_instant("2026-11-19"));
    EXPECT_EQ(read_delegated("2.3|ripencc|1795129200|9|19830705|20261118|+0100").file_date,
              parse_instant("2026-11-18"));
}

TEST(Delegated, names_what_is_wrong) {
    const auto fault = [](std::string_view line) { return read_delegated(line).fault; };
    EXPECT_EQ(fault("From: somebody"), "no line of registry|cc|type|start|value|date|status");
    EXPECT_EQ(fault("2|apnic|x|y"), "a version line of fewer than seven fields");
    EXPECT_EQ(fault("2|apnic|x|1|1|y|z"), "a version line without a date");
    EXPECT_EQ(fault("nobody|JP|ipv4|203.0.113.0|256|20110412|allocated|x"), "no registry 'nobody'");
    EXPECT_EQ(fault("apnic|JP|ipv5|203.0.113.0|256|20110412|allocated|x"),
              "the type 'ipv5' is none");
    EXPECT_EQ(fault("apnic|JP|ipv4|203.0.113.0|0|20110412|allocated|x"),
              "'203.0.113.0' and '0' are no range");
    EXPECT_EQ(fault("apnic|JP|ipv4|255.255.255.0|512|20110412|allocated|x"),
              "'255.255.255.0' and '512' are no range");
    EXPECT_EQ(fault("apnic|JP|ipv6|203.0.113.0|24|20110412|allocated|x"),
              "'203.0.113.0' and '24' are no range");
    EXPECT_EQ(fault("apnic|JP|ipv6|2001:db8::1|32|20110412|allocated|x"),
              "'2001:db8::1' and '32' are no range");
    EXPECT_EQ(fault("apnic|JP|ipv4|0.0.0.0|4294967296|20110412|allocated|x"),
              "0.0.0.0/0 is wider than any registered network");
    EXPECT_EQ(fault(std::string(2000, '|')), "a line of more than 1000 octets");
}

}  // namespace ndr
