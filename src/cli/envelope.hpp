// cli/envelope.hpp -- the envelope of a message, as a calling MTA or delivery agent tells it.
#pragma once

#include <vector>

#include "ndr_triage/mail/envelope.hpp"
#include "options.hpp"

namespace ndr {

// --recipient, --sender, --client.
std::vector<OptionSpec> envelope_options();
// From these options, else from RECIPIENT, ORIGINAL_RECIPIENT, ORIG_RECIPIENT and SENDER of the
// environment.
Envelope envelope_of(const Options& options);

}  // namespace ndr
