// network/delegated.hpp -- the registries' statistics of what they delegated to whom
// (delegated-extended, also the NRO's combined file), line by line: the files have 300,000.
//
//   registry|cc|type|start|value|date|status|opaque-id
//   apnic|JP|ipv4|203.0.113.0|256|20110412|allocated|A92D9378
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ndr_triage/network/network.hpp"

namespace ndr {

struct DelegatedLine {
    std::optional<Network> network;    // authority and range, registry, country
    std::optional<Instant> file_date;  // of the version line, which comes first
    std::string fault;                 // one line; a file with one is no such file
};

// Comments, AS numbers, summaries and what is not delegated (available, reserved) give nothing. For
// IPv4 `value` is a count of addresses, seldom a power of two; for IPv6 a prefix length.
DelegatedLine read_delegated(std::string_view line);

}  // namespace ndr
