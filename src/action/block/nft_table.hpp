// action/block/nft_table.hpp -- asks nft(8) for a table that is framed as ours.
#pragma once

#include "nft_listing.hpp"

namespace ndr {

// The table of the family inet; one that is not there is a fault of the listing. Throws
// BackEndError in the name of `back_end`.
NftListing nft_table(const std::string& back_end, const std::string& program,
                     const std::string& table, bool keeps_port_25_open, Instant now);

}  // namespace ndr
