#include "ndr_triage/action/allow_list.hpp"

#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <functional>
#include <optional>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr mode_t new_mode = 0644;

void require_safe_file(const std::string& file) {
    struct stat status {};
    if (stat(file.c_str(), &status) != 0) throw_io_error("read", file, errno);
    if (status.st_uid != 0 && status.st_uid != geteuid())
        throw ConfigError(file + ": belongs to another user: give it to root");
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        throw ConfigError(file + ": others may write it: chmod go-w");
}

std::string_view first_word(std::string_view line) {
    return line.substr(0, line.find_first_of(" \t"));
}

// nullopt for an empty line or a comment.
std::optional<ProtectedPrefix> entry_of(std::string_view raw, const std::string& place) {
    const auto line = trimmed(raw);
    if (line.empty() || line.front() == '#') return std::nullopt;
    const auto word = first_word(line);
    const auto prefix = Prefix::parse(word);
    if (!prefix)
        throw ConfigError(
            fmt::format("{}: '{}' is no prefix: write 198.51.100.0/24, with no bit set behind the "
                        "length",
                        place, printable(word)));
    auto comment = trimmed(line.substr(word.size()));
    if (comment.starts_with('#')) comment = trimmed(comment.substr(1));
    return ProtectedPrefix{*prefix, comment.empty()
                                        ? "allow-listed"
                                        : fmt::format("allow-listed ({})", printable(comment))};
}

bool holds(const std::vector<ProtectedPrefix>& entries, const Prefix& prefix) {
    return std::any_of(entries.begin(), entries.end(),
                       [&](const ProtectedPrefix& entry) { return entry.prefix == prefix; });
}

mode_t mode_of(const std::string& file) {
    struct stat status {};
    return stat(file.c_str(), &status) == 0 ? status.st_mode & 0777 : new_mode;
}

}  // namespace

std::vector<ProtectedPrefix> read_allow_list(const std::string& file) {
    require_safe_file(file);
    const std::string octets = read_file(file);
    std::vector<ProtectedPrefix> found;
    std::size_t number = 0;
    for (const auto line : split_lines(octets)) {
        if (auto entry = entry_of(line, fmt::format("{}:{}", file, ++number)))
            found.push_back(std::move(*entry));
    }
    return found;
}

bool add_to_allow_list(const std::string& file, const Prefix& prefix, std::string_view comment) {
    std::string octets = read_file_if_there(file).value_or("");
    if (access(file.c_str(), F_OK) == 0 && holds(read_allow_list(file), prefix)) return false;
    if (!octets.empty() && !octets.ends_with('\n')) octets += '\n';
    octets += prefix.text();
    if (!comment.empty()) octets += fmt::format(" {}", comment);
    write_file_durably(file, octets + "\n", mode_of(file));
    return true;
}

bool remove_from_allow_list(const std::string& file, const Prefix& prefix) {
    if (!holds(read_allow_list(file), prefix)) return false;
    const std::string octets = read_file(file);
    auto lines = split_lines(octets);
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    std::string kept;
    for (const auto line : lines) {
        const auto entry = entry_of(line, file);
        if (!entry || entry->prefix != prefix) kept += fmt::format("{}\n", line);
    }
    write_file_durably(file, kept, mode_of(file));
    return true;
}

}  // namespace ndr
