#include "ndr_triage/view/review.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

bool waits_for_person(const FollowUpRow& row) {
    const FollowUpState state = row.follow_up.state;
    return !row.done_at && state != FollowUpState::due && state != FollowUpState::dismissed;
}

bool belongs(const ReviewGroup& group, const FollowUpRow& row) {
    return group.network == row.network && group.outcome == row.follow_up.outcome &&
           group.trust == row.follow_up.trust;
}

std::string outcome_of_group(const ReviewGroup& group) {
    return group.outcome ? std::string(text(*group.outcome)) : "no contact";
}

// What several complaints ask for stands there once, with all their numbers.
struct Entry {
    std::string heading;
    std::vector<std::string> ids;
    std::vector<std::string> reasons;  // each once
};

void add_once(std::vector<std::string>& list, const std::string& text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(text);
}

std::vector<Entry> entries_of(const ReviewGroup& group) {
    std::vector<Entry> entries;
    for (const auto& row : group.rows) {
        std::string heading = fmt::format("{:<9}{}", text(row.follow_up.state),
                                          printable(description_of(row.follow_up.deed)));
        auto known = std::find_if(entries.begin(), entries.end(),
                                  [&](const Entry& entry) { return entry.heading == heading; });
        if (known == entries.end()) known = entries.insert(known, {std::move(heading), {}, {}});
        known->ids.push_back(std::to_string(row.id));
        add_once(known->reasons, printable(row.follow_up.reason));
    }
    return entries;
}

std::string heading_of(const ReviewGroup& group) {
    std::vector<std::int64_t> complaints;
    for (const auto& row : group.rows) {
        if (std::find(complaints.begin(), complaints.end(), row.complaint) == complaints.end())
            complaints.push_back(row.complaint);
    }
    return fmt::format("{}: {}, {} ({})\n", group.network.text(), outcome_of_group(group),
                       text(group.trust), counted(complaints.size(), "complaint"));
}

}  // namespace

std::vector<ReviewGroup> review_of(const std::vector<FollowUpRow>& rows) {
    std::vector<ReviewGroup> groups;
    for (const auto& row : rows) {
        if (!waits_for_person(row)) continue;
        auto group = std::find_if(groups.rbegin(), groups.rend(),
                                  [&](const ReviewGroup& known) { return belongs(known, row); });
        if (group == groups.rend()) {
            groups.push_back({row.network, row.follow_up.outcome, row.follow_up.trust, {}});
            group = groups.rbegin();
        }
        group->rows.push_back(row);
    }
    std::stable_sort(groups.begin(), groups.end(), [](const ReviewGroup& a, const ReviewGroup& b) {
        return std::tie(b.trust, a.network) < std::tie(a.trust, b.network);
    });
    return groups;
}

std::string review_text(const std::vector<ReviewGroup>& groups, std::size_t messages) {
    std::string result;
    for (const auto& group : groups) {
        result += heading_of(group);
        for (const auto& entry : entries_of(group)) {
            result += fmt::format("  {}  [{}]\n", entry.heading, joined(entry.ids, ", "));
            for (const auto& reason : entry.reasons)
                result += fmt::format("{:11}{}\n", "", reason);
        }
    }
    if (messages > 0)
        result += counted(messages, "message") + " in hold: 'ndr-triage hold list' shows why\n";
    return result.empty() ? "nothing to review\n" : result;
}

Listing listing_of(const std::vector<ReviewGroup>& groups, const std::vector<HeldMessage>& held) {
    Listing listing{{{"id", "ID"},
                     {"state", "STATE"},
                     {"network", "NETWORK"},
                     {"outcome", "OUTCOME"},
                     {"trust", "TRUST"},
                     {"kind", ""},
                     {"target", ""},
                     {"description", "WHAT"},
                     {"complaint", "COMPLAINT"},
                     {"reason", "WHY"}},
                    {}};
    for (const auto& group : groups) {
        for (const auto& row : group.rows) {
            const FollowUp& follow_up = row.follow_up;
            listing.rows.push_back(
                {row.id, std::string(text(follow_up.state)), row.network.text(),
                 group.outcome ? Value(std::string(text(*group.outcome))) : Value(),
                 std::string(text(group.trust)), std::string(text(kind_of(follow_up.deed))),
                 target_of(follow_up.deed), description_of(follow_up.deed), row.complaint,
                 follow_up.reason});
        }
    }
    const Value none;
    for (const auto& message : held)
        listing.rows.push_back({none, "held", none, none, none, "message", message.name,
                                "message in hold", none, message.reason.reason});
    return listing;
}

}  // namespace ndr
