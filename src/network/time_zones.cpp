#include "ndr_triage/network/time_zones.hpp"

#include <algorithm>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// A line of the table: "US-FL florida: ..." or "DE: ...".
struct Entry {
    std::string country;
    std::string region;  // "" the country as a whole
    std::string name;    // of the region, lower case
    std::vector<std::string> zones;
};

Entry entry_of(std::string_view line) {
    const auto colon = line.find(':');
    const auto who = line.substr(0, colon);
    const auto blank = who.find(' ');
    const auto code = who.substr(0, blank);
    Entry entry;
    entry.country = code.substr(0, 2);
    if (blank != std::string_view::npos) {
        entry.region = code.substr(3);
        entry.name = who.substr(blank + 1);
    }
    for (const auto zone : split(line.substr(colon + 2), ' '))
        entry.zones.emplace_back(zone);
    return entry;
}

const std::vector<Entry>& entries() {
    static const auto read = [] {
        std::vector<Entry> all;
        for (const auto& line : table_lines(embedded::time_zones_table))
            all.push_back(entry_of(line.text));
        return all;
    }();
    return read;
}

constexpr int opening = 9 * 60;
constexpr int closing = 17 * 60;
constexpr auto half_an_hour = std::chrono::minutes(30);

bool is_open(const std::string& zone, Instant at) {
    const auto local = local_time(at, zone);
    return local && local->weekday <= 5 && local->minute >= opening && local->minute < closing;
}

LocalHours::Offices offices_at(const LocalHours& hours, Instant at) {
    const int open =
        (is_open(hours.west_zone, at) ? 1 : 0) + (is_open(hours.east_zone, at) ? 1 : 0);
    if (open == 2) return LocalHours::Offices::open;
    return open == 1 ? LocalHours::Offices::partly_open : LocalHours::Offices::closed;
}

// Within a week there is always a time when offices are open in one of them.
Instant next_open(const LocalHours& hours, Instant now) {
    const Instant start = now - now.time_since_epoch() % half_an_hour + half_an_hour;
    std::optional<Instant> partly;
    for (Instant at = start; at < start + std::chrono::days(7); at += half_an_hour) {
        const auto offices = offices_at(hours, at);
        if (offices == LocalHours::Offices::open) return at;
        if (offices == LocalHours::Offices::partly_open && !partly) partly = at;
    }
    return partly.value_or(start);
}

}  // namespace

std::string region_of(std::string_view country, std::string_view text) {
    text = trimmed(text);
    if (text.size() > 3 && text[2] == '-' && ascii_istarts_with(text, country))
        text.remove_prefix(3);
    for (const auto& entry : entries()) {
        if (entry.country != country || entry.region.empty()) continue;
        if (ascii_iequals(text, entry.region) || ascii_iequals(text, entry.name))
            return entry.region;
    }
    return {};
}

std::vector<std::string> time_zones_of(std::string_view country, std::string_view region) {
    const auto find = [&](std::string_view wanted) {
        return std::find_if(entries().begin(), entries().end(), [&](const Entry& entry) {
            return entry.country == country && entry.region == wanted;
        });
    };
    auto found = find(region);
    if (found == entries().end()) found = find("");
    return found != entries().end() ? found->zones : std::vector<std::string>();
}

std::optional<LocalHours> local_hours(const std::vector<std::string>& zones, Instant now) {
    std::optional<LocalHours> hours;
    for (const auto& zone : zones) {
        const auto local = local_time(now, zone);
        if (!local) continue;
        if (!hours) hours = LocalHours{*local, *local, zone, zone};
        if (local->utc_offset < hours->west.utc_offset) {
            hours->west = *local;
            hours->west_zone = zone;
        }
        if (local->utc_offset > hours->east.utc_offset) {
            hours->east = *local;
            hours->east_zone = zone;
        }
    }
    if (!hours) return std::nullopt;
    hours->offices = offices_at(*hours, now);
    hours->next_open = next_open(*hours, now);
    return hours;
}

}  // namespace ndr
