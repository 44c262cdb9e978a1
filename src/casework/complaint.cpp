#include "ndr_triage/casework/complaint.hpp"

#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/date.hpp"

namespace ndr {

namespace {

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The address in a word of their characters; a label before it ("abuse:203.0.113.7", of which the
// word begins with "e:", for `is_cut`) and a port behind it are none of it.
std::optional<Address> address_in(std::string_view word, bool is_cut) {
    if (const auto colon = word.find(':'); is_cut && colon != std::string_view::npos)
        word.remove_prefix(colon + 1);
    while (!word.empty() && (word.back() == '.' || word.back() == ':'))
        word.remove_suffix(1);
    if (const auto address = Address::parse(word)) return address;
    for (const auto part : split(word, ':')) {
        if (const auto address = Address::parse(part)) return address;
    }
    return std::nullopt;
}

// The IP addresses that stand as words in a text; brackets and punctuation around them do not
// count.
std::vector<Address> ip_addresses_in(std::string_view text) {
    constexpr std::string_view address_chars = "0123456789abcdefABCDEF.:";
    std::vector<Address> found;
    for (std::size_t at = 0; at < text.size();) {
        const auto begin = text.find_first_of(address_chars, at);
        if (begin == std::string_view::npos) break;
        const auto end = std::min(text.find_first_not_of(address_chars, begin), text.size());
        const bool is_cut = begin > 0 && is_letter(text[begin - 1]);
        if (const auto address = address_in(text.substr(begin, end - begin), is_cut))
            found.push_back(*address);
        at = end;
    }
    return found;
}

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
    const auto in_subject = ip_addresses_in(complaint.subject);
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
