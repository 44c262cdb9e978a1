// view/key_list.hpp -- the keys of a site as a listing; never a secret.
#pragma once

#include "ndr_triage/casework/house.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

Listing listing_of_keys(const House& house, Instant now);

}  // namespace ndr
