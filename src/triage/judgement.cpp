#include "ndr_triage/triage/judgement.hpp"

#include <algorithm>

#include "auto_reply.hpp"
#include "bounce.hpp"
#include "event_notice.hpp"
#include "facts.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/delivery_report.hpp"
#include "parts.hpp"

namespace ndr {

namespace {

// An MDN proves that software handled the message; "deleted" proves nothing, and one whose
// Auto-Submitted says "rejected" is a refusal in disguise (RFC 8098; Sieve reject).
void judge_disposition(const RuleSet& rules, const Message& message, const Roles& roles,
                       Judgement& judgement) {
    const auto report = parse_disposition_report(roles.disposition->text);
    judgement.form = Form::mdn;
    if (report.original_message_id)
        judgement.facts.original_message_id = trimmed(*report.original_message_id).substr(0, 1000);
    std::erase_if(judgement.facts.original_message_id, [](char c) { return c == '<' || c == '>'; });
    const auto& type = report.disposition_type;
    judgement.rule = "disposition: " + type;
    judgement.evidence.push_back({Place::disposition, type, "", "", {}, true});
    const bool rejected =
        ascii_ifind(message.header.value("Auto-Submitted"), "rejected") != std::string_view::npos;
    if (rejected || type == "deleted" || type.empty()) {
        RecipientEvidence recipient;
        recipient.status.final_recipient = report.final_recipient;
        recipient.status.original_recipient = report.original_recipient;
        recipient.reasons = {roles.text};
        judgement.recipients.push_back(judge(rules, recipient));
        return;
    }
    Verdict verdict;
    verdict.final_recipient = report.final_recipient.value_or("");
    verdict.original_recipient = report.original_recipient.value_or("");
    verdict.outcome = Outcome::acknowledged;
    verdict.rule = judgement.rule;
    judgement.recipients.push_back(std::move(verdict));
    judgement.acknowledgement =
        type == "displayed" ? Acknowledgement::displayed : Acknowledgement::automatic;
}

// What Outlook says of a note by its message class (MS-OXCMSG, MS-OXORULE), where nothing else
// does.
bool judge_message_class(const Roles& roles, Judgement& judgement) {
    const std::string& message_class = roles.message_class;
    const bool is_read = message_class.find("read receipt") != std::string::npos ||
                         message_class.ends_with(".ipnrn");
    const bool is_away = message_class.find("ooftemplate") != std::string::npos;
    if (!is_read && !is_away) return false;
    judgement.form = is_read ? Form::mdn : Form::auto_reply;
    judgement.outcome = Outcome::acknowledged;
    judgement.acknowledgement = is_read ? Acknowledgement::displayed : Acknowledgement::vacation;
    judgement.rule = "message class: " + message_class;
    judgement.evidence.push_back(
        {Place::mark, message_class, std::string(text(judgement.outcome)), "", {}, true});
    return true;
}

void conclude(Judgement& judgement) {
    const Verdict* leading = leading_verdict(judgement.recipients);
    if (leading == nullptr) return;
    judgement.outcome = leading->outcome;
    judgement.rule = leading->rule;
    if (leading->outcome == Outcome::acknowledged && !judgement.acknowledgement)
        judgement.acknowledgement = Acknowledgement::delivered;
}

}  // namespace

const Verdict* leading_verdict(const std::vector<Verdict>& verdicts) {
    const auto failed = std::find_if(verdicts.begin(), verdicts.end(),
                                     [](const Verdict& v) { return is_failure(v.outcome); });
    if (failed != verdicts.end()) return &*failed;
    return verdicts.empty() ? nullptr : &verdicts.front();
}

Judgement judge(const RuleSet& rules, const Message& message) {
    Judgement judgement;
    judgement.facts = facts_of(message.header);
    const Roles roles = roles_of(message);
    if (roles.returned != nullptr) add_original_facts(*roles.returned, judgement.facts);
    if (roles.is_feedback_report) {
        judgement.form = Form::feedback_report;
        judgement.rule = "feedback report";
        return judgement;
    }
    if (roles.delivery_status != nullptr) {
        judge_report(rules, roles, judgement);
    } else if (roles.disposition != nullptr) {
        judge_disposition(rules, message, roles, judgement);
    } else if (!judge_message_class(roles, judgement) &&
               !judge_event_notice(rules, roles.text, judgement) &&
               !judge_bounce(rules, message.header, roles, judgement)) {
        judge_answer(rules, message.header, roles.text, judgement);
    }
    conclude(judgement);
    return judgement;
}

}  // namespace ndr
