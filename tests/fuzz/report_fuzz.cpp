// The machine parts of reports: RFC 3464 and RFC 8098 fields, pasted ones too.
#include <cstdint>
#include <cstdlib>

#include "ndr_triage/mail/delivery_report.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    ndr::parse_delivery_report(text);
    ndr::parse_disposition_report(text);
    const auto pasted = ndr::pasted_report(text);
    if (!pasted.empty() && ndr::parse_delivery_report(pasted).recipients.empty()) std::abort();
    return 0;
}
