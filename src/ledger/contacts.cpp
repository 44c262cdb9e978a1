#include "ndr_triage/ledger/contacts.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/named.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/network/mail_domains.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

using State = ContactHistory::State;

constexpr std::array state_names = std::to_array<Named<State>>({
    {State::unknown, "unknown"},
    {State::working, "working"},
    {State::failing, "failing"},
});

// The copies of one contact, in the order of what they say; what says nothing comes first.
constexpr const char* copies =
    "SELECT address, state, allows, outcome, stands_since, due_at, was_sent, answered_at FROM "
    "contact "
    "JOIN copy ON copy.contact = contact.id ";
constexpr const char* order = "ORDER BY address, stands_since, complaint";

// Takes copies in the order of time.
class Chronicle {
public:
    Chronicle(std::string address, const Policy& policy, Instant now)
        : dead_term_(policy.dead_term), now_(now) {
        history_.address = std::move(address);
    }

    void take(Statement& row) {
        ++history_.complaints;
        if (!row.flag(6)) return;
        const std::string state = row.text(1);
        if (state == "works") {
            ++history_.acknowledgements;
            history_.state = State::working;
            history_.last_worked = row.instant(4);
            history_.failing_since.reset();
            history_.known_dead_until.reset();
        } else if (state == "failed" && row.text(2) != "proposed") {
            fail(row);
        }
    }

    const ContactHistory& history() const { return history_; }

private:
    void fail(Statement& row) {
        const Instant at = row.instant(4);
        ++history_.failures;
        history_.state = State::failing;
        history_.last_failure = at;
        history_.last_outcome = outcome_of(row.text(3));
        if (!history_.failing_since) history_.failing_since = at;
        const bool is_certain = row.text(2) == "due" && row.instant(5) <= now_;
        const bool is_tried_again = !row.is_null(7) && at <= row.instant(7);
        if (is_tried_again) return;
        if (is_certain && now_ < at + dead_term_) history_.known_dead_until = at + dead_term_;
    }

    ContactHistory history_;
    Seconds dead_term_;
    Instant now_;
};

}  // namespace

ContactHistory contact_history(Ledger& ledger, const std::string& address, const Policy& policy,
                               Instant now) {
    const std::string sql = std::string(copies) + "WHERE address = ? " + order;
    Statement row(ledger, sql);
    row.bind(address);
    Chronicle chronicle(address, policy, now);
    while (row.step())
        chronicle.take(row);
    return chronicle.history();
}

std::vector<ContactHistory> list_contacts(Ledger& ledger, const Policy& policy, Instant now) {
    const std::string sql = std::string(copies) + order;
    Statement row(ledger, sql);
    std::vector<Chronicle> chronicles;
    while (row.step()) {
        std::string address = row.text(0);
        if (chronicles.empty() || chronicles.back().history().address != address)
            chronicles.emplace_back(std::move(address), policy, now);
        chronicles.back().take(row);
    }
    std::vector<ContactHistory> contacts;
    contacts.reserve(chronicles.size());
    for (const auto& chronicle : chronicles)
        contacts.push_back(chronicle.history());
    return contacts;
}

std::string reason_not_to_mail(const ContactHistory& contact, const Policy& policy) {
    if (!is_plain_address(contact.address)) return "it is no plain mail address";
    if (is_placeholder(contact.address)) return "it is a placeholder, nobody's mailbox";
    if (is_registry_domain(domain_of(contact.address))) return "it is a registry's own address";
    if (policy.own_addresses.count(contact.address) > 0) return "it is an address of ours";
    if (contact.is_known_dead())
        return fmt::format("it is known dead until {}: {} on {}",
                           iso_text(*contact.known_dead_until),
                           text(contact.last_outcome.value_or(Outcome::undetermined)),
                           iso_text(*contact.last_failure));
    return {};
}

std::string_view text(State state) {
    return name_in(state_names, state);
}

}  // namespace ndr
