#include "ndr_triage/action/letters.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "letter/smtp.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/complaint_tokens.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/ledger/notices.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/letter.hpp"

namespace ndr {

namespace {

constexpr Seconds first_pause = std::chrono::minutes(5);
constexpr Seconds longest_pause = std::chrono::days(1);

Seconds pause_after(std::int64_t tries) {
    return std::min(longest_pause,
                    first_pause * (std::int64_t{1} << std::min<std::int64_t>(tries - 1, 9)));
}

std::vector<FollowUpRow> due_letters(Ledger& ledger, FollowUpKind kind, Instant now) {
    std::vector<FollowUpRow> rows;
    ledger.read([&] { rows = list_follow_ups(ledger, {std::nullopt, true}); });
    std::erase_if(rows, [&](const FollowUpRow& row) {
        const bool is_due = kind_of(row.follow_up.deed) == kind &&
                            row.follow_up.state == FollowUpState::due &&
                            row.follow_up.due_at <= now;
        const bool rests =
            row.tries > 0 && row.tried_at && now < *row.tried_at + pause_after(row.tries);
        return !is_due || rests;
    });
    return rows;
}

// One letter on its way. What the ledger says first is true whenever the program ends.
class Dispatch {
public:
    Dispatch(Ledger& ledger, const Policy& policy, const Relay& relay, Instant now)
        : ledger_(ledger), policy_(policy), relay_(relay), now_(now) {}

    void send(const FollowUpRow& row, const Posting& posting, SentLetters& result) {
        if (!start(row)) return;
        const std::string what =
            fmt::format("{}, complaint {}", description_of(row.follow_up.deed), row.complaint);
        try {
            submit(relay_, posting);
        } catch (const UncertainSubmission& error) {
            result.faults.push_back(fmt::format(
                "{}: nobody knows whether it left, a person must decide: {}", what, error.what()));
            return;
        } catch (const Failure& error) {
            ledger_.write([&] { fail_sending(ledger_, row.id, error.what(), now_); });
            result.faults.push_back(fmt::format("{}: {}", what, error.what()));
            return;
        }
        ledger_.write([&] {
            finish_sending(ledger_, row.id, now_);
            decide_case(ledger_, policy_, row.complaint, now_);
        });
        result.sent.push_back(fmt::format("{}, to {}", what, posting.recipient));
    }

private:
    bool start(const FollowUpRow& row) {
        bool is_ours = false;
        ledger_.write([&] {
            decide_case(ledger_, policy_, row.complaint, now_);
            is_ours = start_sending(ledger_, row.id, now_);
        });
        return is_ours;
    }

    Ledger& ledger_;
    const Policy& policy_;
    const Relay& relay_;
    Instant now_;
};

}  // namespace

SentLetters send_letters(Ledger& ledger, const Policy& policy, const Relay& relay,
                         FollowUpKind kind, const Compose& compose, Instant now) {
    SentLetters result;
    Dispatch dispatch(ledger, policy, relay, now);
    for (const auto& row : due_letters(ledger, kind, now)) {
        if (const auto posting = compose(row)) dispatch.send(row, *posting, result);
    }
    return result;
}

std::optional<Posting> notice_posting(Ledger& ledger, const Policy& policy, const Key& key,
                                      const ComplaintDesk& desk, const FollowUpRow& notice,
                                      Instant now) {
    std::optional<NoticeOccasion> occasion;
    ledger.read([&] { occasion = notice_occasion(ledger, notice); });
    if (!occasion) return std::nullopt;
    const Token token =
        occasion->complaint.token_key.empty()
            ? sign(key.id, key.secret, TokenPurpose::notice, random_token_number(), 0,
                   occasion->facts.contact)
            : copy_token(key, occasion->complaint, TokenPurpose::notice, occasion->position);
    NoticeFacts& facts = occasion->facts;
    facts.pause = policy.repeat_limit;
    facts.from = desk.address;
    facts.answers = with_extension(desk.address, token.text());
    facts.host = own_host_name();
    facts.at = now;
    const auto words = notice_words(facts);
    Letter letter;
    letter.from_name = desk.from_name;
    letter.from = desk.address;
    letter.to = {"postmaster@" + facts.domain};
    letter.reply_to = facts.answers;
    letter.subject = words.subject;
    letter.message_id = fmt::format("{}@{}", token.text(), domain_of(desk.address));
    letter.date = now;
    letter.fields = {{"Auto-Submitted", "auto-generated"}};
    letter.text = words.text;
    letter.enclosures = {returned_mail(facts)};
    return Posting{facts.answers, letter.to.front(), token.text(), octets_of(letter)};
}

}  // namespace ndr
