// action/block/nft_listing.hpp -- what `nft -j list table` says of our table (libnftables-json(5)).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/action/block/differences.hpp"

namespace ndr {

struct NftListing {
    std::vector<std::string> faults;  // of the frame: table, chain, rules, sets
    std::vector<PresentBlock> present;
};

// The frame is right if it is the one that `nft_frame` makes. An element that is no address,
// prefix or range is a fault of its set. A listing of nothing: the table is missing. nullopt: that
// is no listing.
std::optional<NftListing> read_nft_listing(std::string_view json, bool keeps_port_25_open,
                                           Instant now);

// Whether the answer to `nft -j list tables inet` names the table.
bool has_nft_table(std::string_view json, std::string_view table);

// Table, sets without elements, and chain, as `nft -f` reads them.
std::string nft_frame(const std::string& table, bool keeps_port_25_open);

}  // namespace ndr
