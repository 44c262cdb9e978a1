#include "ndr_triage/intake/intake.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <deque>

#include "mail_test.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/ledger/cases.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/ledger/notices.hpp"
#include "ndr_triage/mail/message.hpp"

namespace ndr {

namespace {

Receipt refile(Ledger& ledger, const House& house, const Reply& stored, Judgement judgement,
               Instant now) {
    Receipt receipt{stored.id, Filing::repeated, std::move(judgement), stored.identity};
    const Identity found =
        identify(ledger, house, receipt.judgement, stored.envelope, stored.received_at);
    if (found.copy && proves_as_much(found, stored.identity)) receipt.identity = found;
    if (receipt.identity.trust > stored.identity.trust) receipt.filing = Filing::raised;
    recognise_person(receipt.judgement, receipt.identity);
    refile_reply(ledger, stored.id, receipt.judgement, receipt.identity);
    if (stored.identity.copy)
        decide_case(ledger, house.policy, stored.identity.copy->complaint, now);
    if (receipt.identity.copy)
        decide_case(ledger, house.policy, receipt.identity.copy->complaint, now);
    return receipt;
}

// Replies that came before their complaint was recorded.
std::size_t find_early_replies(Ledger& ledger, const House& house, const Complaint& complaint,
                               Instant now) {
    std::vector<std::string> mentions;
    for (const auto& copy : complaint.copies)
        mentions.push_back(copy.message_id);
    if (!complaint.token_key.empty())
        mentions.push_back(token_mention(complaint.token_key, complaint.token_number));
    std::size_t count = 0;
    for (const auto& mention : mentions) {
        for (const auto id : unmatched_replies_naming(ledger, mention)) {
            const auto stored = get_reply(ledger, id);
            if (!stored) continue;
            refile(ledger, house, *stored, stored->judgement, now);
            ++count;
        }
    }
    return count;
}

// A saved copy of a complaint that was recorded when it was sent is the same complaint.
std::optional<std::int64_t> recorded_before(Ledger& ledger, const Complaint& complaint) {
    for (const auto& copy : complaint.copies) {
        const auto token = token_in_address(copy.message_id);
        if (!token || !copy_with_message_id(ledger, copy.message_id)) continue;
        return complaint_with_token(ledger, token->key, token->number);
    }
    return std::nullopt;
}

}  // namespace

void recognise_person(Judgement& judgement, const Identity& identity) {
    const bool could_be_a_letter = judgement.form == Form::reply || judgement.form == Form::other;
    if (!could_be_a_letter || !identity.answers_us || judgement.outcome != Outcome::unrelated)
        return;
    judgement.form = Form::reply;
    judgement.outcome = Outcome::acknowledged;
    judgement.acknowledgement = Acknowledgement::person;
    judgement.rule = "answer to a complaint";
    judgement.evidence.push_back(
        {Place::mark, identity.reason, "acknowledged/person", judgement.rule, {}, true});
}

void decide_case(Ledger& ledger, const Policy& policy, std::int64_t complaint, Instant now) {
    std::deque<std::int64_t> open{complaint};
    while (!open.empty()) {
        const std::int64_t next = open.front();
        open.pop_front();
        const Decision decision = decide(policy, load_case(ledger, next, policy, now), now);
        for (const auto touched : save_decision(ledger, next, decision, now)) {
            if (std::find(open.begin(), open.end(), touched) == open.end()) open.push_back(touched);
        }
    }
}

Receipt take_in(Ledger& ledger, const House& house, const RawMessage& message,
                const Envelope& envelope, Judgement judgement, Instant now) {
    Receipt receipt;
    ledger.write([&] {
        if (take_in_mail_test(ledger, message, judgement.facts, envelope, now)) {
            receipt = {0, Filing::mail_test, std::move(judgement), {}};
            return;
        }
        Reply reply;
        reply.digest = message.digest;
        reply.received_at = received_at(judgement.facts, now);
        reply.recorded_at = now;
        reply.envelope = envelope;
        reply.identity = identify(ledger, house, judgement, envelope, reply.received_at);
        reply.judgement = std::move(judgement);
        reply.size = message.size;
        reply.octets = message.octets;
        recognise_person(reply.judgement, reply.identity);
        const FiledAs filed = file_reply(ledger, reply);
        if (!reply.identity.noticed.empty())
            note_answer(ledger, reply.identity.noticed, reply.received_at);
        if (filed.has_changed) {
            if (filed.left) decide_case(ledger, house.policy, *filed.left, now);
            if (reply.identity.copy)
                decide_case(ledger, house.policy, reply.identity.copy->complaint, now);
        }
        receipt = {filed.id, filed.filing, std::move(reply.judgement), std::move(reply.identity)};
    });
    return receipt;
}

std::optional<Receipt> take_in_again(Ledger& ledger, const House& house, std::int64_t reply,
                                     Judgement judgement, Instant now) {
    std::optional<Receipt> receipt;
    ledger.write([&] {
        const auto stored = get_reply(ledger, reply);
        if (stored) receipt = refile(ledger, house, *stored, std::move(judgement), now);
    });
    return receipt;
}

ComplaintReceipt take_in_complaint(Ledger& ledger, const House& house, const Complaint& complaint,
                                   const std::string& digest, Instant now) {
    ComplaintReceipt receipt;
    ledger.write([&] {
        const auto known = find_network(ledger, complaint.address);
        receipt.network = known ? known->network : guessed_network(complaint.address, now);
        const std::int64_t network = known ? known->id : put_network(ledger, receipt.network).id;
        const auto same = recorded_before(ledger, complaint);
        const auto recorded = same ? RecordedComplaint{*same, false}
                                   : record_complaint(ledger, complaint, digest, network, now);
        receipt.complaint = recorded.id;
        receipt.is_new = recorded.is_new;
        if (!recorded.is_new) return;
        receipt.replies_found = find_early_replies(ledger, house, complaint, now);
        decide_case(ledger, house.policy, recorded.id, now);
        if (const auto before = complaint_before(ledger, recorded.id))
            decide_case(ledger, house.policy, *before, now);
    });
    return receipt;
}

std::string fault_of(const Examined& examined) {
    const SourceItem& item = examined.item;
    if (!examined.is_message()) return item.fault ? item.fault->text : "";
    const std::string name =
        item.index == 0 ? item.path : fmt::format("{}:{}", item.path, item.index);
    if (!examined.examination.judgement)
        return fmt::format("{}: {}; it was not taken in, look at it by hand", name,
                           examined.examination.fault);
    const Judgement& judgement = *examined.examination.judgement;
    const bool says_nothing =
        judgement.outcome == Outcome::unrelated && judgement.recipients.empty();
    if (says_nothing && !begins_with_header(examined.item.message.octets))
        return fmt::format("{}: no mail: it does not begin with a header field", name);
    return {};
}

}  // namespace ndr
