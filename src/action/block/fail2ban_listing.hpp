// action/block/fail2ban_listing.hpp -- what fail2ban-client(1) says of a jail. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/action/block/differences.hpp"

namespace ndr {

// fail2ban takes any text for an address.
struct Ban {
    std::string text;
    std::optional<AddressRange> range;  // nullopt: the text is no prefix
    // It ends then or later: fail2ban tells local time without a zone. nullopt: it never ends.
    std::optional<Instant> ends_at;
};

// The answer to `get JAIL banip --with-time`: "203.0.113.0/24 \tTIME + SECONDS = TIME" a line.
std::vector<Ban> read_bans(std::string_view answer);

// The answer to `get JAIL actions`: a headline, then names separated by commas.
std::vector<std::string> read_actions(std::string_view answer);

// Whether a version, "1.0.2", is 0.11.2 or later; one that is not understood is not.
bool unbans_prefixes(std::string_view version);

// How far local time may be ahead of UTC.
constexpr Seconds furthest_zone = std::chrono::hours(14);

}  // namespace ndr
