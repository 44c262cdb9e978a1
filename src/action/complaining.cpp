#include "ndr_triage/action/complaining.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "letter/smtp.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/complaint_tokens.hpp"
#include "ndr_triage/intake/networks.hpp"
#include "ndr_triage/ledger/blocks.hpp"
#include "ndr_triage/ledger/contacts.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/letter.hpp"

namespace ndr {

namespace {

Letter letter_to(const std::vector<std::string>& to, const ComplaintDesk& desk,
                 const Complaint& complaint, std::size_t position, const LetterWords& words) {
    const std::string answer(local_part(complaint.copies[position].message_id));
    Letter letter;
    letter.from_name = desk.from_name;
    letter.from = desk.address;
    letter.to = to;
    letter.reply_to = with_extension(desk.address, answer);
    letter.subject = words.subject;
    letter.message_id = complaint.copies[position].message_id;
    letter.date = complaint.sent_at;
    letter.fields = {{"X-NDR-Triage", answer}};
    letter.text = words.text;
    return letter;
}

class Planner {
public:
    Planner(Ledger& ledger, const House& house, const Key& key, const ComplaintDesk& desk,
            const ComplaintOrder& order, Instant now)
        : ledger_(ledger), house_(house), key_(key), desk_(desk), order_(order), now_(now) {}

    ComplaintPlan plan(const LookUp& look_up) {
        learn(look_up);
        ledger_.read([&] {
            plan_.network = network();
            plan_.refusal = refusal();
            if (plan_.refusal.empty()) choose_contacts();
        });
        if (!plan_.refusal.empty()) return std::move(plan_);
        Complaint& complaint = plan_.complaint;
        complaint.address = order_.address;
        complaint.sent_at = now_;
        complaint.token_key = key_.id;
        complaint.token_number = random_token_number();
        sign_copies(key_, domain_of(desk_.address), complaint);
        write_letters();
        return std::move(plan_);
    }

private:
    Network network() {
        const auto known = find_network(ledger_, order_.address);
        return known ? known->network : guessed_network(order_.address, now_);
    }

    // A registry is asked where the network is only guessed, or nobody could be written to.
    void learn(const LookUp& look_up) {
        bool is_known = false;
        ledger_.read([&] {
            const Network known = network();
            const bool has_contacts =
                !order_.contacts.empty() || !complaint_contacts(known).empty();
            is_known = !known.is_guess() && has_contacts;
        });
        if (is_known) return;
        if (const auto network = look_up(order_.address))
            learn_networks(ledger_, house_.policy, {*network}, order_.address, now_);
    }

    std::string refusal() {
        if (const auto until = blocked_until(ledger_, order_.address, now_))
            return fmt::format("its network is blocked until {}", local_text(*until));
        const auto last = last_complaint_about(ledger_, order_.address);
        const auto& told = plan_.network.told_contact;
        const bool may_be_sent_again = last && told && told->at >= last->sent_at;
        if (last && !may_be_sent_again && last->sent_at > now_ - desk_.interval)
            return fmt::format("complaint {} about it is of {}, less than {} ago", last->id,
                               local_text(last->sent_at), span_text(desk_.interval));
        return {};
    }

    void choose_contacts() {
        auto contacts = order_.contacts;
        if (contacts.empty()) contacts = complaint_contacts(plan_.network);
        for (const auto& contact : contacts) {
            const std::string address = comparable_address(contact);
            const bool is_there =
                std::any_of(plan_.copies.begin(), plan_.copies.end(),
                            [&](const PlannedCopy& copy) { return copy.contact == address; });
            if (!is_there) choose(address);
        }
    }

    void choose(const std::string& address) {
        const auto history = contact_history(ledger_, address, house_.policy, now_);
        const std::string reason = reason_not_to_mail(history, house_.policy);
        plan_.copies.push_back({address, reason.empty(), reason});
        if (!reason.empty() && !history.is_known_dead()) return;
        plan_.complaint.copies.push_back({address, "", reason.empty()});
    }

