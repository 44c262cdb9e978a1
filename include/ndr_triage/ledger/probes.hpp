// ledger/probes.hpp -- what asking the mail hosts of contacts found.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/case_file.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

// Writes it down; the cases with a block that rests on a lost connection to that domain are to be
// looked at now.
void save_probe(Ledger& ledger, const KnownProbe& probe);
// Of one domain, the earliest first.
std::vector<KnownProbe> probes_of(Ledger& ledger, const std::string& domain, Instant since);

// The latest of all.
std::optional<KnownProbe> last_probe(Ledger& ledger);

// A domain on whose lost connection a block rests that would be carried out now.
struct LostDomain {
    std::string domain;
    Instant since{};      // the last failure that says so
    bool is_due = false;  // else the block is held, for this or another reason
};
// By the time the blocks became due.
std::vector<LostDomain> lost_domains(Ledger& ledger, Instant now);

}  // namespace ndr
