#include "ndr_triage/view/lists.hpp"

#include "ndr_triage/view/classification.hpp"

namespace ndr {

namespace {

Value optional_value(const std::optional<std::int64_t>& number) {
    if (!number) return std::monostate{};
    return *number;
}

Value time_value(const std::optional<Instant>& at) {
    return at ? Value(iso_text(*at)) : Value();
}

std::string state_text(const FollowUpRow& row) {
    return row.done_at ? "done" : std::string(text(row.follow_up.state));
}

}  // namespace

Listing listing_of(const std::vector<ReplyRow>& rows) {
    Listing listing{{{"id", "ID"},
                     {"received_at", "RECEIVED"},
                     {"outcome", "OUTCOME"},
                     {"acknowledgement", ""},
                     {"form", "FORM"},
                     {"trust", "TRUST"},
                     {"complaint", "COMPLAINT"},
                     {"recipient", "ABOUT"},
                     {"rule", ""},
                     {"subject", "SUBJECT"}},
                    {}};
    for (const auto& row : rows) {
        const auto& kind = row.acknowledgement;
        listing.rows.push_back({row.id, iso_text(row.received_at), std::string(text(row.outcome)),
                                kind ? Value(std::string(text(*kind))) : Value(),
                                std::string(text(row.form)), std::string(text(row.trust)),
                                optional_value(row.complaint), text_value(row.recipient),
                                text_value(row.rule), text_value(row.subject)});
    }
    return listing;
}

Listing listing_of(const std::vector<NetworkRow>& rows) {
    Listing listing{{{"id", "ID"},
                     {"network", "NETWORK"},
                     {"registry", "REGISTRY"},
                     {"country", "COUNTRY"},
                     {"name", "NAME"},
                     {"authority", "AUTHORITY"},
                     {"source", ""},
                     {"dated", "DATED"},
                     {"complaints", "COMPLAINTS"},
                     {"open_follow_ups", "OPEN"},
                     {"contacts", ""},
                     {"telephone", ""},
                     {"handle", ""},
                     {"contacts_changed_at", ""},
                     {"organisation", ""},
                     {"region", ""}},
                    {}};
    for (const auto& row : rows) {
        const Network& network = row.network;
        listing.rows.push_back(
            {row.id, network.range.text(),
             network.registry ? Value(std::string(text(*network.registry))) : Value(),
             text_value(network.country), text_value(network.name),
             std::string(text(network.authority)), network.source, iso_text(network.dated),
             row.complaints, row.open_follow_ups, complaint_contacts(network),
             text_value(network.telephone), text_value(network.handle),
             network.contacts_changed_at ? Value(iso_text(*network.contacts_changed_at)) : Value(),
             text_value(network.organisation), text_value(network.region)});
    }
    return listing;
}

Listing listing_of(const std::vector<FollowUpRow>& rows) {
    Listing listing{{{"id", "ID"},
                     {"state", "STATE"},
                     {"kind", ""},
                     {"target", ""},
                     {"description", "WHAT"},
                     {"due_at", "NOT BEFORE"},
                     {"complaint", "COMPLAINT"},
                     {"address", "ATTACKER"},
                     {"reason", "WHY"}},
                    {}};
    for (const auto& row : rows) {
        const FollowUp& follow_up = row.follow_up;
        const bool is_dated = follow_up.state == FollowUpState::due;
        listing.rows.push_back({row.id, state_text(row), std::string(text(kind_of(follow_up.deed))),
                                target_of(follow_up.deed), description_of(follow_up.deed),
                                is_dated ? Value(iso_text(follow_up.due_at)) : Value(),
                                row.complaint, row.address.text(), follow_up.reason});
    }
    return listing;
}

Listing listing_of(const std::vector<HeldMessage>& rows) {
    Listing listing{{{"number", "N"},
                     {"name", "NAME"},
                     {"held_at", "HELD"},
                     {"size", "OCTETS"},
                     {"was_retried", "RETRIED"},
                     {"recipient", ""},
                     {"sender", ""},
                     {"path", ""},
                     {"reason", "WHY"}},
                    {}};
    std::int64_t number = 0;
    for (const auto& row : rows) {
        listing.rows.push_back(
            {++number, row.name, iso_text(row.reason.held_at), static_cast<std::int64_t>(row.size),
             row.was_retried, text_value(row.reason.envelope.recipient),
             text_value(row.reason.envelope.sender), row.path, row.reason.reason});
    }
    return listing;
}

Listing listing_of(const std::vector<ContactHistory>& rows) {
    Listing listing{{{"address", "CONTACT"},
                     {"state", "STATE"},
                     {"last_outcome", "LAST FAILURE"},
                     {"failing_since", "SINCE"},
                     {"last_failure", ""},
                     {"last_worked", "LAST WORKED"},
                     {"known_dead_until", "DEAD UNTIL"},
                     {"complaints", "COMPLAINTS"},
                     {"failures", "FAILED"},
                     {"acknowledgements", "ACKNOWLEDGED"}},
                    {}};
    for (const auto& row : rows)
        listing.rows.push_back(
            {row.address, std::string(text(row.state)),
             row.last_outcome ? Value(std::string(text(*row.last_outcome))) : Value(),
             time_value(row.failing_since), time_value(row.last_failure),
             time_value(row.last_worked), time_value(row.known_dead_until), row.complaints,
             row.failures, row.acknowledgements});
    return listing;
}

Listing listing_of(const std::vector<RunningBlock>& rows) {
    Listing listing{{{"id", "ID"},
                     {"network", "NETWORK"},
                     {"begins_at", "SINCE"},
                     {"ends_at", "UNTIL"},
                     {"complaint", "COMPLAINT"},
                     {"reason", "WHY"}},
                    {}};
    for (const auto& row : rows)
        listing.rows.push_back({row.id, row.block.range.text(), iso_text(row.begins_at),
                                iso_text(row.ends_at),
                                row.complaint == 0 ? Value() : Value(row.complaint), row.reason});
    return listing;
}

void Tally::add(const Judgement& judgement, Filing filing) {
    auto& counts = counts_.at(static_cast<std::size_t>(judgement.outcome));
    switch (filing) {
        case Filing::recorded:
            ++counts.recorded;
            break;
        case Filing::raised:
            ++counts.raised;
            break;
        case Filing::repeated:
            ++counts.repeated;
            break;
        case Filing::mail_test:
            break;
    }
}

Listing Tally::listing() const {
    Listing listing{{{"outcome", "OUTCOME"},
                     {"recorded", "NEW"},
                     {"raised", "RAISED"},
                     {"repeated", "KNOWN BEFORE"}},
                    {}};
    Counts all;
    for (const auto outcome : all_outcomes) {
        const auto& counts = counts_.at(static_cast<std::size_t>(outcome));
        all.recorded += counts.recorded;
        all.raised += counts.raised;
        all.repeated += counts.repeated;
        if (counts.recorded + counts.raised + counts.repeated > 0)
            listing.rows.push_back(
                {std::string(text(outcome)), counts.recorded, counts.raised, counts.repeated});
    }
    listing.rows.push_back({std::string("all"), all.recorded, all.raised, all.repeated});
    return listing;
}

std::size_t Tally::count() const {
    std::int64_t all = 0;
    for (const auto& counts : counts_)
        all += counts.recorded + counts.raised + counts.repeated;
    return static_cast<std::size_t>(all);
}

}  // namespace ndr
