// view/reports.hpp -- registry reports, as a listing.
#pragma once

#include <vector>

#include "ndr_triage/action/reports.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

Listing listing_of(const std::vector<DraftedReport>& reports);

}  // namespace ndr
