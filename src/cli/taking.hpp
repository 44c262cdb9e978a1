// cli/taking.hpp -- one message from the standard input of a command that an MTA calls.
#pragma once

#include "command.hpp"
#include "ndr_triage/intake/delivery.hpp"

namespace ndr {

struct Taken {
    Incoming incoming;
    Delivered delivered;
};

// --recipient, --sender, --client and --copy.
std::vector<OptionSpec> taking_options();

// Takes the message in, or puts it into hold with a line on standard error. From now on a fatal
// signal ends the program in status 75, for not every caller defers when we die of one. What
// throws is to be deferred. `is_record`: only complaints are expected.
Taken take_standard_input(Context& context, bool is_record = false);

}  // namespace ndr
