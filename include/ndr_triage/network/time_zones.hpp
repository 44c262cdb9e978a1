// network/time_zones.hpp -- which clocks a country, or a region of it, lives by.
//
// Data: src/network/time-zones.table; regions of the US and Canada, and all countries.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/clock.hpp"

namespace ndr {

// The code of a region (ISO 3166-2 without its country) by code or name: "FL" for "fl", "US-FL",
// "Florida". "" if the country has none of it.
std::string region_of(std::string_view country, std::string_view text);

// Zones of the tz database: of the region; where it is "" or not known, all of the country's. Empty
// for a country that nobody knows.
std::vector<std::string> time_zones_of(std::string_view country, std::string_view region);

// What the clocks of some zones show at one time, from the westernmost to the easternmost. Offices
// are open from Monday to Friday, 9 to 17: of holidays nothing is known.
struct LocalHours {
    enum class Offices { open, partly_open, closed };

    LocalTime west;
    LocalTime east;
    std::string west_zone;
    std::string east_zone;
    Offices offices = Offices::closed;
    Instant next_open{};  // to the half hour: when they are open in all of them, if ever, or in one

    bool is_one_time() const { return west.utc_offset == east.utc_offset; }
};
// nullopt if this host knows none of the zones.
std::optional<LocalHours> local_hours(const std::vector<std::string>& zones, Instant now);

}  // namespace ndr
