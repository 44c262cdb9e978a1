#include "ndr_triage/mail/date.hpp"

#include <gmime/gmime.h>

#include <string>

#include "ndr_triage/base/text.hpp"

namespace ndr {

std::optional<Instant> parse_mail_date(std::string_view date) {
    const std::string text(trimmed(date));
    if (text.empty()) return std::nullopt;
    GDateTime* time = g_mime_utils_header_decode_date(text.c_str());
    if (time == nullptr) return std::nullopt;
    const auto at = instant_of(g_date_time_to_unix(time));
    g_date_time_unref(time);
    return at;
}

std::optional<Instant> received_date(std::string_view received) {
    const auto semicolon = received.rfind(';');
    if (semicolon == std::string_view::npos) return std::nullopt;
    return parse_mail_date(received.substr(semicolon + 1));
}

}  // namespace ndr
