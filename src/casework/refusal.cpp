#include "ndr_triage/casework/refusal.hpp"

#include <fmt/core.h>

#include "ndr_triage/network/registry.hpp"

namespace ndr {

namespace {

using Kind = Refusal::Kind;

// How wide a block may be: the number of bits that count hosts in a prefix of that length.
struct Widths {
    int refused_above;
    int held_above;
};
constexpr Widths ipv4_widths{32 - 12, 32 - 16};
constexpr Widths ipv6_widths{128 - 20, 128 - 29};

// The bits of (last - first): a range is larger than a prefix of n host bits if it is more than n.
int bits_of_span(const AddressRange& range) {
    return 128 - common_bits(Address(range.width()), Address{});
}

std::string where(const AddressRange& range, const Prefix& prefix) {
    const bool lies_within = prefix.contains(range.first) && prefix.contains(range.last);
    return fmt::format("it {} {}", lies_within ? "lies in" : "contains", prefix.text());
}

std::optional<Refusal> by_surroundings(const AddressRange& range, const Surroundings& around) {
    for (const auto& ours : around.prefixes) {
        if (range.overlaps(ours.prefix))
            return Refusal{Kind::refused, where(range, ours.prefix) + ", " + ours.name};
    }
    return std::nullopt;
}

std::optional<Refusal> by_special_use(const AddressRange& range, bool allow_documentation) {
    for (const auto& special : special_uses(range)) {
        const bool is_allowed = allow_documentation && special.name.starts_with("documentation");
        if (!is_allowed)
            return Refusal{Kind::refused, where(range, special.prefix) + ", " + special.name};
    }
    return std::nullopt;
}

std::optional<Refusal> by_width(const AddressRange& range) {
    const bool is_ipv4 = range.first.is_ipv4() && range.last.is_ipv4();
    const Widths widths = is_ipv4 ? ipv4_widths : ipv6_widths;
    const int all = is_ipv4 ? 32 : 128;
    const int bits = bits_of_span(range);
    const auto wider = [&](int host_bits) {
        return fmt::format("it is wider than a /{}", all - host_bits);
    };
    if (bits > widths.refused_above) return Refusal{Kind::refused, wider(widths.refused_above)};
    if (bits > widths.held_above) return Refusal{Kind::held, wider(widths.held_above)};
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> refusal_of(const Block& block, const Policy& policy,
                                  std::int64_t new_blocks) {
    const AddressRange& range = block.range;
    const bool has_rest = block.around && !prefixes_of(block, policy.surroundings).empty();
    if (!has_rest) {
        if (auto refusal = by_surroundings(range, policy.surroundings)) return refusal;
    }
    if (auto refusal = by_special_use(range, policy.allow_documentation)) return refusal;
    if (auto refusal = by_width(range)) return refusal;
    if (new_blocks >= policy.blocks_a_day)
        return Refusal{Kind::held,
                       fmt::format("{} networks were blocked within a day", new_blocks)};
    return std::nullopt;
}

bool helps_around(const Block& block, const Policy& policy) {
    Block around = block;
    around.around = true;
    const auto refusal = refusal_of(around, policy, 0);
    return !block.around && (!refusal || refusal->kind != Kind::refused);
}

std::vector<Prefix> prefixes_of(const Block& block, const Surroundings& surroundings) {
    std::vector<Prefix> open;
    if (block.around) {
        for (const auto& ours : surroundings.prefixes)
            open.push_back(ours.prefix);
    }
    std::vector<Prefix> prefixes;
    for (const auto& part : without(block.range, open)) {
        for (const auto& prefix : cover(part))
            prefixes.push_back(prefix);
    }
    return prefixes;
}

}  // namespace ndr
