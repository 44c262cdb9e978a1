#include "ndr_triage/view/listing.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

Listing sample() {
    Listing listing{{{"name", "NAME"}, {"hidden", ""}, {"count", "COUNT"}, {"words", "WORDS"}}, {}};
    listing.rows.push_back(
        {std::string("a"), true, std::int64_t{5}, std::string("long words here")});
    listing.rows.push_back(
        {std::string("日本"), false, std::monostate{}, std::vector<std::string>{"x", "y"}});
    return listing;
}

}  // namespace

TEST(Listing, aligns_columns_wide_characters_included) {
    EXPECT_EQ(sample().table(),
              "NAME  COUNT  WORDS\n"
              "a     5      long words here\n"
              "日本  -      x, y\n");
}

TEST(Listing, cuts_the_last_column_to_the_terminal) {
    EXPECT_EQ(sample().table(25),
              "NAME  COUNT  WORDS\n"
              "a     5      long word...\n"
              "日本  -      x, y\n");
}

TEST(Listing, without_rows_is_nothing) {
    Listing listing = sample();
    listing.rows.clear();
    EXPECT_EQ(listing.table(), "");
    EXPECT_EQ(listing.json_lines(), "");
}

TEST(Listing, gives_json_with_every_key_one_object_a_line) {
    EXPECT_EQ(sample().json_lines(),
              "{\"name\":\"a\",\"hidden\":true,\"count\":5,\"words\":\"long words here\"}\n"
              "{\"name\":\"日本\",\"hidden\":false,\"count\":null,\"words\":[\"x\",\"y\"]}\n");
}

TEST(Listing, gives_csv_with_quotes_where_they_are_needed) {
    EXPECT_EQ(sample().csv(),
              "name,hidden,count,words\r\n"
              "a,yes,5,long words here\r\n"
              "日本,no,,\"x, y\"\r\n");
    const Listing odd{{{"a", "A"}}, {{std::string("say \"hi\"\r\n=1+1")}}};
    EXPECT_EQ(odd.csv(), "a\r\n\"say \"\"hi\"\"\\r\\n=1+1\"\r\n");
}

TEST(Listing, escapes_what_a_stranger_wrote) {
    Listing listing{{{"a", "A"}}, {{std::string("x\x1b[2J\ny")}}};
    EXPECT_EQ(listing.table(), "A\nx\\x1b[2J\\ny\n");
    EXPECT_EQ(listing.json_lines(), "{\"a\":\"x\\u001b[2J\\ny\"}\n");
}

}  // namespace ndr
