// intake/preview.hpp -- what taking in a message would decide; nothing is written.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/casework/decide.hpp"
#include "ndr_triage/casework/house.hpp"
#include "ndr_triage/ledger/replies.hpp"

namespace ndr {

struct Preview {
    Judgement judgement;  // as it would be filed
    Identity identity;
    std::optional<CaseFile> file;  // of the complaint that it answers, the reply among the others
    Decision decision;
};

// Throws LedgerError.
Preview preview_of(Ledger& ledger, const House& house, const std::string& digest,
                   const Envelope& envelope, Judgement judgement, Instant now);

}  // namespace ndr
