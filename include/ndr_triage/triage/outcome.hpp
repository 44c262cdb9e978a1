// triage/outcome.hpp -- what a reply says about a contact, in the words used everywhere: code,
// ledger, JSON, rules and documentation.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace ndr {

// The first three may lead to a block; the last four may not lead to anything.
enum class Outcome {
    mailbox_full,       // a mail host answered: the mailbox exists and is over its quota
    recipient_unknown,  // a mail host answered: no such mailbox, or disabled, closed, moved
    lost_connection,    // no mail host took the message
    acknowledged,       // it arrived
    refused,            // a host answered and did not want this message; every fault that is ours
    delayed,            // not final
    undetermined,       // final, but why is missing, unknown or contradictory
    unrelated,          // answers nothing
};
inline constexpr std::array all_outcomes{
    Outcome::mailbox_full, Outcome::recipient_unknown, Outcome::lost_connection,
    Outcome::acknowledged, Outcome::refused,           Outcome::delayed,
    Outcome::undetermined, Outcome::unrelated,
};

// True for the outcomes that say the contact does not work.
constexpr bool is_failure(Outcome outcome) {
    return outcome == Outcome::mailbox_full || outcome == Outcome::recipient_unknown ||
           outcome == Outcome::lost_connection;
}

// How the message is built.
enum class Form {
    dsn,              // RFC 3464, RFC 6533
    bounce,           // any other non-delivery notification
    auto_reply,       // RFC 3834 and older marks
    reply,            // written by a person
    mdn,              // RFC 8098
    feedback_report,  // RFC 5965
    other,
};

enum class Acknowledgement {
    ticket,
    vacation,
    automatic,
    redirected,
    person,
    displayed,
    delivered
};

std::string_view text(Outcome outcome);  // "mailbox-full"
std::string_view text(Form form);        // "auto-reply"
std::string_view text(Acknowledgement acknowledgement);

std::optional<Outcome> outcome_of(std::string_view text);
std::optional<Form> form_of(std::string_view text);
std::optional<Acknowledgement> acknowledgement_of(std::string_view text);

}  // namespace ndr
