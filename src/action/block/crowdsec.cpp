#include "ndr_triage/action/block/crowdsec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "crowdsec_listing.hpp"
#include "ndr_triage/action/block/disjoint.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"
#include "tool.hpp"

namespace ndr {

namespace {

const std::string back_end = "crowdsec";
constexpr std::size_t most_questions = 1000;  // 400 a second were seen
constexpr std::size_t most_deletions = 50;    // one by one, each a call of cscli
constexpr Seconds longest_silence = std::chrono::minutes(10);

using Words = std::vector<std::string>;

bool is_url(std::string_view url) {
    return (url.starts_with("http://") || url.starts_with("https://")) && !url.ends_with('/') &&
           url.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
               "0123456789.:/_[]-") == std::string_view::npos;
}

std::string asked(const CrowdsecSettings& settings, const Words& words) {
    Words arguments{settings.cscli, "-c", settings.config};
    arguments.insert(arguments.end(), words.begin(), words.end());
    return answer_of_tool(back_end, arguments);
}

// `decisions list` would hide what is doubled.
std::vector<Decision> our_decisions(const CrowdsecSettings& settings, Instant now) {
    auto decisions =
        read_decisions(asked(settings, {"alerts", "list", "--all", "--limit", "0", "--scenario",
                                        crowdsec_scenario, "-o", "json"}),
                       now);
    if (!decisions) throw BackEndError(back_end, settings.cscli + " alerts list: no list");
    return std::move(*decisions);
}

// Our decisions, one for each range, and those that no prefix needs.
struct Sorted {
    std::map<AddressRange, Decision> kept;
    std::vector<Decision> needless;  // doubled, or no prefix
};

// Of doubled ones the first is as good as any: where its end is wrong it goes, too.
Sorted sorted(const std::vector<Decision>& decisions) {
    Sorted result;
    for (const auto& decision : decisions) {
        if (!decision.range || !result.kept.emplace(*decision.range, decision).second)
            result.needless.push_back(decision);
    }
    return result;
}

std::vector<Difference> differences_of(const Sorted& decisions,
                                       const std::vector<ActiveBlock>& parts, Instant now) {
    std::vector<PresentBlock> present;
    for (const auto& [range, decision] : decisions.kept)
        present.push_back({range, decision.ends_at});
    return differences(parts, present, now);
}

struct Steps {
    std::vector<std::int64_t> deleted;
    std::vector<ActiveBlock> added;
};

Steps steps(const Sorted& decisions, const std::vector<ActiveBlock>& parts, Instant now) {
    std::map<AddressRange, ActiveBlock> wanted;
    for (const auto& part : parts)
        wanted.emplace(AddressRange::of(part.prefix), part);
    Steps result;
    for (const auto& decision : decisions.needless)
        result.deleted.push_back(decision.id);
    for (const auto& difference : differences_of(decisions, parts, now)) {
        if (const auto there = decisions.kept.find(difference.range); there != decisions.kept.end())
            result.deleted.push_back(there->second.id);
        if (const auto part = wanted.find(difference.range); part != wanted.end())
            result.added.push_back(part->second);
    }
    return result;
}

// A file that lives as long as this: cscli knows what to make of it by the end of its name.
class ImportFile {
public:
    explicit ImportFile(std::string_view octets)
        : path_(std::filesystem::temp_directory_path() / "ndr-triage-XXXXXX.json") {
        const Descriptor fd(mkstemps(path_.data(), 5));
        if (!fd) throw BackEndError(back_end, path_ + ": cannot be created");
        write_all(fd.get(), octets, path_);
    }
    ~ImportFile() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    ImportFile(const ImportFile&) = delete;
    ImportFile& operator=(const ImportFile&) = delete;

    const std::string& path() const { return path_; }

private:
    std::string path_;
};

// ---- what a bouncer would be told --------------------------------------------------------------

std::string key_of(const CrowdsecSettings& settings) {
    const auto octets = read_file(settings.bouncer_key);
    const auto key = trimmed(octets);
    if (key.empty() || key.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                             "0123456789+/=_-") != std::string_view::npos)
        throw BackEndError(back_end, settings.bouncer_key + ": that is no key of a bouncer's");
    return std::string(key);
}

struct Question {
    const ActiveBlock* part;
    Address address;
};

