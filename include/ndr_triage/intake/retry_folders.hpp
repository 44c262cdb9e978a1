// intake/retry_folders.hpp -- Maildirs where callers that cannot defer leave what was not taken in.
//
// Such a folder belongs to a mailbox: the caller makes it when it first needs it, and there may be
// none.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/intake/hold.hpp"

namespace ndr {

// What lies in new/ and cur/ of these folders, as if it were held already. Throws IoError.
std::vector<HeldMessage> waiting_in(const std::vector<std::string>& folders);

// Moves all that into the hold Maildir: a message is durable there before it is gone here, and one
// that an interruption leaves in both is the same reply. Its envelope is in its fields alone, and
// who brought it nobody knows. The faults of folders and messages that cannot be moved, one line
// each; the others are.
std::vector<std::string> empty_into(Hold& hold, const std::vector<std::string>& folders,
                                    Instant now);

}  // namespace ndr
