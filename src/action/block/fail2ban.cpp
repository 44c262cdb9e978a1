#include "ndr_triage/action/block/fail2ban.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "fail2ban_listing.hpp"
#include "ndr_triage/action/block/disjoint.hpp"
#include "ndr_triage/base/text.hpp"
#include "nft_table.hpp"
#include "tool.hpp"

namespace ndr {

namespace {

const std::string back_end = "fail2ban";
// Of examples/fail2ban/action.d, with the table that it makes.
constexpr const char* our_action = "ndr-triage-nftables";
constexpr const char* table = "ndr_triage_fail2ban";
constexpr Seconds shortest_time = std::chrono::days(7);
constexpr std::size_t most_at_once = 100;  // a call of fail2ban-client waits until all are banned

using Texts = std::vector<std::string>;

bool is_jail_name(std::string_view name) {
    return !name.empty() && name.size() <= 26 && name.front() != '-' &&
           name.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
               "0123456789_-") == std::string_view::npos;
}

struct Jail {
    bool is_there = false;
    std::optional<Seconds> time;  // of a ban; nullopt: for ever
    std::vector<Ban> bans;
    Texts actions;
    std::optional<NftListing> effect;  // if our action is among them
};

std::string asked(const Fail2banSettings& settings, const Texts& words) {
    Texts arguments{settings.program, "get", settings.jail};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return answer_of_tool(back_end, arguments);
}

bool is_there(const Fail2banSettings& settings) {
    const auto finished = run_tool(back_end, {settings.program, "status", settings.jail});
    if (finished.status == 0) return true;
    if ((finished.output + finished.errors).find("does not exist") != std::string::npos)
        return false;
    throw BackEndError(back_end, fmt::format("{}: {}", settings.program, complaint_of(finished)));
}

Jail look(const Fail2banSettings& settings, Instant now) {
    const auto version = answer_of_tool(back_end, {settings.program, "version"});
    if (!unbans_prefixes(version))
        throw BackEndError(back_end, fmt::format("version {} cannot unban prefixes: 0.11.2 can",
                                                 printable(trimmed(version), 20)));
    Jail jail;
    jail.is_there = is_there(settings);
    if (!jail.is_there) return jail;
    const std::string time(trimmed(asked(settings, {"bantime"})));
    if (const auto seconds = parse_number(time)) jail.time = Seconds(*seconds);  // else -1
    jail.bans = read_bans(asked(settings, {"banip", "--with-time"}));
    jail.actions = read_actions(asked(settings, {"actions"}));
    if (std::find(jail.actions.begin(), jail.actions.end(), our_action) != jail.actions.end())
        jail.effect = nft_table(back_end, settings.nft, table, settings.keeps_port_25_open, now);
    return jail;
}

// Of the jail itself; "" if it will do.
std::string fault_of(const Fail2banSettings& settings, const Jail& jail) {
    if (!jail.is_there)
        return fmt::format(
            "jail {}: missing, nothing is blocked: examples/fail2ban/jail.d has "
            "one",
            settings.jail);
    if (jail.time && *jail.time < shortest_time)
        return fmt::format("jail {}: its bantime is {}: set 'bantime = 400d' in its file",
                           settings.jail, span_text(*jail.time));
    return {};
}

// Bans that are prefixes; one that ends later than it shall ends right, for its end is ours to
// bring.
std::vector<PresentBlock> present_of(const Jail& jail, const std::vector<ActiveBlock>& parts) {
    std::map<AddressRange, Instant> ends;
    for (const auto& part : parts)
        ends.emplace(AddressRange::of(part.prefix), part.ends_at);
    std::vector<PresentBlock> present;
    for (const auto& ban : jail.bans) {
        if (!ban.range) continue;
        PresentBlock block{*ban.range, ban.ends_at};
        const auto wanted = ends.find(block.range);
        if (wanted != ends.end() && (!block.ends_at || *block.ends_at > wanted->second))
            block.ends_at = wanted->second;
        present.push_back(block);
    }
    return present;
}

std::vector<Difference> differences_of(const Jail& jail, const std::vector<ActiveBlock>& parts,
                                       Instant now) {
    const auto longest =
        jail.time ? std::optional<Seconds>(*jail.time - furthest_zone) : std::nullopt;
    return differences(parts, present_of(jail, parts), now, longest);
}

// What the bans of a jail and the elements of the action's table do not have in common.
struct Ineffective {
    std::set<AddressRange> banned;   // but not in the table
    std::set<AddressRange> strange;  // in the table without a ban
};

Ineffective ineffective(const Jail& jail) {
    Ineffective result;
    if (!jail.effect) return result;
    for (const auto& ban : jail.bans) {
        if (ban.range) result.banned.insert(*ban.range);
    }
    for (const auto& element : jail.effect->present) {
        if (result.banned.erase(element.range) == 0) result.strange.insert(element.range);
    }
    return result;
}

// `fail2ban-client set JAIL VERB TEXT...`, as often as it takes.
void change(const Fail2banSettings& settings, const char* verb, const Texts& texts) {
    for (std::size_t from = 0; from < texts.size(); from += most_at_once) {
        const auto size = std::min(most_at_once, texts.size() - from);
        const auto first = texts.begin() + static_cast<std::ptrdiff_t>(from);
        Texts arguments{settings.program, "set", settings.jail, verb};
        arguments.insert(arguments.end(), first, first + static_cast<std::ptrdiff_t>(size));
        answer_of_tool(back_end, arguments);
    }
}

struct Steps {
    Texts unbanned;  // first: what goes makes room for what it overlaps
    Texts banned;
};

Steps steps(const Jail& jail, const std::vector<ActiveBlock>& parts, Instant now) {
    std::set<AddressRange> wrong = ineffective(jail).banned;
    for (const auto& difference : differences_of(jail, parts, now))
        wrong.insert(difference.range);
    Steps result;
    for (const auto& ban : jail.bans) {
        if (!ban.range || wrong.contains(*ban.range)) result.unbanned.push_back(ban.text);
    }
    for (const auto& part : parts) {
        if (wrong.contains(AddressRange::of(part.prefix)))
            result.banned.push_back(part.prefix.text());
    }
    return result;
}

void append(Texts& found, Texts more) {
    for (auto& line : more)
        found.push_back(std::move(line));
}

// That bans are in force, as far as it can be seen.
Texts effect_faults(const Fail2banSettings& settings, const Jail& jail) {
    if (jail.actions.empty())
        return {fmt::format("jail {}: it has no action, nothing is blocked", settings.jail)};
    if (!jail.effect)
        return {
            fmt::format("jail {}: whether its action {} blocks prefixes cannot be seen; {} is one "
                        "that does",
                        settings.jail, printable(joined(jail.actions, ", ")), our_action)};
    Texts found;
    for (const auto& fault : jail.effect->faults)
        found.push_back(fmt::format("action {}: {}", our_action, fault));
    const auto apart = ineffective(jail);
    for (const auto& range : apart.banned)
        found.push_back(
            fmt::format("action {}: {}: banned, but not in its table", our_action, range.text()));
    for (const auto& range : apart.strange)
        found.push_back(
            fmt::format("action {}: {}: in its table without a ban", our_action, range.text()));
    return found;
}

}  // namespace

