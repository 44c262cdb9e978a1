// casework/standing.hpp -- how each contact of a complaint stands, from all replies to it.
#pragma once

#include "ndr_triage/casework/decide.hpp"

namespace ndr {

std::vector<ContactStanding> standings(const Policy& policy, const CaseFile& file);

}  // namespace ndr
