#include "ndr_triage/casework/policy.hpp"

#include <algorithm>

#include "ndr_triage/base/named.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::array column_names = std::to_array<Named<Column>>({
    {Column::elsewhere, "elsewhere"},
    {Column::home_with_telephone, "home-with-telephone"},
    {Column::home_without_telephone, "home-without-telephone"},
});

std::size_t row_of(Outcome failure) {
    const auto* found = std::find(failure_outcomes.begin(), failure_outcomes.end(), failure);
    return static_cast<std::size_t>(found - failure_outcomes.begin());
}

}  // namespace

Policy Policy::standard() {
    using enum FollowUpKind;
    Policy policy;
    policy.cells = {{
        {{{block}, {call}, {block}}},
        {{{block, report, notice}, {call, notice}, {block, report, notice}}},
        {{{block, report}, {call}, {block, report}}},
    }};
    return policy;
}

const Cell& Policy::cell(Outcome failure, Column column) const {
    return cells.at(row_of(failure)).at(static_cast<std::size_t>(column));
}

Cell& Policy::cell(Outcome failure, Column column) {
    return cells.at(row_of(failure)).at(static_cast<std::size_t>(column));
}

std::string_view text(Column column) {
    return name_in(column_names, column);
}

std::string text(const Cell& cell) {
    if (cell.empty()) return "nothing";
    std::vector<std::string> words;
    for (const auto kind : cell)
        words.emplace_back(text(kind));
    return joined(words, ", ");
}

std::optional<Cell> cell_of(std::string_view text) {
    Cell cell;
    if (trimmed(text) == "nothing") return cell;
    for (const auto word : split(text, ',')) {
        const auto kind = follow_up_kind_of(trimmed(word));
        if (!kind || *kind == FollowUpKind::lift) return std::nullopt;  // only ever proposed
        cell.insert(*kind);
    }
    return cell;
}

}  // namespace ndr
