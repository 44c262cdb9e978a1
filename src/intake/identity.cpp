// Whose reply it is.
#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/date.hpp"

namespace ndr {

namespace {

constexpr auto longest_answer = std::chrono::days(60);
constexpr auto clock_skew = std::chrono::days(1);

// A Message-ID of ours: it stands in every copy of the complaint, so it is known to everyone who
// ever saw one, but to nobody else.
std::optional<Identity> by_message_id(Ledger& ledger, const ReplyFacts& facts) {
    if (const auto copy = copy_with_message_id(ledger, facts.original_message_id))
        return Identity{Trust::matched,
                        fmt::format("it returns our <{}>", facts.original_message_id), copy};
    for (const auto& message_id : facts.answers) {
        if (const auto copy = copy_with_message_id(ledger, message_id))
            return Identity{Trust::matched, fmt::format("it answers our <{}>", message_id), copy};
    }
    return std::nullopt;
}

std::vector<CopyPlace> copies_before(Ledger& ledger, const std::string& contact,
                                     Instant received_at) {
    if (contact.empty()) return {};
    return copies_to(ledger, comparable_address(contact), received_at - longest_answer,
                     received_at + clock_skew);
}

// The sender is a contact: that is as easy to forge as to see, and with several complaints to the
// same contact nobody can tell which one it answers.
std::optional<Identity> by_sender(Ledger& ledger, const ReplyFacts& facts, Instant received_at) {
    const auto copies = copies_before(ledger, facts.sender, received_at);
    if (copies.empty()) return std::nullopt;
    if (copies.size() == 1)
        return Identity{Trust::matched, "its sender is the contact of one complaint", copies[0]};
    return Identity{
        Trust::unknown,
        fmt::format("its sender is a contact of {} complaints; the latest is taken", copies.size()),
        copies[0]};
}

std::optional<Identity> by_recipient(Ledger& ledger, const Judgement& judgement,
                                     Instant received_at) {
    for (const auto& verdict : judgement.recipients) {
        for (const auto& recipient : {verdict.original_recipient, verdict.final_recipient}) {
            const auto copies = copies_before(ledger, recipient, received_at);
            if (!copies.empty())
                return Identity{Trust::unknown, "it names a contact, but no Message-ID of ours",
                                copies[0]};
        }
    }
    return std::nullopt;
}

}  // namespace

Identity identify(Ledger& ledger, const Judgement& judgement, Instant received_at) {
    if (auto identity = by_message_id(ledger, judgement.facts)) return *identity;
    if (auto identity = by_sender(ledger, judgement.facts, received_at)) return *identity;
    if (auto identity = by_recipient(ledger, judgement, received_at)) return *identity;
    return {Trust::unknown, "it names no complaint that the ledger knows", std::nullopt};
}

Instant received_at(const ReplyFacts& facts, Instant now) {
    auto at = received_date(facts.first_received);
    if (!at) at = parse_mail_date(facts.date);
    return std::min(at.value_or(now), now);
}

}  // namespace ndr
