#include "ndr_triage/intake/preview.hpp"

#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/ledger/blocks.hpp"
#include "ndr_triage/ledger/cases.hpp"

namespace ndr {

namespace {

FiledReply filed(Ledger& ledger, const Preview& preview, Instant received, Instant now) {
    FiledReply reply;
    reply.received_at = received;
    reply.recorded_at = now;
    reply.trust = preview.identity.trust;
    reply.trust_reason = preview.identity.reason;
    reply.is_born_here = preview.identity.born_here;
    reply.said_by_auto_reply = preview.judgement.said_by_auto_reply;
    reply.outcome = preview.judgement.outcome;
    reply.copy = preview.identity.copy->position;
    reply.sender = preview.judgement.facts.sender;
    for (const auto& verdict : preview.judgement.recipients) {
        std::string own_block;
        if (verdict.outcome == Outcome::lost_connection)
            own_block = own_block_over(ledger, verdict.diagnostic_code, verdict.remote_mta,
                                       preview.file->complaint.sent_at, received);
        reply.verdicts.push_back({verdict.final_recipient, verdict.original_recipient,
                                  verdict.outcome, std::move(own_block)});
    }
    return reply;
}

}  // namespace

Preview preview_of(Ledger& ledger, const House& house, const std::string& digest,
                   const Envelope& envelope, Judgement judgement, Instant now) {
    Preview preview;
    ledger.read([&] {
        const Instant received = received_at(judgement.facts, now);
        preview.identity = identify(ledger, house, judgement, envelope, received);
        preview.judgement = std::move(judgement);
        recognise_person(preview.judgement, preview.identity);
        if (!preview.identity.copy) return;
        preview.file = load_case(ledger, preview.identity.copy->complaint, house.policy, now);
        if (!is_filed(ledger, digest, preview.identity))
            preview.file->replies.push_back(filed(ledger, preview, received, now));
        preview.decision = decide(house.policy, *preview.file, now);
    });
    return preview;
}

}  // namespace ndr
