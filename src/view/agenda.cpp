#include "ndr_triage/view/agenda.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

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

std::string heading_of(const FollowUp& follow_up, Instant now) {
    std::string text = "  " + printable(description_of(follow_up.deed));
    if (follow_up.state == FollowUpState::due && follow_up.due_at > now)
        text += ", not before " + local_text(follow_up.due_at);
    return text + "\n";
}

std::string reason_of(const FollowUpRow& row) {
    return fmt::format("      complaint {} about {}\n      why: {}\n", row.complaint,
                       row.address.text(), printable(row.follow_up.reason));
}

// The follow-ups of one state; what several complaints ask for stands there once, with the reason
// of each.
struct Section {
    std::vector<std::string> headings;
    std::vector<std::string> reasons;  // beside its heading

    void add(const FollowUpRow& row, Instant now) {
        const std::string heading = heading_of(row.follow_up, now);
        const auto known = std::find(headings.begin(), headings.end(), heading);
        if (known == headings.end()) {
            headings.push_back(heading);
            reasons.push_back(reason_of(row));
        } else {
            reasons[static_cast<std::size_t>(known - headings.begin())] += reason_of(row);
        }
    }
    std::string text() const {
        std::string result;
        for (std::size_t i = 0; i < headings.size(); ++i)
            result += headings[i] + reasons[i];
        return result;
    }
};

}  // namespace

std::string agenda_text(const Agenda& agenda, Instant now) {
    std::string text;
    if (!agenda.held.empty())
        text += fmt::format("{} in hold to be tried once more: 'hold list' shows them\n\n",
                            counted(agenda.held.size(), "message"));
    if (!agenda.waiting.empty())
        text += fmt::format("{} in retry folders to be moved into hold and tried\n\n",
                            counted(agenda.waiting.size(), "message"));
    if (agenda.cases > 0)
        text += fmt::format("{} decided again, for {} time has come\n\n",
                            counted(agenda.cases, "case"), agenda.cases == 1 ? "its" : "their");
    for (const auto& group : groups) {
        Section section;
        for (const auto& row : agenda.follow_ups) {
            if (row.follow_up.state == group.state) section.add(row, now);
        }
        if (!section.headings.empty())
            text += fmt::format("{} ({}): {}\n{}\n", ndr::text(group.state),
                                section.headings.size(), group.meaning, section.text());
    }
    return text.empty() ? "nothing to do\n" : text;
}

}  // namespace ndr
