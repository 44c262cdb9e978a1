// base/clock.hpp -- instants and spans, as text and back.
//
// An Instant has the resolution of one second, UTC. Only the outermost layer asks what time it is;
// everything else is told (`--now TIME` sets the clock for demonstrations and tests).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ndr {

using Instant = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

Instant system_now();

constexpr Instant instant_of(std::int64_t unix_seconds) {
    return Instant{Seconds{unix_seconds}};
}
constexpr std::int64_t unix_seconds(Instant at) {
    return at.time_since_epoch().count();
}

// "2026-11-23T10:06:00Z", for JSON and files.
std::string iso_text(Instant at);
// "2026-11-23 10:06 UTC", in the time zone of the process and with its name, for people.
std::string local_text(Instant at);

// The time zone of the process at that time: "CET (UTC+01:00)".
std::string zone_text(Instant at);

// What the clocks of a time zone show.
struct LocalTime {
    std::string text;      // "Mon 2026-11-23 10:06"
    int weekday = 1;       // 1 Monday .. 7 Sunday
    int minute = 0;        // of the day
    Seconds utc_offset{};  // positive to the east
    bool operator==(const LocalTime&) const = default;
};
// By the name that the tz database has for the zone: "America/New_York"; nullopt if this host does
// not know it.
std::optional<LocalTime> local_time(Instant at, const std::string& zone);

// ISO 8601 ("2026-11-23T10:06:00Z", "2026-11-23 10:06", "2026-11-23"; without a zone UTC) or a
// count of seconds since 1970 behind an '@'.
std::optional<Instant> parse_instant(std::string_view text);

// "30d", "24h", "90m", "45s", "2w": a count and one unit; 0 < span <= 10 years, or "0".
std::optional<Seconds> parse_span(std::string_view text);
// The same back, in the largest unit that divides it, up to days.
std::string span_text(Seconds span);

}  // namespace ndr
