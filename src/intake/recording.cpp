#include "ndr_triage/intake/recording.hpp"

#include <fmt/core.h>

#include "born_here.hpp"
#include "envelope_token.hpp"
#include "ndr_triage/casework/complaint_tokens.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

// "" if the token proves the complaint, which then has the Message-IDs of all its copies.
std::string fault_of(const House& house, const std::optional<FoundToken>& found,
                     Complaint& complaint, Instant now) {
    if (!found) return "no token in its envelope recipient";
    const Token& token = found->token;
    const Key* key = house.keyring.find(token.key);
    if (key == nullptr) return fmt::format("no key '{}' is known here", token.key);
    if (!is_record_of(token, *key, complaint))
        return "the token in its envelope recipient is not of this complaint";
    if (now > complaint.sent_at + house.token_age)
        return fmt::format("its token is older than {}", span_text(house.token_age));
    complaint.token_key = token.key;
    complaint.token_number = token.number;
    const std::string domain(domain_of(complaint.copies.front().message_id));
    sign_copies(*key, domain, complaint);
    return {};
}

}  // namespace

Recorded record_from_mail(Ledger& ledger, const House& house, const RawMessage& message,
                          const Envelope& envelope, const ReplyFacts& facts, Instant now) {
    Recorded recorded;
    const auto& own = house.policy.own_addresses;
    auto reading = read_complaint(facts, std::nullopt, {own.begin(), own.end()}, now);
    if (!reading.complaint) {
        recorded.fault = "no complaint: " + reading.fault;
        return recorded;
    }
    recorded.is_complaint = true;
    recorded.complaint = std::move(*reading.complaint);
    recorded.fault = fault_of(house, token_of_envelope(envelope, facts), recorded.complaint, now);
    if (!recorded.fault.empty() && !is_born_here(facts, envelope.client, house.own_mta)) {
        recorded.fault = "nothing proves that this complaint is ours: " + recorded.fault;
        return recorded;
    }
    recorded.fault.clear();
    recorded.receipt = take_in_complaint(ledger, house, recorded.complaint, message.digest, now);
    return recorded;
}

}  // namespace ndr
