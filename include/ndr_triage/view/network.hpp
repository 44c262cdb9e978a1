// view/network.hpp -- a network and its contacts, for people.
#pragma once

#include <string>

#include "ndr_triage/ledger/networks.hpp"

namespace ndr {

// All that is known of it, a fact a line.
std::string network_text(const NetworkRow& row);
// "203.0.113.0/24 EXAMPLE-NET, NZ, APNIC: abuse@example.net"
std::string network_line(const Network& network);

}  // namespace ndr
