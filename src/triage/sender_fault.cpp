#include "sender_fault.hpp"

#include <algorithm>

#include "facts.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/triage/status_code.hpp"

namespace ndr {

namespace {

// "User unknown; from <complaints@example.org>" tells whose mail it was, not who is unknown.
bool is_behind_from(std::string_view before) {
    const auto end = before.find_last_not_of(" <=:");
    return end != std::string_view::npos && folded(before.substr(0, end + 1)).ends_with("from");
}

bool names_only(std::string_view text, const std::vector<std::string>& senders) {
    bool names_sender = false;
    for (auto span = next_address(text); span; span = next_address(text, span->end)) {
        if (is_behind_from(text.substr(0, span->begin))) continue;
        const auto address = without_detail(text.substr(span->begin, span->end - span->begin));
        names_sender = std::any_of(senders.begin(), senders.end(), [&](const std::string& sender) {
            return without_detail(sender) == address;
        });
        if (!names_sender) return false;
    }
    return names_sender;
}

// What the host said, without the command that it answers, which names the recipient. It may go on
// in the next line; what follows further down is the notification's.
std::string_view answer_in(std::string_view reason) {
    if (const auto code = find_codes(reason).reply_code)
        reason.remove_prefix(std::min(reason.find(std::to_string(*code)), reason.size()));
    return reason.substr(0, reason.find('\n', reason.find('\n') + 1));
}

// The lines of a notification that hold the words which decided.
std::string_view matched_lines(const Evidence& piece) {
    const std::string_view text = piece.text;
    if (piece.matched.empty()) return {};
    const auto before = text.rfind('\n', piece.matched.front().begin);
    const auto begin = before == std::string_view::npos ? 0 : before + 1;
    return text.substr(begin, text.find('\n', piece.matched.back().end) - begin);
}

}  // namespace

void refuse_if_about_sender(const RecipientEvidence& recipient,
                            const std::vector<std::string>& senders, Verdict& verdict) {
    if (verdict.outcome != Outcome::recipient_unknown && verdict.outcome != Outcome::mailbox_full)
        return;
    const auto decisive = std::find_if(verdict.evidence.begin(), verdict.evidence.end(),
                                       [](const Evidence& piece) { return piece.decided; });
    if (decisive == verdict.evidence.end()) return;
    const bool by_notification =
        decisive->place == Place::notification || recipient.reasons.empty();
    const auto words =
        by_notification ? matched_lines(*decisive) : answer_in(recipient.reasons.front());
    if (!names_only(words, senders)) return;
    verdict.outcome = Outcome::refused;
    verdict.rule = "the answer names the sender, not the recipient";
    decisive->says = text(Outcome::refused);
}

}  // namespace ndr
