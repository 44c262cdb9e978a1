#include "ndr_triage/mail/date.hpp"

#include <gtest/gtest.h>

#include "support/mail_set_up.hpp"

namespace ndr {

namespace {

using namespace std::string_view_literals;

Instant at(std::string_view iso) {
    return parse_instant(iso).value();
}

TEST(MailDate, reads_rfc_5322) {
    EXPECT_EQ(parse_mail_date("Fri, 21 Nov 1997 09:55:06 -0600"), at("1997-11-21T15:55:06Z"));
    EXPECT_EQ(parse_mail_date("Tue, 1 Jul 2003 10:52:37 +0200"), at("2003-07-01T08:52:37Z"));
    EXPECT_EQ(parse_mail_date("21 Nov 1997 09:55 -0600"), at("1997-11-21T15:55:00Z"));
    EXPECT_EQ(parse_mail_date("Thu, 29 Feb 2024 23:59:59 +0000"), at("2024-02-29T23:59:59Z"));
}

TEST(MailDate, half_and_quarter_hours_of_zones_count) {
    EXPECT_EQ(parse_mail_date("Mon, 5 Jan 2026 12:00:00 +0545"), at("2026-01-05T06:15:00Z"));
    EXPECT_EQ(parse_mail_date("Mon, 5 Jan 2026 12:00:00 -0330"), at("2026-01-05T15:30:00Z"));
}

TEST(MailDate, without_a_meaningful_zone_is_utc) {
    EXPECT_EQ(parse_mail_date("Mon, 5 Jan 2026 12:00:00 -0000"), at("2026-01-05T12:00:00Z"));
}

TEST(MailDate, reads_folding_and_comments) {
    // RFC 5322 appendix A.5
    EXPECT_EQ(parse_mail_date("Thu,\n      13\n        Feb\n          1969\n      23:32\n"
                              "               -0330 (Newfoundland Time)"),
              at("1969-02-14T03:02:00Z"));
    EXPECT_EQ(parse_mail_date("  Tue, 1 Jul 2003 10:52:37 +0200 (CEST)  "),
              at("2003-07-01T08:52:37Z"));
}

TEST(MailDate, reads_obsolete_zones) {  // RFC 5322 section 4.3
    EXPECT_EQ(parse_mail_date("Fri, 21 Nov 1997 09:55:06 GMT"), at("1997-11-21T09:55:06Z"));
    EXPECT_EQ(parse_mail_date("Fri, 21 Nov 1997 09:55:06 UT"), at("1997-11-21T09:55:06Z"));
    EXPECT_EQ(parse_mail_date("Fri, 21 Nov 1997 09:55:06 EST"), at("1997-11-21T14:55:06Z"));
    EXPECT_EQ(parse_mail_date("Fri, 21 Nov 1997 09:55:06 PDT"), at("1997-11-21T16:55:06Z"));
}

TEST(MailDate, reads_obsolete_years) {  // two digits: 00 to 49 are 2000 on
    EXPECT_EQ(parse_mail_date("21 Nov 97 09:55:06 GMT"), at("1997-11-21T09:55:06Z"));
    EXPECT_EQ(parse_mail_date("21 Nov 05 09:55:06 GMT"), at("2005-11-21T09:55:06Z"));
    EXPECT_EQ(parse_mail_date("21 Nov 26 09:55:06 GMT"), at("2026-11-21T09:55:06Z"));
}

TEST(MailDate, reads_the_date_of_ctime_as_some_agents_write_it) {
    EXPECT_EQ(parse_mail_date("Fri Nov 21 09:55:06 1997"), at("1997-11-21T09:55:06Z"));
}

TEST(MailDate, what_is_none_is_nothing) {
    for (const auto text :
         {""sv, " "sv, "yesterday"sv, "Fri,"sv, "(comment)"sv, "21 Foo 1997 09:55:06 +0000"sv,
          "Mon, 31 Feb 2022 10:00:00 +0000"sv, "Mon, 99 Jan 2022 10:00:00 +0000"sv,
          "Mon, 3 Jan 2022 25:61:61 +0000"sv, "::::"sv, "\0"sv, "\xff\xfe"sv})
        EXPECT_EQ(parse_mail_date(text), std::nullopt) << '"' << text << '"';
}

TEST(MailDate, hostile_ones_are_no_danger) {
    for (const auto text : {"Mon, 3 Jan 99999999999999999999 10:00:00 +0000"sv,
                            "Mon, 3 Jan 2022 10:00:00 +999999999"sv,
                            "Mon, 3 Jan -1 10:00:00 -9999"sv, ",,,,,,"sv, "1 1 1 1 1 1 1"sv}) {
        const auto date = parse_mail_date(text);
        EXPECT_TRUE(!date || iso_text(*date) != "?") << text;
    }
}

TEST(ReceivedDate, stands_behind_the_last_semicolon) {
    EXPECT_EQ(received_date("from a.example.net (a.example.net [192.0.2.1]) by mx.example.org\n"
                            "\twith ESMTP id 1234; Fri, 21 Nov 1997 10:01:10 -0600"),
              at("1997-11-21T16:01:10Z"));
    EXPECT_EQ(received_date("by mx.example.org (queued; 1 Jan 1990 00:00:00 +0000) id 1; "
                            "21 Nov 1997 10:01:10 -0600 (CST)"),
              at("1997-11-21T16:01:10Z"));
}

TEST(ReceivedDate, without_one_is_nothing) {
    EXPECT_EQ(received_date("by mx.example.org"), std::nullopt);
    EXPECT_EQ(received_date("by mx.example.org;"), std::nullopt);
    EXPECT_EQ(received_date("by mx.example.org; soon"), std::nullopt);
    EXPECT_EQ(received_date(""), std::nullopt);
}

}  // namespace

}  // namespace ndr
