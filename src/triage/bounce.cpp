#include "bounce.hpp"

#include <algorithm>

#include "auto_reply.hpp"
#include "facts.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/delivery_report.hpp"
#include "ndr_triage/triage/notification.hpp"
#include "sender_fault.hpp"
#include "statements.hpp"

namespace ndr {

namespace {

bool is_same_address(const std::optional<std::string>& a, std::string_view b) {
    return a && comparable_address(*a) == comparable_address(b);
}

// Whom the notification is addressed to, and who wrote the returned message.
std::vector<std::string> senders_of_original(const Roles& roles, const ReplyFacts& facts) {
    std::vector<std::string> senders = facts.to;
    if (roles.returned != nullptr)
        senders.push_back(address_of_field(roles.returned->value("From")));
    return senders;
}

// Never failed recipients: we, with and without the detail that tells complaints apart, and the
// notification's own sender.
std::vector<std::string> ignored_addresses(const Roles& roles, const ReplyFacts& facts) {
    auto ignored = senders_of_original(roles, facts);
    ignored.insert(ignored.end(), facts.envelope_to.begin(), facts.envelope_to.end());
    for (std::size_t i = 0, count = ignored.size(); i < count; ++i)
        ignored.push_back(without_detail(ignored[i]));
    ignored.push_back(facts.sender);
    return ignored;
}

const NamedRecipient* named(const Notification& notification, const RecipientStatus& status) {
    for (const auto& recipient : notification.recipients) {
        if (is_same_address(status.final_recipient, recipient.address) ||
            is_same_address(status.original_recipient, recipient.address))
            return &recipient;
    }
    return nullptr;
}

// Text and returned header of a notification that puts the returned message into its own text.
Notification read_text(std::string_view text, const Roles& roles, ReplyFacts& facts) {
    Notification notification =
        read_notification(with_separate_addresses(text), ignored_addresses(roles, facts));
    if (notification.has_mark && roles.returned == nullptr) {
        auto returned = std::string_view(notification.returned);
        returned.remove_prefix(std::min(returned.find_first_not_of('\n'), returned.size()));
        const auto first_line = folded(returned.substr(0, returned.find('\n')));
        if (FormTable::standard().is_mark("original", first_line))
            returned.remove_prefix(std::min(returned.find('\n'), returned.size()));
        add_original_facts(parse_message(returned).header, facts);
    }
    return notification;
}

RecipientEvidence evidence_for(const RecipientStatus& status, const Notification& notification,
                               const std::string& subject) {
    RecipientEvidence evidence;
    evidence.status = status;
    if (status.diagnostic_code) {
        evidence.reasons.push_back(with_separate_addresses(*status.diagnostic_code));
        evidence.command = command_in(*status.diagnostic_code);
    }
    if (const auto* found = named(notification, status)) {
        if (!trimmed(found->reason).empty()) evidence.reasons.push_back(found->reason);
        if (evidence.command == Command::unknown) evidence.command = found->command;
    }
    if (!notification.common.empty()) evidence.reasons.push_back(notification.common);
    if (notification.recipients.empty() && evidence.command == Command::unknown)
        evidence.command = notification.command;
    evidence.notification = notification.text;
    evidence.subject = subject;
    return evidence;
}

// A recipient that wrote the returned message itself is no sender to be told apart.
void judge_recipient(const RuleSet& rules, const Roles& roles, const RecipientEvidence& evidence,
                     Judgement& judgement) {
    auto senders = senders_of_original(roles, judgement.facts);
    std::erase_if(senders, [&](const std::string& sender) {
        return is_same_address(evidence.status.final_recipient, sender) ||
               is_same_address(evidence.status.original_recipient, sender);
    });
    Verdict verdict = judge(rules, evidence);
    refuse_if_about_sender(evidence, senders, verdict);
    judgement.recipients.push_back(std::move(verdict));
}

// X-Failed-Recipients (Exim and others): addresses with the authority of the header.
std::vector<std::string> failed_recipients(const Header& header) {
    std::vector<std::string> addresses;
    for (const auto value : header.all("X-Failed-Recipients")) {
        for (auto& address : addresses_in(value))
            addresses.push_back(std::move(address));
    }
    return addresses;
}

// Fields that only failure notifications bear: Exim and others, XMail.
bool declares_failure(const Header& header) {
    return header.has("X-Failed-Recipients") || header.has("X-MailerError");
}

bool is_from_mail_system(const Header& header) {
    if (declares_failure(header)) return true;
    const auto& forms = FormTable::standard();
    for (const char* name : {"From", "Sender", "X-Mailer"}) {
        if (forms.has("mail-system", folded(header.value(name)))) return true;
    }
    return false;
}

// RFC 3834 gives autoresponders a null reverse-path, too: it alone makes nobody a mail system.
bool has_null_reverse_path(const Header& header) {
    return trimmed(header.value("Return-Path")) == "<>";
}

bool is_titled_as_answer(const Header& header) {
    return FormTable::standard().label("answer-title", folded(header.value("Subject"))) > 0;
}

struct Words {
    Weighing text;
    Weighing subject;
    bool acknowledges = false;  // a challenge: "confirm that you are human"
};

Words words_of(const RuleSet& rules, const Notification& notification, const std::string& subject) {
    const auto findings =
        statements_in(rules, notification.text, {RuleField::text, RuleField::notification});
    const bool acknowledges = std::any_of(findings.begin(), findings.end(), [](const Finding& f) {
        return f.rule->outcome == Outcome::acknowledged;
    });
    const auto in_subject =
        statements_in(rules, subject, {RuleField::subject, RuleField::notification});
    return {weigh(findings), weigh(in_subject), acknowledges};
}

bool is_bounce(const Header& header, const Roles& roles, const Notification& notification,
               const Words& words) {
    if (declares_failure(header)) return true;
    if (words.acknowledges) return false;
    const bool is_mail_system = is_from_mail_system(header);
    const bool seems_mail_system = is_mail_system || has_null_reverse_path(header);
    if (origin_of(header).is_list_mail && !seems_mail_system) return false;
    const bool speaks = words.text.says_failed || words.text.says_delayed;
    const bool subject_speaks = words.subject.says_failed || words.subject.says_delayed;
    const bool is_answer =
        !header.value("In-Reply-To").empty() || (!subject_speaks && is_titled_as_answer(header));
    if (!is_mail_system && is_answer) return false;
    const bool gives_reason = words.text.rule != nullptr || words.text.is_contradictory;
    const bool brings_back = notification.has_mark || roles.has_returned_message;
    // "Automatic reply: ..." and an answer that names nobody whom it could not reach, whatever else
    // they tell: RFC 3834 gives answers a null reverse-path, too.
    const bool says_answer =
        words.subject.rule != nullptr && words.subject.rule->outcome == Outcome::acknowledged;
    const bool names_nobody = !subject_speaks && notification.recipients.empty();
    if (!brings_back && (says_answer || (names_nobody && !header.value("In-Reply-To").empty())))
        return false;
    if (seems_mail_system) return speaks || subject_speaks || (gives_reason && brings_back);
    return (speaks && (brings_back || subject_speaks)) ||
           (subject_speaks && (gives_reason || brings_back));
}

std::vector<RecipientStatus> recipients_of(const Header& header, const Notification& notification) {
    std::vector<RecipientStatus> recipients;
    const auto add = [&](const std::string& address) {
        const bool known = std::any_of(
            recipients.begin(), recipients.end(),
            [&](const RecipientStatus& r) { return is_same_address(r.final_recipient, address); });
        if (known) return;
        RecipientStatus status;
        status.final_recipient = address;
        recipients.push_back(std::move(status));
    };
    const auto declared = failed_recipients(header);
    for (const auto& address : declared)
        add(address);
    for (const auto& recipient : notification.recipients) {
        if (declared.empty()) add(recipient.address);
    }
    if (recipients.empty()) recipients.emplace_back();
    return recipients;
}

}  // namespace

void judge_report(const RuleSet& rules, const Roles& roles, Judgement& judgement) {
    judgement.form = Form::dsn;
    DeliveryReport report = parse_delivery_report(roles.delivery_status->text);
    judgement.facts.original_envelope_id = report.original_envelope_id.value_or("");
    judgement.facts.reporting_mta = report.reporting_mta.value_or("");
    const Notification notification =
        read_text(before_complaint(roles.text), roles, judgement.facts);
    if (report.recipients.empty()) {
        for (const auto& recipient : notification.recipients) {
            report.recipients.emplace_back();
            report.recipients.back().final_recipient = recipient.address;
        }
        if (report.recipients.empty()) report.recipients.emplace_back();
    }
    for (const auto& status : report.recipients) {
        auto evidence = evidence_for(status, notification, judgement.facts.subject);
        evidence.is_report = true;
        const bool only_one = report.recipients.size() == 1 && notification.recipients.size() == 1;
        if (only_one && named(notification, status) == nullptr) {
            evidence.reasons.push_back(notification.recipients.front().reason);
            if (evidence.command == Command::unknown)
                evidence.command = notification.recipients.front().command;
        }
        judge_recipient(rules, roles, evidence, judgement);
    }
}

bool judge_bounce(const RuleSet& rules, const Header& header, const Roles& roles,
                  Judgement& judgement) {
    const bool is_mail_system = is_from_mail_system(header);
    // What a mail system quotes is what it returns; a person may forward a bounce so.
    const std::string unquoted = is_mail_system ? without_quoted_lines(roles.text) : roles.text;
    const auto text = before_complaint(unquoted);
    const Notification notification = read_text(text, roles, judgement.facts);
    const Words words = words_of(rules, notification, judgement.facts.subject);
    if (!is_bounce(header, roles, notification, words)) return false;
    judgement.form = Form::bounce;
    judgement.said_by_auto_reply = !is_mail_system;
    if (const auto pasted = pasted_report(text); !pasted.empty()) {
        const auto report = parse_delivery_report(pasted);
        for (const auto& status : report.recipients) {
            auto evidence = evidence_for(status, notification, judgement.facts.subject);
            evidence.is_report = true;
            judge_recipient(rules, roles, evidence, judgement);
        }
        return true;
    }
    for (const auto& status : recipients_of(header, notification)) {
        const auto evidence = evidence_for(status, notification, judgement.facts.subject);
        judge_recipient(rules, roles, evidence, judgement);
    }
    return true;
}

}  // namespace ndr