    LetterWords words_for(const std::string& contact, const std::string& message_id) const {
        ComplaintFacts facts{order_.address,
                             plan_.network,
                             contact,
                             with_extension(desk_.address, local_part(message_id)),
                             desk_.address,
                             own_host_name(),
                             now_};
        auto words =
            order_.text.empty()
                ? complaint_words(desk_.letter_template, desk_.template_name, facts, order_.excerpt)
                : LetterWords{"", order_.text};
        if (!order_.subject.empty()) words.subject = order_.subject;
        if (words.subject.empty()) words.subject = "Abuse from " + order_.address.text();
        return words;
    }

    void write_letters() {
        Complaint& complaint = plan_.complaint;
        for (std::size_t i = 0; i < complaint.copies.size(); ++i) {
            const auto& copy = complaint.copies[i];
            const auto words = words_for(copy.contact, copy.message_id);
            complaint.subject = words.subject;
            if (!copy.was_sent) continue;
            const auto token = copy_token(key_, complaint, TokenPurpose::bounce, i).text();
            plan_.postings.push_back(
                {with_extension(desk_.address, token), copy.contact, token,
                 octets_of(letter_to({copy.contact}, desk_, complaint, i, words))});
        }
        if (complaint.subject.empty()) complaint.subject = "Abuse from " + order_.address.text();
        if (!desk_.records.empty() && !plan_.postings.empty()) write_record();
    }

    // One letter that names attacker and all contacts, for the ledger's host.
    void write_record() {
        const Complaint& complaint = plan_.complaint;
        std::vector<std::string> contacts;
        for (const auto& copy : complaint.copies)
            contacts.push_back(copy.contact);
        const auto words = words_for(joined(contacts, ", "), complaint.copies[0].message_id);
        const auto token = record_token(key_, complaint).text();
        plan_.postings.push_back({with_extension(desk_.address, token),
                                  with_extension(desk_.records, token), token,
                                  octets_of(letter_to(contacts, desk_, complaint, 0, words))});
    }

    Ledger& ledger_;
    const House& house_;
    const Key& key_;
    const ComplaintDesk& desk_;
    const ComplaintOrder& order_;
    Instant now_;
    ComplaintPlan plan_;
};

std::optional<std::size_t> position_of(const Complaint& complaint, const std::string& contact) {
    for (std::size_t i = 0; i < complaint.copies.size(); ++i) {
        if (complaint.copies[i].contact == contact) return i;
    }
    return std::nullopt;
}

}  // namespace

ComplaintPlan plan_complaint(Ledger& ledger, const House& house, const Key& key,
                             const ComplaintDesk& desk, const ComplaintOrder& order,
                             const LookUp& look_up, Instant now) {
    if (desk.address.empty())
        throw ConfigError("complain: no 'address' is configured: where should answers arrive?");
    return Planner(ledger, house, key, desk, order, now).plan(look_up);
}

SentComplaint send_complaint(Ledger& ledger, const House& house, const ComplaintDesk& desk,
                             const ComplaintPlan& plan, Instant now) {
    SentComplaint sent;
    const std::string digest = digest_of(fmt::format(
        "Message-ID: {} {}\n\n", plan.complaint.token_key, plan.complaint.token_number));
    sent.id = take_in_complaint(ledger, house, plan.complaint, digest, now).complaint;
    std::size_t handed_over = 0;
    for (const auto& posting : plan.postings) {
        try {
            submit(desk.relay, posting);
            ++handed_over;
        } catch (const SubmissionError& error) {
            sent.faults.emplace_back(error.what());
            sent.status = error.status();
            const auto position = position_of(plan.complaint, posting.recipient);
            if (position)
                ledger.write([&] { mark_not_sent(ledger, sent.id, *position, error.what()); });
        }
    }
    if (handed_over == 0 && !plan.postings.empty()) {
        ledger.write([&] { withdraw_complaint(ledger, sent.id); });
        sent.id = 0;
    }
    return sent;
}

}  // namespace ndr
