#include "ndr_triage/triage/verdict.hpp"

#include <algorithm>
#include <array>

#include "ndr_triage/base/named.hpp"
#include "ndr_triage/base/text.hpp"
#include "statements.hpp"

namespace ndr {

namespace {

constexpr std::array places = std::to_array<Named<Place>>({
    {Place::action, "action"},
    {Place::disposition, "disposition"},
    {Place::diagnostic_code, "diagnostic-code"},
    {Place::localized_diagnostic, "localized-diagnostic"},
    {Place::status_in_diagnostic, "status in diagnostic-code"},
    {Place::status, "status"},
    {Place::reply_code, "reply-code"},
    {Place::notification, "notification"},
    {Place::subject, "subject"},
    {Place::auto_reply, "text"},
    {Place::mark, "header field"},
});

constexpr std::size_t shown_text = 600;
constexpr std::size_t kept_diagnostic = 1000;

// Weighs one piece after the other; the first that speaks clearly decides.
class Judge {
public:
    Judge(const RuleSet& rules, const RecipientEvidence& recipient)
        : rules_(rules), recipient_(recipient) {}

    Verdict judge() {
        describe();
        weigh_action();
        for (const auto& reason : recipient_.reasons)
            weigh_text(Place::diagnostic_code, reason);
        for (const auto& text : recipient_.status.localized_diagnostic)
            weigh_text(Place::localized_diagnostic, text);
        weigh_status(Place::status_in_diagnostic, codes_.status);
        weigh_status(Place::status, status_field_);
        weigh_reply_code();
        weigh_text(Place::notification, recipient_.notification);
        weigh_text(Place::subject, recipient_.subject);
        return concluded();
    }

private:
    void describe() {
        const auto& status = recipient_.status;
        verdict_.final_recipient = status.final_recipient.value_or("");
        verdict_.original_recipient = status.original_recipient.value_or("");
        verdict_.action = status.action.value_or("");
        verdict_.remote_mta = status.remote_mta.value_or("");
        for (const auto& reason : recipient_.reasons) {
            const auto codes = find_codes(reason);
            if (!codes_.reply_code) codes_.reply_code = codes.reply_code;
            if (!codes_.status) codes_.status = codes.status;
        }
        if (!recipient_.reasons.empty())
            verdict_.diagnostic_code = cut(trimmed(recipient_.reasons.front()), kept_diagnostic);
        if (status.status) status_field_ = parse_status(*status.status);
        verdict_.reply_code = codes_.reply_code;
        if (status_field_) {
            verdict_.status = status_field_->text();
        } else if (codes_.status) {
            verdict_.status = codes_.status->text();
        }
    }

    void weigh_action() {
        if (verdict_.action.empty()) return;
        static constexpr std::array not_final{"delayed", "relayed", "expanded"};
        Evidence piece{Place::action, verdict_.action, "", "", {}, false};
        if (verdict_.action == "delivered") {
            piece.says = text(Outcome::acknowledged);
            decide(piece, Outcome::acknowledged, "action: delivered");
        } else if (std::find(not_final.begin(), not_final.end(), verdict_.action) !=
                   not_final.end()) {
            piece.says = text(Outcome::delayed);
            decide(piece, Outcome::delayed, "action: " + verdict_.action);
        } else if (verdict_.action == "failed") {
            piece.says = "final";
            is_final_ = true;
        }
        verdict_.evidence.push_back(std::move(piece));
    }

    // The rule fields that apply to a text that stood there.
    std::vector<RuleField> fields_of(Place place) const {
        switch (place) {
            case Place::subject:
                return {RuleField::subject, RuleField::notification};
            case Place::notification:
                return {RuleField::text, RuleField::notification};
            default:
                break;
        }
        std::vector<RuleField> fields{RuleField::text, RuleField::diagnostic_code};
        if (recipient_.command == Command::unknown || recipient_.command == Command::rcpt)
            fields.push_back(RuleField::reply_to_rcpt);
        if (recipient_.command == Command::data) fields.push_back(RuleField::reply_to_data);
        return fields;
    }

    void weigh_text(Place place, const std::string& whole) {
        if (trimmed(whole).empty()) return;
        const auto findings = statements_in(rules_, whole, fields_of(place));
        const Weighing weighing = weigh(findings);
        Evidence piece = shown(place, whole, findings);
        says_failed_ = says_failed_ || weighing.says_failed;
        if (place == Place::notification || place == Place::subject)
            says_delayed_ = says_delayed_ || weighing.says_delayed;
        if (weighing.is_contradictory) {
            piece.says = "contradictory";
            decide(piece, Outcome::undetermined, "contradictory");
        } else if (weighing.rule != nullptr) {
            say(piece, *weighing.rule);
        } else if (weighing.says_delayed) {
            piece.says = text(Outcome::delayed);
        } else if (weighing.says_failed) {
            piece.says = "failed";
        }
        verdict_.evidence.push_back(std::move(piece));
    }

    void weigh_status(Place place, const std::optional<EnhancedStatus>& status) {
        if (!status) return;
        Evidence piece{place, status->text(), "", "", {}, false};
        if (const Rule* rule = rules_.find(*status)) say(piece, *rule);
        verdict_.evidence.push_back(std::move(piece));
    }

