#include "../../src/fetch/bootstrap.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

std::string base(std::string_view json, const char* address = "203.0.113.7") {
    return base_in(json, Address::parse(address).value());
}

}  // namespace

TEST(Bootstrap, takes_the_longest_prefix_and_https) {
    constexpr std::string_view json = R"({"version": "1.0", "services": [
        [["203.0.0.0/8", "203.0.112.0/20"], ["http://a.example/rdap", "https://a.example/rdap"]],
        [["203.0.113.0/24"], ["http://b.example/"]],
        [["203.0.113.0/25"], []],
        [["2001:db8::/32"], ["https://c.example/"]]]})";
    EXPECT_EQ(base(json), "http://b.example/");
    EXPECT_EQ(base(json, "203.0.112.9"), "https://a.example/rdap/");
    EXPECT_EQ(base(json, "2001:db8::7"), "https://c.example/");
    EXPECT_EQ(base(json, "198.51.100.7"), "");
}

TEST(Bootstrap, survives_what_is_none) {
    for (const char* json :
         {"", "<html>", "[]", "{}", R"({"services": 7})", R"({"services": [7, [], [[], []]]})",
          R"({"services": [[["203.0.113.0/24"], ["ftp://x/", 7]]]})",
          R"({"services": [[[7, "203.0.113.0/99", null], ["https://x/"]]]})"})
        EXPECT_EQ(base(json), "") << json;
}

}  // namespace ndr
