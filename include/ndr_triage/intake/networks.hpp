// intake/networks.hpp -- what is learnt of networks, and the cases that it changes.
//
// A complaint belongs to the most specific network that is known to hold its address. When a better
// one becomes known, or other facts of the same one, the complaints are moved to it in the same
// transaction, and their cases are decided again; what is already done stays. Deciding is spread
// over short transactions, so that no delivery waits: one that is cut short is taken up by `act`.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/policy.hpp"
#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/network/network.hpp"

namespace ndr {

struct Learnt {
    std::size_t networks = 0;  // new ones, or ones of which something else is known now
    std::size_t moved = 0;     // complaints that have another network now
    std::size_t decided = 0;   // cases decided again
};

// Networks from a registry or a file. `asked_for`: the address that the registry was asked for;
// what it named for it before and does not name any more is withdrawn. Throws LedgerError.
Learnt learn_networks(Ledger& ledger, const Policy& policy, const std::vector<Network>& networks,
                      const std::optional<Address>& asked_for, Instant now);

// A file of delegated-extended statistics. It is read twice, the first time to see whether it is
// one throughout: a faulty one changes nothing. Bounded memory, however large it is. `progress` is
// told how many octets of how many were read. Throws IoError; Failure naming file and line.
using Progress = std::function<void(std::uint64_t done, std::uint64_t all)>;
Learnt learn_delegated(Ledger& ledger, const Policy& policy, const std::string& path,
                       const Progress& progress, Instant now);

}  // namespace ndr