std::vector<Question> questions(const std::vector<ActiveBlock>& parts) {
    std::vector<Question> result;
    for (std::size_t i = 0; i < std::min(parts.size(), most_questions); ++i) {
        result.push_back({&parts[i], parts[i].prefix.start()});
        result.push_back({&parts[i], parts[i].prefix.last()});
    }
    return result;
}

// A file for `curl -K`: on its standard input the key is nobody else's to see.
std::string curl_text(const CrowdsecSettings& settings, const std::vector<Question>& questions) {
    std::string text = fmt::format(
        "header = \"X-Api-Key: {}\"\nuser-agent = \"{}\"\ngloboff\nsilent\nshow-error\n"
        "connect-timeout = 5\nwrite-out = \"\\n\"\n",
        key_of(settings), crowdsec_scenario);
    for (const auto& question : questions)
        text += fmt::format("url = \"{}/v1/decisions?type=ban&ip={}\"\n", settings.url,
                            question.address.text());
    return text;
}

Words answer_faults(const CrowdsecSettings& settings, const std::vector<ActiveBlock>& parts) {
    if (settings.bouncer_key.empty())
        return {
            "LAPI was not asked whether it answers inside the ranges: set "
            "crowdsec.bouncer_key"};
    const auto list = questions(parts);
    if (list.empty()) return {};
    const auto output =
        answer_of_tool(back_end, {settings.curl, "-q", "-K", "-"}, curl_text(settings, list));
    const auto answers = split_lines(output);
    Words found;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto answer = i < answers.size() ? answers[i] : std::string_view();
        const auto has_ours = answers_with_ours(answer);
        if (!has_ours) return {fmt::format("LAPI says: {}", printable(answer))};
        if (!*has_ours)
            found.push_back(fmt::format("block {}, {}: LAPI does not answer for {}",
                                        list[i].part->id, list[i].part->prefix.text(),
                                        list[i].address.text()));
    }
    return found;
}

Words pull_faults(const CrowdsecSettings& settings, Instant now) {
    if (!settings.lists_bouncers) return {};
    const auto finished = run_tool(
        back_end, {settings.cscli, "-c", settings.config, "bouncers", "list", "-o", "json"});
    if (finished.status != 0)
        return {
            fmt::format("whether bouncers pull cannot be seen from here: {}; where LAPI is "
                        "remote, ask there and set crowdsec.lists_bouncers = no",
                        complaint_of(finished))};
    return bouncer_faults(finished.output, now - longest_silence)
        .value_or(Words{settings.cscli + " bouncers list: no list"});
}

void append(Words& found, Words more) {
    for (auto& line : more)
        found.push_back(std::move(line));
}

}  // namespace

Crowdsec::Crowdsec(CrowdsecSettings settings) : settings_(std::move(settings)) {
    if (!is_url(settings_.url))
        throw ConfigError(
            fmt::format("crowdsec: '{}' is no URL of LAPI: write "
                        "http://HOST:PORT",
                        printable(settings_.url)));
}

std::string Crowdsec::plan(const std::vector<ActiveBlock>& blocks, Instant now) const {
    return decisions_text(disjoint(blocks, now), now);
}

void Crowdsec::apply(const std::vector<ActiveBlock>& blocks, Instant now) const {
    const auto parts = disjoint(blocks, now);
    auto todo = steps(sorted(our_decisions(settings_, now)), parts, now);
    if (todo.deleted.size() > most_deletions) {
        asked(settings_, {"decisions", "delete", "--scenario", crowdsec_scenario});
        todo = {{}, parts};
    }
    for (const auto id : todo.deleted)
        asked(settings_, {"decisions", "delete", "--id", std::to_string(id)});
    if (todo.added.empty()) return;
    const ImportFile file(decisions_text(todo.added, now));
    asked(settings_, {"decisions", "import", "--scope", "Range", "-i", file.path()});
}

std::vector<std::string> Crowdsec::verify(const std::vector<ActiveBlock>& blocks,
                                          Instant now) const {
    const auto parts = disjoint(blocks, now);
    const auto decisions = sorted(our_decisions(settings_, now));
    auto found = lines(differences_of(decisions, parts, now));
    for (const auto& decision : decisions.needless)
        found.push_back(
            fmt::format("decision {}, {}: {}", decision.id, printable(decision.value),
                        decision.range ? "doubled" : "no ban of a range, blocks nothing of ours"));
    append(found, answer_faults(settings_, parts));
    append(found, pull_faults(settings_, now));
    return found;
}

}  // namespace ndr
