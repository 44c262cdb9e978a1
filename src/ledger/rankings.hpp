// ledger/rankings.hpp -- whom the complaints of a period went to, the most first.
#pragma once

#include "ndr_triage/ledger/summary.hpp"

namespace ndr {

void rank(Ledger& ledger, Summary& summary);

}  // namespace ndr
