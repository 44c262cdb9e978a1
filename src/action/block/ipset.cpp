#include "ndr_triage/action/block/ipset.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ipset_listing.hpp"
#include "ndr_triage/action/block/disjoint.hpp"
#include "ndr_triage/base/text.hpp"
#include "tool.hpp"

namespace ndr {

namespace {

const std::string back_end = "ipset";

constexpr Seconds longest{2'147'483};   // the kernel counts milliseconds in 31 bits
constexpr int most_elements = 1 << 20;  // costs nothing as long as they are not there

struct Family {
    const char* digit;
    const char* name;
};

constexpr std::array<Family, 2> families{{{"4", "inet"}, {"6", "inet6"}}};

std::vector<ActiveBlock> of_family(std::vector<ActiveBlock> parts, const Family& family) {
    const bool is_ipv4 = family.digit == families.front().digit;
    std::erase_if(parts,
                  [is_ipv4](const ActiveBlock& part) { return part.prefix.is_ipv4() != is_ipv4; });
    return parts;
}

std::string creation(const std::string& set, const Family& family) {
    return fmt::format("create {} hash:net family {} maxelem {} timeout 0\n", set, family.name,
                       most_elements);
}

// Fills a set beside `set` and swaps the two: a rule that consults `set` consults the new one. One
// that a crash left beside it is emptied first.
std::string refilling(const std::string& set, const Family& family,
                      const std::vector<ActiveBlock>& parts, Instant now) {
    const std::string beside = set + "_new";
    std::string text = creation(beside, family) + fmt::format("flush {}\n", beside);
    for (const auto& part : parts)
        text += fmt::format("add {} {} timeout {}\n", beside, part.prefix.text(),
                            std::min(part.ends_at - now, longest).count());
    return text + fmt::format("swap {0} {1}\ndestroy {0}\n", beside, set);
}

// nullopt: there is no such set.
std::optional<IpsetListing> listing_of(const std::string& program, const std::string& set,
                                       Instant now) {
    const auto names = answer_of_tool(back_end, {program, "list", "-name"});
    const auto lines = split_lines(names);
    if (std::find(lines.begin(), lines.end(), set) == lines.end()) return std::nullopt;
    auto listing = read_ipset_listing(answer_of_tool(back_end, {program, "list", set}), now);
    if (!listing) throw BackEndError(back_end, set + " is no set of prefixes");
    return listing;
}

bool is_set_name(std::string_view name) {
    // IPSET_MAXNAMELEN is 32 with its NUL; "6_new" is added.
    return !name.empty() && name.size() <= 26 &&
           name.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
               "0123456789_") == std::string_view::npos;
}

}  // namespace

Ipset::Ipset(IpsetSettings settings) : settings_(std::move(settings)) {
    if (!is_set_name(settings_.set))
        throw ConfigError(
            fmt::format("ipset: '{}' is no name for a set: up to 26 letters, digits "
                        "and _",
                        printable(settings_.set)));
}

std::string Ipset::plan(const std::vector<ActiveBlock>& blocks, Instant now) const {
    const auto parts = disjoint(blocks, now);
    std::string text;
    for (const auto& family : families) {
        const std::string set = settings_.set + family.digit;
        text += creation(set, family) + refilling(set, family, of_family(parts, family), now);
    }
    return text;
}

void Ipset::apply(const std::vector<ActiveBlock>& blocks, Instant now) const {
    const auto parts = disjoint(blocks, now);
    std::string text;
    for (const auto& family : families) {
        const std::string set = settings_.set + family.digit;
        const auto wanted = of_family(parts, family);
        const auto there = listing_of(settings_.program, set, now);
        if (there && differences(wanted, there->present, now, longest).empty()) continue;
        if (!there) text += creation(set, family);
        text += refilling(set, family, wanted, now);
    }
    if (!text.empty()) answer_of_tool(back_end, {settings_.program, "-exist", "restore"}, text);
}

std::vector<std::string> Ipset::verify(const std::vector<ActiveBlock>& blocks, Instant now) const {
    const auto parts = disjoint(blocks, now);
    std::vector<std::string> found;
    for (const auto& family : families) {
        const std::string set = settings_.set + family.digit;
        const auto there = listing_of(settings_.program, set, now);
        if (!there)
            found.push_back(fmt::format("set {}: missing, nothing is blocked", set));
        else if (there->references == 0)
            found.push_back(fmt::format("set {}: no rule consults it, nothing is blocked", set));
        const auto present = there ? there->present : std::vector<PresentBlock>();
        for (auto& line : lines(differences(of_family(parts, family), present, now, longest)))
            found.push_back(std::move(line));
    }
    return found;
}

}  // namespace ndr
