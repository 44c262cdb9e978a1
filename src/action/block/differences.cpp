#include "ndr_triage/action/block/differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

namespace ndr {

namespace {

using Present = std::map<AddressRange, std::optional<Instant>>;

std::string end_text(const std::optional<Instant>& ends_at) {
    return ends_at ? "ends " + iso_text(*ends_at) : "never ends";
}

bool ends_right(const std::optional<Instant>& ends_at, const ActiveBlock& wanted, Instant now,
                std::optional<Seconds> longest) {
    if (!ends_at) return false;
    if (longest && wanted.ends_at > now + *longest)
        return *ends_at >= now + *longest / 2 && *ends_at <= wanted.ends_at;
    return std::chrono::abs(*ends_at - wanted.ends_at) <= end_tolerance;
}

// A present block that lies in `range`.
const AddressRange* part_of(const AddressRange& range, const Present& present) {
    const auto found = present.lower_bound({range.first, range.first});
    return found != present.end() && range.contains(found->first) ? &found->first : nullptr;
}

std::optional<Difference> difference(const ActiveBlock& wanted, const Present& present, Instant now,
                                     std::optional<Seconds> longest) {
    const auto range = AddressRange::of(wanted.prefix);
    const std::string name = fmt::format("block {}, {}: ", wanted.id, wanted.prefix.text());
    if (const auto found = present.find(range); found != present.end()) {
        if (ends_right(found->second, wanted, now, longest)) return std::nullopt;
        return Difference{Fault::ends_wrong, range,
                          fmt::format("{}{} instead of {}", name, end_text(found->second),
                                      iso_text(wanted.ends_at))};
    }
    if (const auto* part = part_of(range, present))
        return Difference{Fault::narrowed, range, name + "narrowed to " + part->text()};
    return Difference{Fault::missing, range, name + "missing"};
}

}  // namespace

std::vector<Difference> differences(const std::vector<ActiveBlock>& wanted,
                                    const std::vector<PresentBlock>& present, Instant now,
                                    std::optional<Seconds> longest) {
    Present by_range;
    for (const auto& block : present)
        by_range.emplace(block.range, block.ends_at);
    std::vector<Difference> found;
    std::set<AddressRange> wanted_ranges;
    for (const auto& block : wanted) {
        wanted_ranges.insert(AddressRange::of(block.prefix));
        if (auto one = difference(block, by_range, now, longest)) found.push_back(std::move(*one));
    }
    for (const auto& [range, ends_at] : by_range) {
        const bool is_ending = ends_at && *ends_at > now && *ends_at <= now + end_tolerance;
        if (!wanted_ranges.contains(range) && !is_ending)
            found.push_back({Fault::foreign, range, range.text() + ": blocked without a block"});
    }
    return found;
}

std::vector<std::string> lines(const std::vector<Difference>& differences) {
    std::vector<std::string> texts;
    texts.reserve(differences.size());
    for (const auto& difference : differences)
        texts.push_back(difference.text);
    return texts;
}

}  // namespace ndr
