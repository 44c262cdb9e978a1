#include "store.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/file_lock.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::days fresh_for{1};
constexpr std::chrono::days kept_for{7};
constexpr std::size_t most_questions = 10;  // to one server, within
constexpr Seconds rate_span{60};

// Names come from the command line and from servers: nothing but these letters makes a file name.
std::string file_name(std::string_view kind, std::string_view name) {
    std::string file(kind);
    for (const char c : name.substr(0, 200)) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                              (c >= '0' && c <= '9') || c == '-' || c == '.';
        file += is_plain ? c : '_';
    }
    return file;
}

void remove_old_answers(const std::string& directory) {
    std::error_code error;
    const auto limit = fs::file_time_type::clock::now() - kept_for;
    for (fs::directory_iterator entry(directory, error); !error && entry != fs::end(entry);
         entry.increment(error)) {
        std::error_code ignored;
        if (entry->path().filename().string().starts_with("answer-") &&
            entry->last_write_time(ignored) < limit)
            fs::remove(entry->path(), ignored);
    }
}

// "not-before" first, then when it was asked.
struct Turns {
    Instant not_before{};
    std::vector<Instant> asked;
};

Turns read_turns(const std::string& path) {
    Turns turns;
    const auto octets = read_file_if_there(path).value_or("");
    const auto lines = split_lines(octets);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const Instant at = instant_of(parse_number(lines[i]).value_or(0));
        if (i == 0) turns.not_before = at;
        if (i > 0) turns.asked.push_back(at);
    }
    return turns;
}

void write_turns(const std::string& path, const Turns& turns) {
    std::string octets = fmt::format("{}\n", unix_seconds(turns.not_before));
    for (const auto at : turns.asked)
        octets += fmt::format("{}\n", unix_seconds(at));
    write_file_durably(path, octets);
}

}  // namespace

Store::Store(std::string directory) : directory_(std::move(directory)) {
    if (!directory_.empty()) make_directories(directory_);
}

std::optional<std::vector<Fetched>> Store::any(const std::string& question) const {
    if (directory_.empty()) return std::nullopt;
    const auto octets = read_file_if_there(directory_ + "/" + file_name("answer-", question));
    if (!octets) return std::nullopt;
    auto answers = read_fetched(*octets);
    if (!answers || answers->empty()) return std::nullopt;
    return answers;
}

std::optional<std::vector<Fetched>> Store::fresh(const std::string& question, Instant now) const {
    auto answers = any(question);
    if (!answers) return std::nullopt;
    const Instant at = answers->front().at;
    if (at > now || now - at >= fresh_for) return std::nullopt;
    return answers;
}

void Store::keep(const std::string& question, const std::vector<Fetched>& answers) const {
    if (directory_.empty()) return;
    const FileLock lock(directory_ + "/lock");
    remove_old_answers(directory_);
    write_file_durably(directory_ + "/" + file_name("answer-", question), fetched_text(answers));
}

void Store::take_turn(const std::string& server, Instant now) const {
    if (directory_.empty()) return;
    const FileLock lock(directory_ + "/lock");
    const std::string path = directory_ + "/" + file_name("rate-", server);
    Turns turns = read_turns(path);
    std::erase_if(turns.asked, [&](Instant at) { return at > now || now - at >= rate_span; });
    Instant free_at = turns.not_before;
    if (turns.asked.size() >= most_questions)
        free_at = std::max(free_at, turns.asked.front() + rate_span);
    if (free_at > now)
        throw Failure(ExitStatus::temp_fail,
                      fmt::format("{}: not to be asked for another {} s", printable(server),
                                  (free_at - now).count()));
    turns.asked.push_back(now);
    write_turns(path, turns);
}

void Store::hold_off(const std::string& server, Instant until) const {
    if (directory_.empty()) return;
    const FileLock lock(directory_ + "/lock");
    const std::string path = directory_ + "/" + file_name("rate-", server);
    Turns turns = read_turns(path);
    turns.not_before = until;
    write_turns(path, turns);
}

}  // namespace ndr
