// fetch/whois.hpp -- one question over port 43 (RFC 3912).
#pragma once

#include <string>

#include "connection.hpp"
#include "ndr_triage/network/address.hpp"
#include "ndr_triage/network/fetched.hpp"

namespace ndr {

// The server of the registry that IANA's table names, else IANA's own, which refers.
std::string whois_server(const Address& address);

// The answer of a server, until it hangs up. Throws Failure: temp_fail where nobody answers in
// time, data_error where the answer is too long.
std::string ask_whois(const Server& server, const Address& address, const Deadline& deadline,
                      Guard& guard);

}  // namespace ndr
