// casework/cases.hpp -- for the tests of this folder: case files in a few words, and decisions as
// text. Addresses are documentation space (RFC 5737), so the policy allows to block it.
#pragma once

#include <fmt/core.h>

#include <string>
#include <vector>

#include "ndr_triage/casework/decide.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr::cases {

inline constexpr Instant sent{std::chrono::seconds(1791792000)};  // 2026-10-12 08:00:00 UTC

inline Instant after(Seconds span) {
    return sent + span;
}
using std::chrono::days;
using std::chrono::hours;

inline Policy policy() {
    Policy result = Policy::standard();
    result.allow_documentation = true;
    result.asks_mail_hosts = true;
    return result;
}

// The network publishes these contacts for abuse, and no others.
inline void publish(CaseFile& file, const std::vector<std::string>& contacts) {
    file.network.contacts.clear();
    for (const auto& contact : contacts)
        file.network.contacts.push_back({ContactRole::abuse, contact, "", "", {}});
}

// A complaint about 198.51.100.23, a copy for each contact that its network publishes.
inline CaseFile case_of(const std::vector<std::string>& contacts) {
    CaseFile file;
    file.complaint.id = 42;
    file.complaint.address = Address::parse("198.51.100.23").value();
    file.complaint.sent_at = sent;
    for (const auto& contact : contacts)
        file.complaint.copies.push_back({contact, "c42@example.org"});
    file.network.range = AddressRange::parse("198.51.100.0/24").value();
    file.network.registry = Rir::apnic;
    file.network.country = "ZZ";
    file.network.authority = Authority::registry;
    publish(file, contacts);
    return file;
}

// What a reply is worth: who wrote it and what ties it to the complaint.
struct Proof {
    Trust trust = Trust::unknown;
    bool is_born_here = false;
};
inline constexpr Proof signed_born_here{Trust::is_signed, true};
inline constexpr Proof signed_from_outside{Trust::is_signed, false};
inline constexpr Proof matched_born_here{Trust::matched, true};
inline constexpr Proof matched_from_outside{Trust::matched, false};
inline constexpr Proof unknown{Trust::unknown, false};

// A reply to copy `copy` of the file that says `outcome` of that contact.
inline FiledReply reply(const CaseFile& file, std::size_t copy, Outcome outcome, Proof proof,
                        Instant received_at = after(hours(1))) {
    FiledReply result;
    result.received_at = received_at;
    result.recorded_at = received_at;
    result.trust = proof.trust;
    result.is_born_here = proof.is_born_here;
    result.outcome = outcome;
    result.copy = copy;
    const std::string& contact = file.complaint.copies.at(copy).contact;
    if (outcome == Outcome::acknowledged) {
        result.sender = contact;
    } else {
        result.sender = "mailer-daemon@mail.example.org";
        result.verdicts = {{contact, contact, outcome}};
    }
    return result;
}

// Of another complaint, a day before.
inline KnownFollowUp due(Deed deed, Instant due_at) {
    return {7, after(-days(1)), std::move(deed), due_at, std::nullopt};
}
inline KnownFollowUp done(Deed deed, Instant done_at) {
    return {7, after(-days(1)), std::move(deed), done_at, done_at};
}
inline KnownFailure known_failure(const std::string& contact,
                                  Outcome outcome = Outcome::recipient_unknown) {
    return {7,
            contact,
            outcome,
            Trust::is_signed,
            FollowUpState::due,
            after(-days(2)),
            after(-days(2))};
}

using Lines = std::vector<std::string>;

// "due block 198.51.100.0/24", in the order of the decision.
inline Lines follow_ups(const Decision& decision) {
    Lines lines;
    for (const auto& follow_up : decision.follow_ups)
        lines.push_back(fmt::format("{} {} {}", text(follow_up.state),
                                    text(kind_of(follow_up.deed)), target_of(follow_up.deed)));
    return lines;
}

// Everything a decision says.
inline std::string whole_text(const Decision& decision) {
    std::string result = decision.why + "\n";
    for (const auto& contact : decision.contacts)
        result +=
            fmt::format("{} {} {} {} {} {} {}\n", contact.contact, static_cast<int>(contact.state),
                        text(contact.outcome), text(contact.allows), unix_seconds(contact.due_at),
                        contact.has_worked, contact.why);
    for (const auto& follow_up : decision.follow_ups)
        result += fmt::format("{} {} {} {} {} {}\n", text(follow_up.state),
                              description_of(follow_up.deed), unix_seconds(follow_up.due_at),
                              follow_up.outcome ? text(*follow_up.outcome) : "-",
                              text(follow_up.trust), follow_up.reason);
    for (const auto& reason : decision.seen_to)
        result += reason + "\n";
    if (decision.look_again)
        result += fmt::format("again {}\n", unix_seconds(*decision.look_again));
    return result;
}

}  // namespace ndr::cases
