#include "ndr_triage/base/clock.hpp"

#include <fmt/core.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <ctime>
#include <limits>

namespace ndr {

namespace {

using namespace std::string_view_literals;

// The time zone of the process, for one test.
class TimeZone {
public:
    explicit TimeZone(const char* zone) {
        if (const char* old = getenv("TZ")) before_ = old;
        setenv("TZ", zone, 1);
        tzset();
    }
    ~TimeZone() {
        if (before_) {
            setenv("TZ", before_->c_str(), 1);
        } else {
            unsetenv("TZ");
        }
        tzset();
    }
    TimeZone(const TimeZone&) = delete;
    TimeZone& operator=(const TimeZone&) = delete;

private:
    std::optional<std::string> before_;
};

constexpr Instant billennium = instant_of(1'000'000'000);  // 2001-09-09T01:46:40Z

TEST(Clock, tells_the_time_of_the_system) {
    const auto before = static_cast<std::int64_t>(std::time(nullptr));
    const auto now = unix_seconds(system_now());
    const auto after = static_cast<std::int64_t>(std::time(nullptr));
    EXPECT_GE(now, before - 1);  // time(2) reads a coarser clock
    EXPECT_LE(now, after + 1);
}

TEST(Clock, writes_instants_in_utc) {
    EXPECT_EQ(iso_text(instant_of(0)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(iso_text(billennium), "2001-09-09T01:46:40Z");
    EXPECT_EQ(iso_text(instant_of(2'147'483'648)), "2038-01-19T03:14:08Z");
    EXPECT_EQ(iso_text(instant_of(-1)), "1969-12-31T23:59:59Z");
}

TEST(Clock, writes_every_day_as_the_calendar_has_it) {
    for (int day = 0; day < 200 * 366; day += 13) {
        const std::chrono::sys_days date{std::chrono::days{day}};
        const std::chrono::year_month_day ymd{date};
        const auto text =
            fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                        static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
        ASSERT_EQ(iso_text(date), text + "T00:00:00Z");
        ASSERT_EQ(parse_instant(text), Instant{date});
    }
}

TEST(Clock, an_instant_beyond_the_calendar_has_no_text) {
    EXPECT_EQ(iso_text(instant_of(std::numeric_limits<std::int64_t>::max())), "?");
    EXPECT_EQ(iso_text(instant_of(std::numeric_limits<std::int64_t>::min())), "?");
}

TEST(Clock, writes_for_people_in_the_zone_of_the_process) {
    {
        const TimeZone india("XIT-5:30");  // POSIX: five and a half hours ahead of UTC
        EXPECT_EQ(local_text(instant_of(0)), "1970-01-01 05:30 XIT");
    }
    const TimeZone west("XWT+8");
    EXPECT_EQ(local_text(instant_of(0)), "1969-12-31 16:00 XWT");
}

TEST(Clock, reads_iso_8601) {
    EXPECT_EQ(parse_instant("2001-09-09T01:46:40Z"), billennium);
    EXPECT_EQ(parse_instant("2001-09-09 01:46:40"), billennium);
    EXPECT_EQ(parse_instant("2001-09-09 01:46"), billennium - Seconds{40});
    EXPECT_EQ(parse_instant("2001-09-09T01:46"), billennium - Seconds{40});
    EXPECT_EQ(parse_instant("2001-09-09"), billennium - Seconds{6400});  // 1 h 46 min 40 s
    EXPECT_EQ(parse_instant("2000-02-29"), instant_of(951'782'400));
}

TEST(Clock, reads_the_offset_of_a_zone) {
    EXPECT_EQ(parse_instant("2001-09-09T03:46:40+02:00"), billennium);
    EXPECT_EQ(parse_instant("2001-09-08T20:46:40-05:00"), billennium);
}

TEST(Clock, without_a_zone_means_utc_wherever_the_process_runs) {
    const TimeZone india("XIT-5:30");
    EXPECT_EQ(parse_instant("2001-09-09 01:46:40"), billennium);
    EXPECT_EQ(parse_instant("2001-09-09"), billennium - Seconds{6400});
    EXPECT_EQ(iso_text(billennium), "2001-09-09T01:46:40Z");
}

TEST(Clock, reads_a_count_of_seconds) {
    EXPECT_EQ(parse_instant("@0"), instant_of(0));
    EXPECT_EQ(parse_instant("@1000000000"), billennium);
    EXPECT_EQ(parse_instant("@-1"), instant_of(-1));
}

TEST(Clock, refuses_what_is_no_instant) {
    for (const auto text :
         {""sv, "now"sv, "@"sv, "@12x"sv, "@ 12"sv, "@99999999999999999999"sv, "2001"sv,
          "2001-13-01"sv, "2001-00-10"sv, "2001-02-29"sv, "2001-09-09T24:30:00Z"sv,
          "2001-09-09T01:60:00Z"sv, "2001-09-09T01:46:40Zulu"sv, "2001-09-09 01:4"sv,
          " 2001-09-09"sv, "09/09/2001"sv, "2001-09-09T01:46:40Z\0"sv, "2001-09-09\0:46:4"sv})
        EXPECT_EQ(parse_instant(text), std::nullopt) << '"' << text << '"';
}

TEST(Clock, reads_spans) {
    EXPECT_EQ(parse_span("30d"), Seconds{2'592'000});
    EXPECT_EQ(parse_span("24h"), Seconds{86'400});
    EXPECT_EQ(parse_span("90m"), Seconds{5'400});
    EXPECT_EQ(parse_span("45s"), Seconds{45});
    EXPECT_EQ(parse_span("2w"), Seconds{1'209'600});
    EXPECT_EQ(parse_span("0"), Seconds{0});
}

TEST(Clock, a_span_is_at_most_ten_years) {
    EXPECT_TRUE(parse_span("3650d"));
    EXPECT_TRUE(parse_span("520w"));
    EXPECT_FALSE(parse_span("4018d"));  // eleven years
    EXPECT_FALSE(parse_span("574w"));
    EXPECT_FALSE(parse_span("9223372036854775807w"));  // would overflow
    EXPECT_FALSE(parse_span("99999999999999999999s"));
}

TEST(Clock, refuses_what_is_no_span) {
    for (const auto text : {""sv, "d"sv, "30"sv, "0d"sv, "-1d"sv, "+1d"sv, "30x"sv, "30D"sv,
                            "1.5h"sv, " 30d"sv, "30d "sv, "30 d"sv, "1h30m"sv, "30d\0"sv})
        EXPECT_EQ(parse_span(text), std::nullopt) << '"' << text << '"';
}

TEST(Clock, writes_spans_in_the_largest_unit_that_divides_them) {
    EXPECT_EQ(span_text(Seconds{0}), "0");
    EXPECT_EQ(span_text(Seconds{45}), "45s");
    EXPECT_EQ(span_text(Seconds{61}), "61s");
    EXPECT_EQ(span_text(Seconds{5'400}), "90m");
    EXPECT_EQ(span_text(Seconds{3'600}), "1h");
    EXPECT_EQ(span_text(Seconds{86'400}), "1d");
    EXPECT_EQ(span_text(Seconds{7 * 86'400}), "7d");  // never in weeks: policies speak of days
    EXPECT_EQ(span_text(Seconds{30 * 86'400}), "30d");
}

TEST(Clock, spans_survive_the_way_through_text) {
    for (std::int64_t seconds = 1; seconds < 300'000'000; seconds = seconds * 3 + 7)
        EXPECT_EQ(parse_span(span_text(Seconds{seconds})), Seconds{seconds});
}

TEST(LocalTime, is_what_the_clocks_of_a_zone_show) {
    const Instant winter = parse_instant("2026-01-05T04:30:00Z").value();
    const auto local = local_time(winter, "America/New_York");
    ASSERT_TRUE(local.has_value());
    EXPECT_EQ(*local, (LocalTime{"Sun 2026-01-04 23:30", 7, 23 * 60 + 30, -std::chrono::hours(5)}));
    const Instant summer = parse_instant("2026-07-06T04:30:00Z").value();
    EXPECT_EQ(local_time(summer, "America/New_York")->text, "Mon 2026-07-06 00:30");
    EXPECT_EQ(local_time(summer, "Asia/Kolkata")->utc_offset, std::chrono::minutes(330));
    EXPECT_EQ(local_time(summer, "Atlantis/Capital"), std::nullopt);
}

}  // namespace

}  // namespace ndr
