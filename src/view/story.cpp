#include "ndr_triage/view/story.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/ledger/cases.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/ledger/probes.hpp"
#include "ndr_triage/ledger/replies.hpp"
#include "ndr_triage/ledger/rulings.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/view/classification.hpp"

namespace ndr {

namespace {

struct Event {
    Instant at{};
    std::string kind;
    Value complaint;
    std::string what;
};

// The complaints a story is about, and a contact's replies that belong to none.
struct Scope {
    std::string subject;
    std::vector<std::int64_t> complaints;
    std::string recipient;
    std::optional<AddressRange> range{};  // whose blocks by hand belong to it
};

std::string network_line(const Network& network) {
    std::string line = "network " + network.range.text();
    if (network.registry) line += ", " + std::string(display_name(*network.registry));
    if (!network.country.empty()) line += ", " + printable(network.country);
    return line + fmt::format(" ({}, {})", text(network.authority), printable(network.source));
}

Scope scope_of_address(Ledger& ledger, const Address& address, Instant now) {
    const auto known = find_network(ledger, address);
    const Network network = known ? known->network : guessed_network(address, now);
    return {fmt::format("{}: {}", address.text(), network_line(network)),
            complaints_about(ledger, network.range),
            {},
            network.range};
}

// A slip of the finger in an address or a prefix is none: no top-level domain is a number.
bool is_domain(std::string_view name) {
    const auto last = name.substr(name.rfind('.') + 1);
    return last.size() < name.size() && name.find_first_of("@/: ") == std::string_view::npos &&
           last.find_first_not_of("0123456789") != std::string_view::npos;
}

Scope scope_of(Ledger& ledger, const std::string& what, Instant now) {
    if (const auto address = Address::parse(what)) return scope_of_address(ledger, *address, now);
    if (const auto range = AddressRange::parse(what))
        return {range->text(), complaints_about(ledger, *range), {}, *range};
    const std::string name = comparable_address(what);
    if (!local_part(name).empty() && !domain_of(name).empty())
        return {"contact " + printable(name), complaints_to(ledger, name), name};
    if (is_domain(name))
        return {"domain " + printable(name), complaints_to_domain(ledger, name), {}};
    throw UsageError(
        fmt::format("status: '{}' is no address, prefix, contact or domain", printable(what)));
}

void add_complaint(Ledger& ledger, std::int64_t id, std::vector<Event>& events) {
    const Complaint complaint = get_complaint(ledger, id);
    std::vector<std::string> contacts;
    for (const auto& copy : complaint.copies)
        contacts.push_back(copy.contact);
    events.push_back(
        {complaint.sent_at, "complaint", id,
         fmt::format("about {} to {}", complaint.address.text(), joined(contacts, ", "))});
}

void add_replies(Ledger& ledger, const ReplyFilter& filter, std::vector<Event>& events) {
    for (const auto& row : list_replies(ledger, filter)) {
        std::string what = outcome_text(row.outcome, row.acknowledgement);
        if (!row.recipient.empty()) what += ", " + row.recipient;
        what += fmt::format(" (reply {}, {}, {})", row.id, text(row.form), text(row.trust));
        events.push_back({row.received_at, "reply", row.complaint ? Value(*row.complaint) : Value(),
                          std::move(what)});
    }
}

void add_follow_ups(Ledger& ledger, std::int64_t complaint, std::vector<Event>& events) {
    for (const auto& row : list_follow_ups(ledger, {complaint, false})) {
        const std::string what = description_of(row.follow_up.deed);
        const auto state = row.done_at ? FollowUpState::due : row.follow_up.state;
        events.push_back({row.decided_at, "decided", complaint,
                          fmt::format("{}: {}; {}", text(state), what, row.follow_up.reason)});
        if (row.done_at) events.push_back({*row.done_at, "done", complaint, what});
    }
}

void add_ruling(const Ruling& ruling, Value complaint, std::vector<Event>& events) {
    events.push_back({ruling.at, "ruled", std::move(complaint),
                      fmt::format("{} {}: {}", text(ruling.kind), printable(ruling.target),
                                  printable(description_of(ruling)))});
}

void add_rulings_by_hand(Ledger& ledger, const AddressRange& range, std::vector<Event>& events) {
    for (const auto& ruling : rulings_by_hand(ledger)) {
        const auto target = AddressRange::parse(ruling.target);
        if (target && target->overlaps(range)) add_ruling(ruling, Value(), events);
    }
}

// What was found at their mail hosts, once, whichever of the complaints asked for it.
void add_probes(Ledger& ledger, const std::vector<std::int64_t>& complaints,
                std::vector<Event>& events) {
    std::map<std::string, Instant> since;
    for (const auto id : complaints) {
        const Complaint complaint = get_complaint(ledger, id);
        for (const auto& copy : complaint.copies) {
            auto& first = since.emplace(domain_of(copy.contact), complaint.sent_at).first->second;
            first = std::min(first, complaint.sent_at);
        }
    }
    for (const auto& [domain, at] : since) {
        for (const auto& probe : probes_of(ledger, domain, at))
            events.push_back({probe.asked_at, "asked", Value(),
                              fmt::format("mail host of {}: {}: {}", printable(domain),
                                          text(probe.answer.state), probe.answer.detail)});
    }
}

std::string standing_of(Ledger& ledger, const Policy& policy, std::int64_t complaint, Instant now) {
    const Decision decision = decide(policy, load_case(ledger, complaint, policy, now), now);
    std::string text = fmt::format("complaint {}: {}\n", complaint, decision.why);
    for (const auto& contact : decision.contacts)
        text += fmt::format("  contact {}\n", printable(contact.why));
    for (const auto& reason : decision.seen_to)
        text += fmt::format("  not again: {}\n", printable(reason));
    if (decision.look_again)
        text += fmt::format("  decided again at {}\n", local_text(*decision.look_again));
    return text;
}

Listing listing_of(std::vector<Event> events) {
    std::stable_sort(events.begin(), events.end(),
                     [](const Event& a, const Event& b) { return a.at < b.at; });
    Listing listing{
        {{"at", "TIME"}, {"event", "EVENT"}, {"complaint", "COMPLAINT"}, {"what", "WHAT"}}, {}};
    for (auto& event : events)
        listing.rows.push_back(
            {iso_text(event.at), event.kind, event.complaint, std::move(event.what)});
    return listing;
}

}  // namespace

Story story_of(Ledger& ledger, const Policy& policy, const std::string& what, Instant now) {
    Story story;
    ledger.read([&] {
        const Scope scope = scope_of(ledger, what, now);
        story.subject = scope.subject;
        std::vector<Event> events;
        for (const auto complaint : scope.complaints) {
            add_complaint(ledger, complaint, events);
            ReplyFilter filter;
            filter.complaint = complaint;
            add_replies(ledger, filter, events);
            add_follow_ups(ledger, complaint, events);
            for (const auto& ruling : rulings_on(ledger, complaint))
                add_ruling(ruling, complaint, events);
            story.standing += standing_of(ledger, policy, complaint, now);
        }
        add_probes(ledger, scope.complaints, events);
        if (!scope.recipient.empty()) {
            ReplyFilter filter;
            filter.recipient = scope.recipient;
            filter.without_complaint = true;
            add_replies(ledger, filter, events);
        }
        if (scope.range) add_rulings_by_hand(ledger, *scope.range, events);
        story.events = listing_of(std::move(events));
    });
    return story;
}

}  // namespace ndr
