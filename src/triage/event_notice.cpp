#include "event_notice.hpp"

#include <nlohmann/json.hpp>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

using Json = nlohmann::json;

namespace {

constexpr std::size_t most_recipients = 100;

// Sendmail breaks lines of 990 octets and more by "!", a line end and a blank (RFC 5321 section
// 4.5.3.1.6 allows no longer ones); these notices are one line.
std::string without_breaks(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.substr(at, 3) == "!\n ") {
            at += 2;
        } else {
            result += text[at];
        }
    }
    return result;
}

// The object at the start of the text, whatever stands behind it.
Json leading_object(std::string_view text) {
    const std::string whole = without_breaks(trimmed(text));
    if (!whole.starts_with('{')) return {};
    const auto end = whole.find("}\n");
    return Json::parse(whole.substr(0, end == std::string::npos ? end : end + 1), nullptr, false);
}

std::string word(const Json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    if (!object.is_object() || found == object.end() || !found->is_string()) return {};
    return found->get<std::string>();
}

const Json* list(const Json& object, const char* part, const char* key) {
    const auto inner = object.find(part);
    if (inner == object.end() || !inner->is_object()) return nullptr;
    const auto found = inner->find(key);
    return found != inner->end() && found->is_array() ? &*found : nullptr;
}

RecipientStatus status_of(const Json& recipient) {
    RecipientStatus status;
    status.final_recipient = address_of_field(word(recipient, "emailAddress"));
    const std::string diagnostic = word(recipient, "diagnosticCode");
    if (const auto action = word(recipient, "action"); !action.empty())
        status.action = ascii_lower(action);
    if (const auto code = word(recipient, "status"); !code.empty()) status.status = code;
    if (!diagnostic.empty())
        status.diagnostic_code =
            ascii_istarts_with(diagnostic, "smtp;") ? trimmed(diagnostic.substr(5)) : diagnostic;
    return status;
}

}  // namespace

bool judge_event_notice(const RuleSet& rules, std::string_view text, Judgement& judgement) {
    const Json notice = leading_object(text);
    const std::string type = word(notice, "notificationType");
    const Json* recipients = type == "Bounce"     ? list(notice, "bounce", "bouncedRecipients")
                             : type == "Delivery" ? list(notice, "delivery", "recipients")
                                                  : nullptr;
    if (recipients == nullptr || recipients->empty()) return false;
    judgement.form = Form::bounce;
    for (const auto& recipient : *recipients) {
        if (judgement.recipients.size() == most_recipients) break;
        RecipientEvidence evidence;
        evidence.is_report = true;
        evidence.status = status_of(recipient);
        if (recipient.is_string()) {
            evidence.status.final_recipient = address_of_field(recipient.get<std::string>());
            evidence.status.action = "delivered";
        }
        if (evidence.status.diagnostic_code)
            evidence.reasons.push_back(*evidence.status.diagnostic_code);
        judgement.recipients.push_back(judge(rules, evidence));
    }
    return true;
}

}  // namespace ndr