    void weigh_reply_code() {
        if (!codes_.reply_code) return;
        Evidence piece{Place::reply_code, std::to_string(*codes_.reply_code), "", "", {}, false};
        if (const Rule* rule = rules_.find_reply_code(*codes_.reply_code)) {
            say(piece, *rule);
        } else if (is_refusal_of_us()) {
            piece.says = text(Outcome::refused);
            decide(piece, Outcome::refused, "5xx before RCPT");
        }
        verdict_.evidence.push_back(std::move(piece));
    }

    // A host that answers with a reply code before RCPT speaks of us, not of the mailbox; but 421,
    // and any 4xx in front of the first command, is a host that takes no mail now.
    bool is_refusal_of_us() const {
        if (!codes_.reply_code) return false;
        switch (recipient_.command) {
            case Command::connection:
            case Command::greeting:
                return *codes_.reply_code >= 500;
            case Command::helo:
            case Command::mail:
                return *codes_.reply_code != 421;
            case Command::unknown:
            case Command::rcpt:
            case Command::data:
                break;
        }
        return false;
    }

    // A host that answers 421 to the connection itself hangs up, whatever it says of its own state.
    bool hangs_up() const {
        return codes_.reply_code == 421 && (recipient_.command == Command::connection ||
                                            recipient_.command == Command::greeting);
    }

    // A host's local error: that the attempts are then used up is no better reason.
    bool has_local_error() const { return codes_.reply_code == 451; }

    void say(Evidence& piece, const Rule& rule) {
        piece.says = rule.meaning();
        piece.rule = rule.name();
        Outcome outcome = *rule.outcome;
        if (outcome == Outcome::undetermined && hangs_up() && piece.place < Place::reply_code)
            return;
        if (rule.is_expiry && has_local_error()) return;
        if (outcome == Outcome::acknowledged && is_final_) return;  // Action: failed
        if (is_failure(outcome) && is_refusal_of_us() && piece.place < Place::notification)
            outcome = Outcome::refused;
        decide(piece, outcome, rule.name());
    }

    void decide(Evidence& piece, Outcome outcome, const std::string& rule) {
        if (is_decided_) return;
        is_decided_ = piece.decided = true;
        verdict_.outcome = outcome;
        verdict_.rule = rule;
    }

    // RFC 3464 section 2.3.3: without an Action nothing says that it is final but the class of the
    // Status, and then the words of the notification.
    Verdict concluded() {
        const bool action_decided = verdict_.rule.starts_with("action: ");
        if (!is_final_ && !action_decided) {
            const bool soft = recipient_.is_report && status_field_ &&
                              status_field_->code_class == 4 && !says_failed_;
            if (says_delayed_ || soft) {
                verdict_.outcome = Outcome::delayed;
                verdict_.rule = says_delayed_ ? "the notification says delayed"
                                              : "status of class 4, no Action";
            }
        }
        if (verdict_.rule.empty()) verdict_.rule = "no reason given";
        return std::move(verdict_);
    }

    static Evidence shown(Place place, const std::string& whole,
                          const std::vector<Finding>& findings) {
        Evidence piece{place, "", "", "", {}, false};
        std::size_t begin = 0;
        if (!findings.empty() && findings.front().end > shown_text) {
            begin = findings.front().begin;
            while (begin > 0 && whole[begin] != '\n' && findings.front().begin - begin < 80)
                --begin;
            while (begin < whole.size() &&
                   (static_cast<unsigned char>(whole[begin]) & 0xC0) == 0x80)
                ++begin;
        }
        piece.text = cut(std::string_view(whole).substr(begin), shown_text);
        for (const auto& finding : findings) {
            if (finding.begin >= begin && finding.end - begin <= piece.text.size())
                piece.matched.push_back({finding.begin - begin, finding.end - begin});
        }
        return piece;
    }

    const RuleSet& rules_;
    const RecipientEvidence& recipient_;
    Verdict verdict_;
    ReplyCodes codes_;
    std::optional<EnhancedStatus> status_field_;
    bool is_final_ = false;
    bool is_decided_ = false;
    bool says_failed_ = false;
    bool says_delayed_ = false;
};

}  // namespace

std::string_view text(Place place) {
    return name_in(places, place);
}
std::optional<Place> place_of(std::string_view text) {
    return value_in(places, text);
}

std::vector<RuleField> fields_beside(RuleField field) {
    switch (field) {
        case RuleField::text:
        case RuleField::diagnostic_code:
        case RuleField::reply_to_rcpt:
            return {RuleField::text, RuleField::diagnostic_code, RuleField::reply_to_rcpt};
        case RuleField::reply_to_data:
            return {RuleField::text, RuleField::diagnostic_code, RuleField::reply_to_data};
        case RuleField::notification:
            return {RuleField::text, RuleField::notification};
        case RuleField::subject:
            return {RuleField::subject, RuleField::notification};
        case RuleField::auto_reply:
        case RuleField::status:
        case RuleField::reply_code:
            break;
    }
    return {field};
}

Verdict judge(const RuleSet& rules, const RecipientEvidence& recipient) {
    return Judge(rules, recipient).judge();
}

}  // namespace ndr
