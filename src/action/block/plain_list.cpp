#include "ndr_triage/action/block/plain_list.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "exported_file.hpp"
#include "ndr_triage/action/block/disjoint.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

const std::string mark = mark_of("#");

// The prefix of a line, and the end in its comment. nullopt: no prefix.
std::optional<PresentBlock> block_of(std::string_view line) {
    const auto sign = std::min(line.find('#'), line.size());
    const auto range = AddressRange::parse(trimmed(line.substr(0, sign)));
    if (!range) return std::nullopt;
    return PresentBlock{*range, end_in(line.substr(sign))};
}

}  // namespace

std::string PlainList::plan(const std::vector<ActiveBlock>& blocks, Instant now) const {
    std::string text = mark;
    for (const auto& part : disjoint(blocks, now))
        text += fmt::format("{}  # {}\n", part.prefix.text(), note_of(part));
    return text;
}

void PlainList::apply(const std::vector<ActiveBlock>& blocks, Instant now) const {
    write_exported(name(), path_, mark, plan(blocks, now));
}

std::vector<std::string> PlainList::verify(const std::vector<ActiveBlock>& blocks,
                                           Instant now) const {
    std::vector<std::string> found;
    const auto file = read_exported(name(), path_, mark);
    if (!file) found.push_back(path_ + ": missing");
    const std::string text = file.value_or("");
    std::vector<PresentBlock> present;
    for (const auto line : split_lines(text)) {
        if (const auto one = block_of(line))
            present.push_back(*one);
        else if (!trimmed(line).empty() && trimmed(line).front() != '#')
            found.push_back(fmt::format("{}: no prefix: {}", path_, printable(line)));
    }
    for (auto& fault : lines(differences(disjoint(blocks, now), present, now)))
        found.push_back(std::move(fault));
    return found;
}

}  // namespace ndr
