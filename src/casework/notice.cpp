#include "ndr_triage/casework/notice.hpp"

#include <algorithm>
#include <array>

#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/network/mail_domains.hpp"

namespace ndr {

namespace {

bool is_own_domain(const Policy& policy, const std::string& domain) {
    return std::any_of(
        policy.own_domains.begin(), policy.own_domains.end(),
        [&](const std::string& own) { return domain == own || domain.ends_with("." + own); });
}

}  // namespace

bool is_role_mailbox(std::string_view contact) {
    static constexpr std::array<std::string_view, 15> roles{
        "abuse", "noc",  "security", "postmaster", "hostmaster", "usenet", "news",   "webmaster",
        "www",   "uucp", "ftp",      "info",       "marketing",  "sales",  "support"};
    return std::find(roles.begin(), roles.end(), local_part(contact)) != roles.end();
}

std::optional<std::string> notice_domain(const Policy& policy, const std::string& contact) {
    const std::string domain(domain_of(contact));
    if (!is_role_mailbox(contact) || !is_plain_address("postmaster@" + domain)) return std::nullopt;
    if (is_own_domain(policy, domain) || is_registry_domain(domain) || is_provider_domain(domain))
        return std::nullopt;
    return domain;
}

}  // namespace ndr
