#include "ndr_triage/action/block/nftables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "ndr_triage/action/block/differences.hpp"
#include "ndr_triage/action/block/disjoint.hpp"
#include "ndr_triage/base/text.hpp"
#include "nft_table.hpp"
#include "tool.hpp"

namespace ndr {

namespace {

const std::string back_end = "nftables";
constexpr std::array<const char*, 2> set_names{"blocked4", "blocked6"};

// Elements in one transaction: a user namespace takes some 1500 changes.
constexpr std::size_t chunk_size = 400;

bool is_table_name(std::string_view name) {
    return !name.empty() && name.size() <= 31 && (name[0] < '0' || name[0] > '9') &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
               std::string_view::npos;
}

using Blocks = std::vector<ActiveBlock>;
using Elements = std::vector<std::string>;

std::string element(const ActiveBlock& block, Instant now) {
    return fmt::format("{} timeout {}s comment \"block {}\"", block.prefix.text(),
                       (block.ends_at - now).count(), block.id);
}

// "add element ...", nothing for no elements.
std::string command(std::string_view verb, const std::string& table, const char* set,
                    const Elements& elements) {
    if (elements.empty()) return "";
    return fmt::format("{} element inet {} {} {{\n\t{}\n}}\n", verb, table, set,
                       joined(elements, ",\n\t"));
}

// Of both sets, in the order of their names.
std::array<Elements, 2> elements(const Blocks& parts, Instant now) {
    std::array<Elements, 2> result;
    for (const auto& part : parts)
        result.at(part.prefix.is_ipv4() ? 0 : 1).push_back(element(part, now));
    return result;
}

// The table anew, without elements.
std::string emptied(const NftablesSettings& settings) {
    return fmt::format("add table inet {0}\ndelete table inet {0}\n", settings.table) +
           nft_frame(settings.table, settings.keeps_port_25_open);
}

bool is_refused_for_its_size(const Finished& finished) {
    return finished.status != 0 && (finished.errors.find("Message too long") != std::string::npos ||
                                    finished.errors.find("No buffer space") != std::string::npos);
}

// Elements without their options.
Elements keys(Elements elements) {
    for (auto& element : elements)
        element.resize(std::min(element.find(' '), element.size()));
    return elements;
}

// Gives the elements of a set to each verb in turn; a transaction for each chunk of them.
void change(const NftablesSettings& settings, const char* set, const Elements& elements,
            const std::vector<std::string_view>& verbs) {
    for (std::size_t from = 0; from < elements.size(); from += chunk_size) {
        const auto size = std::min(chunk_size, elements.size() - from);
        const auto first = elements.begin() + static_cast<std::ptrdiff_t>(from);
        const Elements chunk(first, first + static_cast<std::ptrdiff_t>(size));
        std::string text;
        for (const auto verb : verbs)
            text += command(verb, settings.table, set, verb == "delete" ? keys(chunk) : chunk);
        answer_of_tool(back_end, {settings.program, "-f", "-"}, text);
    }
}

std::string nft_text(const AddressRange& range) {
    const auto prefixes = cover(range);
    if (prefixes.size() == 1) return prefixes.front().text();
    return fmt::format("{}-{}", range.first.text(), range.last.text());
}

NftListing listing(const NftablesSettings& settings, Instant now) {
    return nft_table(back_end, settings.program, settings.table, settings.keeps_port_25_open, now);
}

// Elements of both sets.
struct Changes {
    std::array<Elements, 2> gone;
    std::array<Elements, 2> moved;  // to another end
    std::array<Elements, 2> added;

    std::size_t deletions() const {
        return gone[0].size() + gone[1].size() + moved[0].size() + moved[1].size();
    }
};

Changes changes(const Blocks& parts, const std::vector<PresentBlock>& present, Instant now) {
    std::map<AddressRange, Fault> faults;
    for (const auto& difference : differences(parts, present, now))
        faults.emplace(difference.range, difference.fault);
    std::set<AddressRange> wanted;
    Blocks missing;
    Blocks ends_wrong;
    for (const auto& part : parts) {
        const auto range = AddressRange::of(part.prefix);
        wanted.insert(range);
        const auto found = faults.find(range);
        if (found == faults.end()) continue;
        (found->second == Fault::ends_wrong ? ends_wrong : missing).push_back(part);
    }
    Changes result{{}, elements(ends_wrong, now), elements(missing, now)};
    for (const auto& block : present) {
        if (!wanted.contains(block.range))
            result.gone.at(block.range.first.is_ipv4() ? 0 : 1).push_back(nft_text(block.range));
    }
    return result;
}

// What `plan` does, in chunks and only where something differs. nft takes a second to delete some
// hundred elements of ten thousand, and next to nothing to add them: where many go, all go.
void apply_in_chunks(const NftablesSettings& settings, const Blocks& parts, const NftListing& there,
                     Instant now) {
    auto todo = changes(parts, there.present, now);
    if (!there.faults.empty() || todo.deletions() > chunk_size) {
        answer_of_tool(back_end, {settings.program, "-f", "-"}, emptied(settings));
        todo = changes(parts, {}, now);
    }
    for (std::size_t i = 0; i < set_names.size(); ++i) {
        // To add what is there does nothing, to delete what has just ended fails: hence the first
        // "add". An older kernel keeps the old end of what is added again: hence the "delete".
        // What goes makes room for what it overlaps.
        change(settings, set_names.at(i), todo.gone.at(i), {"add", "delete"});
        change(settings, set_names.at(i), todo.moved.at(i), {"add", "delete", "add"});
        change(settings, set_names.at(i), todo.added.at(i), {"add"});
    }
}

}  // namespace

Nftables::Nftables(NftablesSettings settings) : settings_(std::move(settings)) {
    if (!is_table_name(settings_.table))
        throw ConfigError(
            fmt::format("nftables: '{}' is no name for a table: up to 31 of a-z, "
                        "0-9 and _, a letter first",
                        printable(settings_.table)));
}

std::string Nftables::plan(const std::vector<ActiveBlock>& blocks, Instant now) const {
    const auto parts = elements(disjoint(blocks, now), now);
    std::string text = emptied(settings_);
    for (std::size_t i = 0; i < set_names.size(); ++i)
        text += command("add", settings_.table, set_names.at(i), parts.at(i));
    return text;
}

void Nftables::apply(const std::vector<ActiveBlock>& blocks, Instant now) const {
    const auto there = listing(settings_, now);
    const auto parts = disjoint(blocks, now);
    if (there.faults.empty() && differences(parts, there.present, now).empty()) return;
    const auto finished = run_tool(back_end, {settings_.program, "-f", "-"}, plan(blocks, now));
    if (finished.status == 0) return;
    if (!is_refused_for_its_size(finished))
        throw BackEndError(back_end, settings_.program + ": " + complaint_of(finished));
    apply_in_chunks(settings_, parts, there, now);
}

std::vector<std::string> Nftables::verify(const std::vector<ActiveBlock>& blocks,
                                          Instant now) const {
    const auto there = listing(settings_, now);
    auto found = there.faults;
    for (auto& line : lines(differences(disjoint(blocks, now), there.present, now)))
        found.push_back(std::move(line));
    return found;
}

}  // namespace ndr
