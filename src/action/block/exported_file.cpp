#include "exported_file.hpp"

#include <fmt/format.h>

#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::string_view until = ", until ";

}  // namespace

std::string mark_of(std::string_view sign) {
    return std::string(sign) + " Written by ndr-triage; what you change is lost.\n";
}

std::optional<std::string> read_exported(const std::string& back_end, const std::string& path,
                                         std::string_view mark) {
    auto text = read_file_if_there(path);
    if (text && !text->empty() && text->compare(0, mark.size(), mark) != 0)
        throw BackEndError(back_end,
                           path + " was not written by ndr-triage: move it away, or name another");
    return text;
}

void write_exported(const std::string& back_end, const std::string& path, std::string_view mark,
                    std::string_view text) {
    if (read_exported(back_end, path, mark) != text) write_file_durably(path, text, 0644);
}

std::string note_of(const ActiveBlock& part) {
    return fmt::format("block {}{}{}", part.id, until, iso_text(part.ends_at));
}

std::optional<Instant> end_in(std::string_view line) {
    const auto at = line.find(until);
    if (at == std::string_view::npos) return std::nullopt;
    return parse_instant(trimmed(line.substr(at + until.size())));
}

std::vector<PresentBlock> noted_prefixes(std::string_view text) {
    std::vector<PresentBlock> present;
    std::optional<Instant> ends_at;
    for (const auto line : split_lines(text)) {
        if (const auto range = AddressRange::parse(line.substr(0, line.find(' '))))
            present.push_back({*range, ends_at});
        ends_at = end_in(line);
    }
    return present;
}

}  // namespace ndr
