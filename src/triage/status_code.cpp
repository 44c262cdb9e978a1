#include "ndr_triage/triage/status_code.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

// Reads 1 to 3 digits at `at` and moves behind them; -1 if there are none or more.
int small_number(std::string_view text, std::size_t& at) {
    int value = 0;
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at]) && at - begin < 4)
        value = value * 10 + (text[at++] - '0');
    return at == begin || at - begin > 3 ? -1 : value;
}

struct FoundStatus {
    EnhancedStatus status;
    std::size_t end = 0;
};

std::optional<FoundStatus> status_at(std::string_view text, std::size_t at) {
    EnhancedStatus status;
    status.code_class = small_number(text, at);
    if (status.code_class != 2 && status.code_class != 4 && status.code_class != 5)
        return std::nullopt;
    for (int* part : {&status.subject, &status.detail}) {
        if (at >= text.size() || text[at] != '.') return std::nullopt;
        *part = small_number(text, ++at);
        if (*part < 0) return std::nullopt;
    }
    const bool goes_on =
        at < text.size() && (is_digit(text[at]) || is_letter(text[at]) ||
                             (text[at] == '.' && at + 1 < text.size() && is_digit(text[at + 1])));
    if (goes_on) return std::nullopt;
    return FoundStatus{status, at};
}

bool is_boundary(std::string_view text, std::size_t at) {
    if (at == 0) return true;
    const char before = text[at - 1];
    return !is_digit(before) && !is_letter(before) && before != '.' && before != '@' &&
           before != '_' && before != '/' && before != '-';
}

std::optional<int> reply_code_at(std::string_view text, std::size_t at) {
    if (at + 3 > text.size() || !is_boundary(text, at)) return std::nullopt;
    if (text[at] != '4' && text[at] != '5') return std::nullopt;
    if (text[at + 1] < '0' || text[at + 1] > '7' || !is_digit(text[at + 2])) return std::nullopt;
    const char after = at + 3 < text.size() ? text[at + 3] : ' ';
    if (std::string_view(" -:,;)\"'#\n\t").find(after) == std::string_view::npos)
        return std::nullopt;
    return (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
}

}  // namespace

std::string EnhancedStatus::text() const {
    return fmt::format("{}.{}.{}", code_class, subject, detail);
}

std::optional<EnhancedStatus> parse_status(std::string_view field) {
    const auto found = status_at(trimmed(field), 0);
    return found ? std::optional(found->status) : std::nullopt;
}

ReplyCodes find_codes(std::string_view text) {
    ReplyCodes codes;
    bool code_has_status = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_digit(text[at])) continue;
        if (const auto code = reply_code_at(text, at)) {
            const bool quoted = at + 4 < text.size() && text[at + 4] == '\'';  // 550-'5.1.1 ...'
            const std::size_t next = at + (quoted ? 5 : 4);
            const auto follows = next < text.size() ? status_at(text, next) : std::nullopt;
            if (!codes.reply_code || (follows && !code_has_status)) {
                codes.reply_code = code;
                if (follows) codes.status = follows->status;
                code_has_status = follows.has_value();
            }
            at += 2;
        } else if (!codes.status && is_boundary(text, at)) {
            if (const auto status = status_at(text, at)) {
                codes.status = status->status;
                at = status->end - 1;
            }
        }
        while (at + 1 < text.size() && is_digit(text[at + 1]))
            ++at;
    }
    return codes;
}

}  // namespace ndr
