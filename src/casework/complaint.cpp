#include "ndr_triage/casework/complaint.hpp"

#include <algorithm>

#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/date.hpp"
#include "ndr_triage/network/address_words.hpp"

namespace ndr {

namespace {

std::vector<ComplaintCopy> copies_of(const ReplyFacts& facts, const std::vector<std::string>& own) {
    std::vector<ComplaintCopy> copies;
    for (const auto& address : facts.to) {
        ComplaintCopy copy{comparable_address(address), facts.message_id};
        const bool known = std::any_of(copies.begin(), copies.end(), [&](const ComplaintCopy& c) {
            return c.contact == copy.contact;
        });
        const bool ours = std::find(own.begin(), own.end(), copy.contact) != own.end();
        if (!known && !ours) copies.push_back(std::move(copy));
    }
    return copies;
}

}  // namespace

ComplaintReading read_complaint(const ReplyFacts& facts, const std::optional<Address>& address,
                                const std::vector<std::string>& own, Instant now) {
    Complaint complaint;
    complaint.subject = facts.subject;
    const auto in_subject = addresses_in_words(complaint.subject);
    if (address) {
        complaint.address = *address;
    } else if (in_subject.empty()) {
        return {std::nullopt, "no IP address in its Subject: name the attacker with --ip ADDRESS"};
    } else if (std::any_of(in_subject.begin(), in_subject.end(),
                           [&](const Address& a) { return a != in_subject.front(); })) {
        return {std::nullopt,
                "several IP addresses in its Subject: name the attacker with --ip ADDRESS"};
    } else {
        complaint.address = in_subject.front();
    }
    complaint.copies = copies_of(facts, own);
    if (complaint.copies.empty()) return {std::nullopt, "no contact in its To or Cc"};
    complaint.sent_at = parse_mail_date(facts.date).value_or(now);
    return {std::move(complaint), ""};
}

}  // namespace ndr
