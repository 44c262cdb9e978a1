// intake/preview.hpp -- what taking in a message would decide; nothing is written.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/casework/decide.hpp"
#include "ndr_triage/ledger/replies.hpp"

namespace ndr {

struct Preview {
    Judgement judgement;  // as it would be filed
    Identity identity;
    std::optional<CaseFile> file;  // of the complaint that it answers, the reply among the others
    Decision decision;
};

// Throws LedgerError.
Preview preview_of(Ledger& ledger, const Policy& policy, const std::string& digest,
                   Judgement judgement, Instant now);

}  // namespace ndr
