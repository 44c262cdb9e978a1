// casework/notice.hpp -- whose postmaster may be told that a mailbox fails.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ndr_triage/casework/policy.hpp"

namespace ndr {

// A name of RFC 2142 sections 3 to 5.
bool is_role_mailbox(std::string_view contact);

// The domain to send it to. nullopt for what is no role mailbox (RFC 2142 owes the world only
// those), an address literal or odd domain, our own domains and those below them, and the domains
// of registries and mail providers, whose postmasters answer for nobody's contact.
std::optional<std::string> notice_domain(const Policy& policy, const std::string& contact);

}  // namespace ndr
