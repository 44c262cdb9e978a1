// cli/drafting.hpp -- drafts of reports as files, by `reports write` and by `act`.
#pragma once

#include "command.hpp"

namespace ndr {

// Makes the directory `reports` hold a draft of each report that is due, as the ledger's owner.
// Gives the paths of those that are new or changed. Throws ConfigError, IoError, LedgerError.
std::vector<std::string> write_drafts(Context& context);

}  // namespace ndr
