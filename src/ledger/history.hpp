// ledger/history.hpp -- what other complaints brought about, as far as it bears on one.
#pragma once

#include "ndr_triage/casework/case_file.hpp"
#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

// Of the complaint and network in `file`. Each query is by an index.
History history_of(Ledger& ledger, const CaseFile& file, std::int64_t network, const Policy& policy,
                   Instant now);

}  // namespace ndr
