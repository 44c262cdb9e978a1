// network/mail_domains.hpp -- addresses and domains that are nobody's abuse desk: the registries'
// own, placeholders of theirs, and the mail providers of the world.
//
// The lists are data: src/network/mail-domains.table. Letter case and a trailing dot do not matter.
#pragma once

#include <string_view>

namespace ndr {

// An address that a registry publishes where it has none: "removed@lacnic.net", "abuse@lacnic.net",
// a local part such as "redacted" or "no-contact", a reserved domain of RFC 2606 that is a dummy
// ("invalid"). Never to be mailed.
bool is_placeholder(std::string_view address);

// A domain, or one below it, of a regional or national registry: "apnic.net", "nic.ad.jp".
bool is_registry_domain(std::string_view domain);

// A domain where anybody may have a mailbox: "gmail.com". Its postmaster is nobody's contact.
bool is_provider_domain(std::string_view domain);

}  // namespace ndr
