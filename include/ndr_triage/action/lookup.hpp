// action/lookup.hpp -- asks the registry about one address, through ndr-triage-fetch: that program
// talks to the world and has no ledger; here its answer is read.
//
// RDAP first; whois where RDAP has no network or no contact. What a referred or second server says
// may only narrow the range. A referral is the holder's to choose: unless it leads to a registry's
// own server, or comes from IANA, it counts only where a registry gave a network, and within that.
// Takes up to 20 s: never while an MTA waits.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/intake/networks.hpp"
#include "ndr_triage/network/network.hpp"

namespace ndr {

struct LookupSettings {
    bool is_on = true;
    std::string program;    // path of ndr-triage-fetch
    std::string cache;      // its directory, "" for none
    std::string bootstrap;  // file or URL that names the RDAP servers, "" IANA's
    std::string whois;      // HOST[:PORT] to ask, "" the registry's
};

struct Looked {
    std::optional<Network> network;  // authority registry; it holds the address
    std::string fault;               // one line, "" with a network
    bool try_again = false;          // the fault is one of this moment
};

// Throws IoError if the program cannot be started.
Looked look_up(const LookupSettings& settings, const Address& address, Instant now);

// The pure half: of answers in the order they were given the most specific network; each after the
// first may only narrow, and none but an authority's may be the first that has a network. `fault`
// is that of the first answer without one.
Looked read_answers(std::string_view fetched, const Address& address);

// What became of one address of many.
struct Refreshed {
    Address address;
    Looked looked;
    Learnt learnt;
};
// Looks each up and learns what is found. `asking` is called before, `take` after each. Addresses
// whose network came to be known since, by another's answer, are passed over unless `all`.
void refresh_networks(Ledger& ledger, const Policy& policy, const LookupSettings& settings,
                      const std::vector<Address>& addresses, bool all, Instant now,
                      const std::function<void(const Address&)>& asking,
                      const std::function<void(const Refreshed&)>& take);

}  // namespace ndr
