// mail/delivery_report.hpp -- the machine part of a report: RFC 3464, RFC 6533; RFC 8098 for MDNs.
//
// Pure text to values. Reporters have bad habits: no blank line between groups, fields of one
// recipient spread over two groups, no address type, no Action. All are read; values are kept as
// they stand, unfolded, and an absent field is nullopt. Recipients beyond the 200th are left out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ndr {

// One per-recipient group. Addresses without type and angle brackets.
struct RecipientStatus {
    std::optional<std::string> original_recipient;
    std::optional<std::string> final_recipient;
    std::optional<std::string> action;  // lower case, without comment
    std::optional<std::string> status;  // as it stands, with its comment
    std::optional<std::string> remote_mta;
    std::optional<std::string> diagnostic_code;  // the text behind "smtp;"
    std::vector<std::string> localized_diagnostic;
};

struct DeliveryReport {
    std::optional<std::string> reporting_mta;
    std::optional<std::string> original_envelope_id;
    std::vector<RecipientStatus> recipients;
};

DeliveryReport parse_delivery_report(std::string_view text);

// Where a report stands pasted into running text (RFC 3464 fields at the start of lines): the text
// from its first field on, or "" if there is none with a recipient.
std::string_view pasted_report(std::string_view text);

struct DispositionReport {
    std::optional<std::string> original_recipient;
    std::optional<std::string> final_recipient;
    std::optional<std::string> original_message_id;
    std::string disposition_type;  // displayed, deleted, dispatched, processed; "" unknown
};

DispositionReport parse_disposition_report(std::string_view text);

}  // namespace ndr
