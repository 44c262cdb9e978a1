// casework/notice.hpp -- whose postmaster may be told that a mailbox fails.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/casework/policy.hpp"

namespace ndr {

// The domain to send it to. nullopt for what is no role mailbox (RFC 2142 owes the world only
// those), an address literal or odd domain, our own domains and those below them, and the domains
// of registries and mail providers, whose postmasters answer for nobody's contact.
std::optional<std::string> notice_domain(const Policy& policy, const std::string& contact);

}  // namespace ndr
