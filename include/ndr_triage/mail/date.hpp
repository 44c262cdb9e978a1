// mail/date.hpp -- dates of header fields (RFC 5322 section 3.3 and its obsolete forms, years of
// three digits aside).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ndr_triage/base/clock.hpp"

namespace ndr {

std::optional<Instant> parse_mail_date(std::string_view date);
// The date behind the last ';' of a Received field (RFC 5321 section 4.4).
std::optional<Instant> received_date(std::string_view received);

// "Mon, 23 Nov 2026 11:00:00 +0100": RFC 5322 section 3.3, in the time zone of the process.
std::string mail_date_text(Instant at);

}  // namespace ndr
