// cli/enforcing.hpp -- back ends made equal from the command line, by whoever has the right to.
#pragma once

#include <string>
#include <vector>

#include "command.hpp"
#include "ndr_triage/action/enforcement.hpp"

namespace ndr {

// Files are written as the ledger's owner, tools are called with the rights of the caller, who the
// process is afterwards. The faults, a line each. Throws ConfigError.
std::vector<std::string> make_equal(Context& context, const BackEndSettings& settings,
                                    const InForce& wanted);
// The same for what runs; the faults are also what is not applied any more. `act` must not run
// meanwhile.
std::vector<std::string> put_in_force(Context& context, const BackEndSettings& settings);
// In all back ends, where blocks are carried out at all; faults are logged. True if there are none.
bool put_in_force(Context& context);
// True if there is nothing to tell.
bool tell(const std::vector<std::string>& faults);

}  // namespace ndr
