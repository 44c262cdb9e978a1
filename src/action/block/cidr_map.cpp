#include "ndr_triage/action/block/cidr_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "exported_file.hpp"
#include "ndr_triage/action/block/disjoint.hpp"
#include "ndr_triage/base/text.hpp"
#include "tool.hpp"

namespace ndr {

namespace {

const std::string back_end = "postfix";
const std::string mark = mark_of("#");

std::vector<std::string> arguments(const std::string& program, const CidrMapSettings& settings,
                                   const std::vector<std::string>& rest) {
    std::vector<std::string> words{program};
    if (!settings.configuration.empty()) words.insert(words.end(), {"-c", settings.configuration});
    words.insert(words.end(), rest.begin(), rest.end());
    return words;
}

// "cidr:/path" as a word of main.cf, or of an option in master.cf.
bool is_named(std::string_view configuration, const std::string& map) {
    constexpr std::string_view between = " \t\n,{}=";
    for (auto at = configuration.find(map); at != std::string_view::npos;
         at = configuration.find(map, at + 1)) {
        const auto end = at + map.size();
        if (at > 0 && between.find(configuration[at - 1]) != std::string_view::npos &&
            (end == configuration.size() ||
             between.find(configuration[end]) != std::string_view::npos))
            return true;
    }
    return false;
}

// Looks the ends of each prefix up in the map, as Postfix would.
std::vector<std::string> lookup_faults(const CidrMapSettings& settings,
                                       const std::vector<ActiveBlock>& parts) {
    std::string keys;
    for (const auto& part : parts)
        keys += fmt::format("{}\n{}\n", part.prefix.start().text(), part.prefix.last().text());
    const auto finished =
        run_tool(back_end,
                 arguments(settings.postmap, settings, {"-q", "-", "cidr:" + settings.path}), keys);
    if (finished.errors.find(" fatal: ") != std::string::npos)
        throw BackEndError(back_end, complaint_of(finished));
    std::vector<std::string> found;  // first what it warns of
    for (const auto line : split_lines(finished.errors)) {
        if (!trimmed(line).empty()) found.push_back(printable(trimmed(line)));
    }
    std::set<std::string, std::less<>> answered;
    for (const auto line : split_lines(finished.output)) {
        const auto tab = line.find('\t');
        if (tab != std::string_view::npos && line.substr(tab + 1) == settings.action)
            answered.insert(std::string(line.substr(0, tab)));
    }
    for (const auto& part : parts) {
        for (const auto& address : {part.prefix.start().text(), part.prefix.last().text()}) {
            if (!answered.contains(address)) {
                found.push_back(fmt::format("block {}, {}: the map does not answer for {}", part.id,
                                            part.prefix.text(), address));
                break;
            }
        }
    }
    return found;
}

}  // namespace

CidrMap::CidrMap(CidrMapSettings settings) : settings_(std::move(settings)) {
    const auto& action = settings_.action;
    if (action.empty() || trimmed(action) != action || printable(action, action.size()) != action)
        throw ConfigError(
            fmt::format("postfix: '{}' is no action of access(5): one line, without "
                        "blanks around it",
                        printable(action)));
}

std::string CidrMap::plan(const std::vector<ActiveBlock>& blocks, Instant now) const {
    auto parts = disjoint(blocks, now);
    std::stable_sort(parts.begin(), parts.end(), [](const ActiveBlock& a, const ActiveBlock& b) {
        return a.prefix.length() > b.prefix.length();
    });
    std::string text = mark;
    for (const auto& part : parts)
        text += fmt::format("# {}\n{} {}\n", note_of(part), part.prefix.text(), settings_.action);
    return text;
}

void CidrMap::apply(const std::vector<ActiveBlock>& blocks, Instant now) const {
    write_exported(back_end, settings_.path, mark, plan(blocks, now));
}

std::vector<std::string> CidrMap::verify(const std::vector<ActiveBlock>& blocks,
                                         Instant now) const {
    const auto& path = settings_.path;
    std::vector<std::string> found;
    std::string configuration;
    for (const char* option : {"-n", "-P"})  // of main.cf; of the options in master.cf
        configuration +=
            answer_of_tool(back_end, arguments(settings_.postconf, settings_, {option}));
    if (!is_named(configuration, "cidr:" + path))
        found.push_back(fmt::format("main.cf does not name cidr:{}, nothing is blocked", path));
    const auto file = read_exported(back_end, path, mark);
    if (!file) {
        found.push_back(path + ": missing");
        return found;
    }
    const auto parts = disjoint(blocks, now);
    for (auto& one : lines(differences(parts, noted_prefixes(*file), now)))
        found.push_back(std::move(one));
    for (auto& one : lookup_faults(settings_, parts))
        found.push_back(std::move(one));
    return found;
}

}  // namespace ndr
