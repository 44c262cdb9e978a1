// fetch/dns.hpp -- asks the resolvers of /etc/resolv.conf, through c-ares: it tells "there is none"
// from "nobody could say", and takes no longer than it may.
#pragma once

#include <ares.h>

#include <memory>
#include <string>
#include <vector>

#include "connection.hpp"
#include "ndr_triage/network/address.hpp"

namespace ndr {

enum class DnsState {
    found,
    absent,  // NXDOMAIN, or no record of the kind
    failed,  // SERVFAIL, time-out, an answer that cannot be read
};

struct DnsNames {
    DnsState state = DnsState::failed;
    std::vector<std::string> names;
    std::string fault;
};
struct DnsAddresses {
    DnsState state = DnsState::failed;
    std::vector<Address> addresses;
    std::string fault;
};

class Resolver {
public:
    // Throws Failure (os_error) if c-ares cannot be set up.
    Resolver();
    ~Resolver();
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    // Hosts by preference (RFC 5321 section 5.1). The null MX (RFC 7505) is one name, "".
    DnsNames mail_exchangers(const std::string& domain, const Deadline& deadline);
    // A and AAAA; an IP address is its own. If one kind could not be asked: failed, with what there
    // is of the other.
    DnsAddresses addresses(const std::string& host, const Deadline& deadline);

private:
    struct Reply;
    Reply ask(const std::string& name, int type, const Deadline& deadline);
    void wait(const Deadline& deadline);

    ares_channel channel_ = nullptr;
};

}  // namespace ndr
