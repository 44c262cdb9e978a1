#include "ndr_triage/ledger/notices.hpp"

#include "ndr_triage/casework/notice.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/ledger/replies.hpp"
#include "ndr_triage/mail/address.hpp"
#include "statement.hpp"
#include "tried.hpp"

namespace ndr {

namespace {

NoticeFacts facts_of(Ledger& ledger, const FollowUpRow& notice, const Complaint& complaint,
                     const std::string& contact, const ReturnedCopy& returned) {
    NoticeFacts facts;
    facts.domain = std::get<PostmasterNotice>(notice.follow_up.deed).domain;
    facts.contact = contact;
    facts.network = get_network(ledger, network_of_complaint(ledger, complaint.id));
    facts.attacker = complaint.address;
    facts.complaint_subject = complaint.subject;
    facts.complained_at = returned.complained_at;
    facts.bounce = returned.bounce;
    if (const auto reply = get_reply(ledger, returned.bounce.reply)) {
        facts.bounce_from = reply->judgement.facts.from;
        facts.bounce_subject = reply->judgement.facts.subject;
    }
    return facts;
}

}  // namespace

std::optional<NoticeOccasion> notice_occasion(Ledger& ledger, const FollowUpRow& notice) {
    const auto& domain = std::get<PostmasterNotice>(notice.follow_up.deed).domain;
    const Complaint complaint = get_complaint(ledger, notice.complaint);
    for (std::size_t i = 0; i < complaint.copies.size(); ++i) {
        const std::string& contact = complaint.copies[i].contact;
        if (!is_role_mailbox(contact) || domain_of(contact) != domain) continue;
        if (const auto returned = returned_copy(ledger, complaint.id, contact))
            return NoticeOccasion{facts_of(ledger, notice, complaint, contact, *returned),
                                  complaint, i};
    }
    return std::nullopt;
}

void note_answer(Ledger& ledger, const std::string& contact, Instant at) {
    Statement later(ledger,
                    "UPDATE contact SET answered_at = ?1 "
                    "WHERE address = ?2 AND ifnull(answered_at, ?1 - 1) < ?1");
    if (later.bind(at, contact).exec() == 0) return;
    Statement(ledger,
              "UPDATE complaint SET look_again = min(ifnull(look_again, ?1), ?1) WHERE id IN "
              "(SELECT complaint FROM copy JOIN contact ON contact.id = copy.contact "
              "WHERE address = ?2 AND was_sent = 0)")
        .bind(at, contact)
        .exec();
}

}  // namespace ndr
