#include "ndr_triage/view/classification.hpp"

#include <nlohmann/json.hpp>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

using Json = nlohmann::ordered_json;

Json word_or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json json_of(const Verdict& verdict) {
    return {{"final_recipient", word_or_null(verdict.final_recipient)},
            {"original_recipient", word_or_null(verdict.original_recipient)},
            {"outcome", text(verdict.outcome)},
            {"action", word_or_null(verdict.action)},
            {"status", word_or_null(verdict.status)},
            {"reply_code", verdict.reply_code ? Json(*verdict.reply_code) : Json()},
            {"diagnostic_code", word_or_null(verdict.diagnostic_code)},
            {"remote_mta", word_or_null(verdict.remote_mta)},
            {"rule", word_or_null(verdict.rule)}};
}

}  // namespace

std::string classification_json(const std::string& path, std::size_t index,
                                const Judgement& judgement) {
    Json recipients = Json::array();
    for (const auto& verdict : judgement.recipients)
        recipients.push_back(json_of(verdict));
    const auto& kind = judgement.acknowledgement;
    const Json json{{"path", path},
                    {"index", index},
                    {"outcome", text(judgement.outcome)},
                    {"form", text(judgement.form)},
                    {"rule", word_or_null(judgement.rule)},
                    {"message_id", word_or_null(judgement.facts.message_id)},
                    {"acknowledgement", kind ? Json(text(*kind)) : Json()},
                    {"recipients", std::move(recipients)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string outcome_text(Outcome outcome, const std::optional<Acknowledgement>& acknowledgement) {
    std::string result(text(outcome));
    if (outcome == Outcome::acknowledged && acknowledgement)
        result += " (" + std::string(text(*acknowledgement)) + ")";
    return result;
}

std::string classification_line(const Judgement& judgement) {
    std::string line = outcome_text(judgement.outcome, judgement.acknowledgement);
    line += "  " + std::string(text(judgement.form));
    const Verdict* leading = leading_verdict(judgement.recipients);
    if (leading != nullptr && !leading->final_recipient.empty())
        line += "  " + printable(leading->final_recipient);
    if (judgement.recipients.size() > 1)
        line += " and " + std::to_string(judgement.recipients.size() - 1) + " more";
    return line;
}

std::string item_name(const std::string& path, std::size_t index) {
    return index == 0 ? path : path + ":" + std::to_string(index);
}

}  // namespace ndr
