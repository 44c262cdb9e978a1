// fetch/mail_host.hpp -- asks from here whether anybody takes mail for a domain (RFC 5321 section
// 5.1): a greeting is all that is wanted, no mail is sent.
//
// What could be a fault of this host or of its resolver is unsure: only the mail hosts' own silence
// is unreachable.
#pragma once

#include <string>
#include <vector>

#include "connection.hpp"
#include "dns.hpp"
#include "ndr_triage/network/fetched.hpp"
#include "ndr_triage/network/mail_host.hpp"

namespace ndr {

// How long one address is waited for. A host may make strangers wait for its greeting.
struct Patience {
    std::chrono::milliseconds connecting{5000};
    std::chrono::milliseconds greeting{12000};
};

// Connects and, with `wants_greeting`, waits for the first line.
MailHostAnswer ask_address(const Address& address, int port, bool wants_greeting,
                           const Patience& patience, const Deadline& deadline);

// Asks the mail hosts of a domain, or of an address literal ("[192.0.2.1]"), until one answers; ten
// addresses at most. Before and after, one of the control hosts must answer: on port 25 with a
// greeting, elsewhere by taking the connection. Else offline.
//
// Many providers let nobody out to port 25: unless a control host answered there, a mail host that
// cannot be reached is unsure, and only DNS can tell that there is none.
MailHostAnswer ask_mail_host(const std::vector<Server>& controls, const std::string& domain,
                             const Deadline& deadline);

}  // namespace ndr
