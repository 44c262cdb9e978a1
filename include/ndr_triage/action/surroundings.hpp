// action/surroundings.hpp -- reads from this host, and from the site's allow list, what must never
// be blocked.
//
// Costs a few system calls and small files, far below a millisecond: every delivery asks.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/casework/surroundings.hpp"

namespace ndr {

// Where it is read. What the kernel or the resolver has no file for is not there: an absent file is
// an empty one, but not an absent allow list.
struct SurroundingsSources {
    std::string ipv4_routes = "/proc/net/route";
    std::string ipv6_routes = "/proc/net/ipv6_route";
    std::string resolvers = "/etc/resolv.conf";
    std::string logins = "/run/utmp";  // who is logged in (utmp(5))
    std::string allow_list;            // path, "" none
    std::vector<Address> mail_hosts;   // the relay of our mail, the MX of our domains
};

// Addresses of the interfaces, routes of the main table (of one with a gateway the gateway alone;
// of one too wide to be a neighbourhood, such as a default route, nothing else), resolvers,
// mail hosts, from where people are logged in, allow list. Throws ConfigError naming file and line
// of the allow list, IoError.
Surroundings surroundings_of_host(const SurroundingsSources& sources);

}  // namespace ndr
