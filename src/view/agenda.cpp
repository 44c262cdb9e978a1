#include "ndr_triage/view/agenda.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

struct Group {
    FollowUpState state;
    const char* meaning;
};

constexpr std::array groups{Group{FollowUpState::due, "carried out when their time has come"},
                            Group{FollowUpState::held, "wait for a person"},
                            Group{FollowUpState::proposed, "only shown"},
                            Group{FollowUpState::refused, "never carried out"}};

std::string follow_up_text(const FollowUpRow& row, Instant now) {
    const FollowUp& follow_up = row.follow_up;
    std::string text = "  " + printable(description_of(follow_up.deed));
    if (follow_up.state == FollowUpState::due && follow_up.due_at > now)
        text += ", not before " + local_text(follow_up.due_at);
    text += fmt::format("\n      complaint {} about {}", row.complaint, row.address.text());
    return text + fmt::format("\n      why: {}\n", printable(follow_up.reason));
}

}  // namespace

std::string agenda_text(const Agenda& agenda, Instant now) {
    std::string text;
    if (!agenda.held.empty())
        text += fmt::format("{} messages in hold to be tried once more: 'hold list' shows them\n\n",
                            agenda.held.size());
    if (agenda.cases > 0)
        text += fmt::format("{} cases whose time has come are decided again\n\n", agenda.cases);
    for (const auto& group : groups) {
        std::string lines;
        std::size_t count = 0;
        for (const auto& row : agenda.follow_ups) {
            if (row.follow_up.state != group.state) continue;
            lines += follow_up_text(row, now);
            ++count;
        }
        if (count > 0)
            text += fmt::format("{} ({}): {}\n{}\n", ndr::text(group.state), count, group.meaning,
                                lines);
    }
    return text.empty() ? "nothing to do\n" : text;
}

}  // namespace ndr
