#include "ndr_triage/ledger/contacts.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/network/mail_domains.hpp"
namespace ndr {
ContactHistory contact_history(Ledger&, const std::string& address, const Policy&, Instant) {
    ContactHistory history;
    history.address = address;
    return history;
}
std::string reason_not_to_mail(const ContactHistory& contact, const Policy&) {
    if (!is_plain_address(contact.address)) return "it is no address that mail is sent to";
    if (is_placeholder(contact.address)) return "it is a placeholder";
    return {};
}
}  // namespace ndr
