#include "ndr_triage/mail/date.hpp"

#include <gmime/gmime.h>

#include <string>

#include "gref.hpp"
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

std::string mail_date_text(Instant at) {
    GDateTime* time = g_date_time_new_from_unix_local(unix_seconds(at));
    if (time == nullptr) return {};
    const GText text(g_mime_utils_header_format_date(time));
    g_date_time_unref(time);
    return text.get();
}

std::optional<Instant> received_date(std::string_view received) {
    const auto semicolon = received.rfind(';');
    if (semicolon == std::string_view::npos) return std::nullopt;
    return parse_mail_date(received.substr(semicolon + 1));
}

}  // namespace ndr
