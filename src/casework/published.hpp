// casework/published.hpp -- whether what a complaint proved is about the contacts that the network
// has today. Networks change after a complaint: an object is deleted and the next larger one holds
// the address, or the same range has another holder. Whoever was written to then proves nothing of
// those who are published now.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/casework/decide.hpp"

namespace ndr {

// Why failures of these contacts are no ground to block the network, one line; "" if they are.
// Where nobody but statistics or a file without contacts told of the network, any contact counts.
std::string doubt_of_block(const Network& network, const std::vector<ContactStanding>& contacts);
// Why that contact is nothing to report as the network's, one line; "" if it is.
std::string doubt_of_report(const Network& network, const std::string& contact);

}  // namespace ndr
