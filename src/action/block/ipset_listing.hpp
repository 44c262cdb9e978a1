// action/block/ipset_listing.hpp -- what `ipset list` says of one set.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "ndr_triage/action/block/differences.hpp"

namespace ndr {

struct IpsetListing {
    std::int64_t references = 0;  // rules that consult it
    std::vector<PresentBlock> present;
};

// nullopt: that is no listing of a set of prefixes.
std::optional<IpsetListing> read_ipset_listing(std::string_view text, Instant now);

}  // namespace ndr
