#include "ndr_triage/mail/delivery_report.hpp"

#include <algorithm>
#include <utility>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_recipients = 200;

struct ReportField {
    std::string name;  // lower case
    std::string value;
    bool starts_group = false;
    bool starts_final_group = false;  // one that names a final recipient, here or further down
};

bool is_blank_line(std::string_view line) {
    return trimmed(line).empty();
}

// RFC 3464 section 2.1: fields as in RFC 822, groups separated by blank lines. A folded line that
// forgot its blank is taken for a continuation if it cannot be a field.
std::vector<ReportField> fields_of(std::string_view text) {
    std::vector<ReportField> fields;
    std::size_t group = 0;  // the first field of this group
    bool after_blank = true;
    for (const auto line : split_lines(text)) {
        if (is_blank_line(line)) {
            after_blank = true;
            continue;
        }
        const auto colon = line.find(':');
        const bool folded_line = line.front() == ' ' || line.front() == '\t';
        const std::string_view name = trimmed(line.substr(0, colon));
        const bool is_field =
            !folded_line && colon != std::string_view::npos && !name.empty() &&
            std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7f'; });
        if (is_field) {
            if (after_blank) group = fields.size();
            fields.push_back({ascii_lower(name), std::string(trimmed(line.substr(colon + 1))),
                              after_blank, false});
            if (fields.back().name == "final-recipient") fields[group].starts_final_group = true;
        } else if (!fields.empty()) {
            fields.back().value.append(" ").append(trimmed(line));
        }
        after_blank = false;
    }
    return fields;
}

std::string behind_type(std::string_view value) {
    const auto semicolon = value.find(';');
    const std::string_view type = trimmed(value.substr(0, semicolon));
    const bool typed = semicolon != std::string_view::npos && type.size() < 30 &&
                       type.find_first_of(" :") == std::string_view::npos;
    return std::string(trimmed(typed ? value.substr(semicolon + 1) : value));
}

std::string first_word(std::string_view value) {
    value = trimmed(value);
    return ascii_lower(value.substr(0, value.find_first_of(" \t(;")));
}

bool is_recipient_field(std::string_view name) {
    return name == "final-recipient" || name == "original-recipient";
}

bool set_recipient_field(RecipientStatus& recipient, const ReportField& field) {
    if (field.name == "final-recipient") {
        recipient.final_recipient = address_of_field(field.value);
    } else if (field.name == "original-recipient") {
        recipient.original_recipient = address_of_field(field.value);
    } else if (field.name == "action") {
        recipient.action = first_word(field.value);
    } else if (field.name == "status") {
        recipient.status = field.value;
    } else if (field.name == "remote-mta") {
        recipient.remote_mta = behind_type(field.value);
    } else if (field.name == "diagnostic-code") {
        recipient.diagnostic_code = behind_type(field.value);
    } else if (field.name == "localized-diagnostic") {
        recipient.localized_diagnostic.push_back(behind_type(field.value));
    } else {
        return false;
    }
    return true;
}

bool names_a_recipient(const RecipientStatus& recipient) {
    return recipient.final_recipient || recipient.original_recipient;
}

// True if `field` belongs to another recipient than the one collected so far.
bool starts_recipient(const RecipientStatus& recipient, const ReportField& field) {
    if (field.starts_final_group && recipient.final_recipient) return true;
    if (field.name == "final-recipient" && recipient.final_recipient) return true;
    if (field.name == "original-recipient" && recipient.original_recipient) return true;
    return is_recipient_field(field.name) && field.starts_group && names_a_recipient(recipient);
}

// Where a line starts with `name` (lower case, with its colon), or npos.
std::size_t field_start(std::string_view text, std::string_view name) {
    auto at = ascii_ifind(text, name);
    while (at != std::string_view::npos && at > 0 && text[at - 1] != '\n')
        at = ascii_ifind(text, name, at + 1);
    return at;
}

}  // namespace

DeliveryReport parse_delivery_report(std::string_view text) {
    DeliveryReport report;
    RecipientStatus current;
    bool has_fields = false;
    for (const auto& field : fields_of(text)) {
        if (field.name == "reporting-mta") {
            report.reporting_mta = behind_type(field.value);
        } else if (field.name == "original-envelope-id") {
            report.original_envelope_id = field.value;
        }
        if (starts_recipient(current, field)) {
            report.recipients.push_back(std::exchange(current, {}));
            has_fields = false;
        }
        if (report.recipients.size() == most_recipients) break;
        has_fields = set_recipient_field(current, field) || has_fields;
    }
    if (has_fields) report.recipients.push_back(std::move(current));
    return report;
}

std::string_view pasted_report(std::string_view text) {
    const std::size_t begin =
        std::min({field_start(text, "reporting-mta:"), field_start(text, "final-recipient:"),
                  field_start(text, "original-recipient:")});
    if (begin == std::string_view::npos) return {};
    const std::string_view report = text.substr(begin);
    return field_start(report, "final-recipient:") == std::string_view::npos ? std::string_view()
                                                                             : report;
}

DispositionReport parse_disposition_report(std::string_view text) {
    DispositionReport report;
    for (const auto& field : fields_of(text)) {
        if (field.name == "final-recipient") {
            report.final_recipient = address_of_field(field.value);
        } else if (field.name == "original-recipient") {
            report.original_recipient = address_of_field(field.value);
        } else if (field.name == "original-message-id") {
            report.original_message_id = field.value;
        } else if (field.name == "disposition") {
            const auto semicolon = field.value.find(';');
            const std::string type =
                semicolon == std::string::npos ? field.value : field.value.substr(semicolon + 1);
            report.disposition_type = first_word(type.substr(0, type.find('/')));
        }
    }
    return report;
}

}  // namespace ndr
