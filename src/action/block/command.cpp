#include "ndr_triage/action/block/command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "command_record.hpp"
#include "ndr_triage/action/block/differences.hpp"
#include "ndr_triage/action/block/disjoint.hpp"
#include "ndr_triage/base/text.hpp"
#include "tool.hpp"

namespace ndr {

namespace {

const std::string back_end = "command";

using Words = std::vector<std::string>;

void check_placeholders(const std::string& verb, const Words& words) {
    bool has_prefix = false;
    for (const auto& word : words) {
        for (auto open = word.find('{'); open != std::string::npos;
             open = word.find('{', open + 1)) {
            const auto name = word.substr(open, word.find('}', open) - open + 1);
            if (name != "{prefix}" && name != "{seconds}" && name != "{id}")
                throw ConfigError(
                    fmt::format("command: {}: '{}' is none of {{prefix}}, "
                                "{{seconds}} and {{id}}",
                                verb, printable(name)));
            has_prefix = has_prefix || name == "{prefix}";
        }
    }
    if (!has_prefix)
        throw ConfigError(fmt::format("command: {}: no word has {{prefix}} in it", verb));
}

void replace(std::string& word, std::string_view name, const std::string& value) {
    for (auto at = word.find(name); at != std::string::npos; at = word.find(name, at))
        word.replace(at, name.size(), value);
}

// A block that has ended has no seconds left.
Words filled(Words words, const ActiveBlock& part, Instant now) {
    for (auto& word : words) {
        replace(word, "{prefix}", part.prefix.text());
        replace(word, "{seconds}",
                std::to_string(std::max(part.ends_at - now, Seconds(0)).count()));
        replace(word, "{id}", std::to_string(part.id));
    }
    return words;
}

bool is_in_force(const CommandSettings& settings, const ActiveBlock& part, Instant now) {
    return settings.check.empty() ||
           run_tool(back_end, filled(settings.check, part, now)).status == 0;
}

struct Steps {
    std::vector<ActiveBlock> removed;  // first
    std::vector<ActiveBlock> added;
};

Steps steps(const CommandSettings& settings, const CommandRecord& record,
            const std::vector<ActiveBlock>& parts, Instant now) {
    Steps result;
    std::map<Prefix, Instant> wanted;
    for (const auto& part : parts)
        wanted[part.prefix] = part.ends_at;
    for (const auto& [prefix, part] : record.added()) {
        const auto found = wanted.find(prefix);
        if (found == wanted.end() || found->second != part.ends_at) result.removed.push_back(part);
    }
    for (const auto& part : parts) {
        const auto found = record.added().find(part.prefix);
        if (found == record.added().end() || found->second.ends_at != part.ends_at ||
            !is_in_force(settings, part, now))
            result.added.push_back(part);
    }
    return result;
}

// Counts the commands that failed, and knows what the first of them said.
class Failures {
public:
    // Whether it succeeded.
    bool run(const Words& words) {
        ++count_;
        const auto finished = run_tool(back_end, words);
        if (finished.status == 0) return true;
        if (failed_++ == 0)
            first_ = fmt::format("{}: {}", printable(joined(words, " ")), complaint_of(finished));
        return false;
    }
    void throw_if_any() const {
        if (failed_ > 0)
            throw BackEndError(
                back_end, fmt::format("{} of {} failed; the first: {}", failed_, count_, first_));
    }

private:
    int count_ = 0;
    int failed_ = 0;
    std::string first_;
};

}  // namespace

CommandBackEnd::CommandBackEnd(CommandSettings settings) : settings_(std::move(settings)) {
    check_placeholders("add", settings_.add);
    check_placeholders("remove", settings_.remove);
    if (!settings_.check.empty()) check_placeholders("check", settings_.check);
}

std::string CommandBackEnd::plan(const std::vector<ActiveBlock>& blocks, Instant now) const {
    const auto todo = steps(settings_, CommandRecord(settings_.record), disjoint(blocks, now), now);
    std::string text;
    for (const auto& part : todo.removed)
        text += joined(filled(settings_.remove, part, now), " ") + "\n";
    for (const auto& part : todo.added)
        text += joined(filled(settings_.add, part, now), " ") + "\n";
    return text;
}

void CommandBackEnd::apply(const std::vector<ActiveBlock>& blocks, Instant now) const {
    CommandRecord record(settings_.record);
    const auto todo = steps(settings_, record, disjoint(blocks, now), now);
    if (todo.removed.empty() && todo.added.empty()) return;
    record.put_in_order();
    Failures failures;
    for (const auto& part : todo.removed) {
        if (failures.run(filled(settings_.remove, part, now))) record.write_removed(part.prefix);
    }
    for (const auto& part : todo.added) {
        if (failures.run(filled(settings_.add, part, now))) record.write_added(part);
    }
    record.put_in_order();
    failures.throw_if_any();
}

std::vector<std::string> CommandBackEnd::verify(const std::vector<ActiveBlock>& blocks,
                                                Instant now) const {
    const CommandRecord record(settings_.record);
    const auto parts = disjoint(blocks, now);
    std::vector<PresentBlock> present;
    for (const auto& [prefix, part] : record.added())
        present.push_back({AddressRange::of(prefix), part.ends_at});
    auto found = lines(differences(parts, present, now));
    for (const auto& part : parts) {
        if (record.added().contains(part.prefix) && !is_in_force(settings_, part, now))
            found.push_back(fmt::format("block {}, {}: not in force, says {}", part.id,
                                        part.prefix.text(), settings_.check.front()));
    }
    return found;
}

}  // namespace ndr
