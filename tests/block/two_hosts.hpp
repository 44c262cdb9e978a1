// block/two_hosts.hpp -- this network namespace joined with another by a veth pair.
//
// The peer has addresses in networks behind it, which we reach through it: 203.0.113.5 and
// 2001:db8:1::5, to be blocked, and 198.51.100.5 and 2001:db8:2::5. The link, 192.0.2.0/24 and
// 2001:db8::/64, is in none of these: neighbours must find each other. We are its 1, the peer 2.
#pragma once

#include <string>

#include "ndr_triage/base/files.hpp"

namespace ndr::support {

class TwoHosts {
public:
    // Takes CAP_SYS_ADMIN and CAP_NET_ADMIN; every address reaches us when it is done. Throws
    // std::runtime_error.
    TwoHosts();
    ~TwoHosts();
    TwoHosts(const TwoHosts&) = delete;
    TwoHosts& operator=(const TwoHosts&) = delete;

    // Whether a TCP connection of the peer, from its address `source`, comes in at `port`, where
    // somebody listens. One that is dropped is waited for half a second.
    bool reaches_us(const std::string& source, int port) const;
    // We connect to the peer's address at `port`: it greets us, we answer, and it gets the answer.
    // False if one of these does not come within half a second.
    bool talks_to_us(const std::string& peer, int port) const;

private:
    // A socket in the peer's network.
    Descriptor peer_socket(int family) const;

    Descriptor own_network_;
    Descriptor peer_network_;
    Descriptor smtp_;   // listens at port 25, both versions
    Descriptor other_;  // and at 8080
};

}  // namespace ndr::support