Fail2ban::Fail2ban(Fail2banSettings settings) : settings_(std::move(settings)) {
    if (!is_jail_name(settings_.jail))
        throw ConfigError(
            fmt::format("fail2ban: '{}' is no name for a jail: up to 26 letters, "
                        "digits, _ and -",
                        printable(settings_.jail)));
}

std::string Fail2ban::plan(const std::vector<ActiveBlock>& blocks, Instant now) const {
    std::string text;
    for (const auto& part : disjoint(blocks, now))
        text += fmt::format("{} set {} banip {}\n", settings_.program, settings_.jail,
                            part.prefix.text());
    return text;
}

void Fail2ban::apply(const std::vector<ActiveBlock>& blocks, Instant now) const {
    auto jail = look(settings_, now);
    const auto fault = fault_of(settings_, jail);
    if (!fault.empty()) throw BackEndError(back_end, fault);
    if (jail.effect && (!jail.effect->faults.empty() || !ineffective(jail).strange.empty())) {
        answer_of_tool(back_end, {settings_.program, "restart", "--unban", settings_.jail});
        jail.bans.clear();
        jail.effect.reset();
    }
    const auto todo = steps(jail, disjoint(blocks, now), now);
    change(settings_, "unbanip", todo.unbanned);
    change(settings_, "banip", todo.banned);
}

std::vector<std::string> Fail2ban::verify(const std::vector<ActiveBlock>& blocks,
                                          Instant now) const {
    const auto jail = look(settings_, now);
    Texts found;
    if (auto fault = fault_of(settings_, jail); !fault.empty()) found.push_back(std::move(fault));
    if (jail.is_there) append(found, effect_faults(settings_, jail));
    append(found, lines(differences_of(jail, disjoint(blocks, now), now)));
    for (const auto& ban : jail.bans) {
        if (!ban.range)
            found.push_back(fmt::format("'{}': banned, and no prefix", printable(ban.text)));
    }
    return found;
}

}  // namespace ndr
