#include "ndr_triage/casework/decide.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/casework/lost_connection.hpp"
#include "ndr_triage/casework/notice.hpp"
#include "ndr_triage/casework/refusal.hpp"
#include "precedence.hpp"
#include "published.hpp"
#include "ruled.hpp"
#include "standing.hpp"

namespace ndr {

namespace {

using State = ContactStanding::State;

Column column_of(const Policy& policy, const Network& network, const Ruling* call) {
    const bool was_in_vain = call != nullptr && call->verb == Ruling::Verb::no_satisfaction;
    if (was_in_vain || policy.home_countries.count(network.country) == 0) return Column::elsewhere;
    return network.telephone.empty() ? Column::home_without_telephone : Column::home_with_telephone;
}

// What a follow-up rests on.
struct Ground {
    FollowUpState allows = FollowUpState::proposed;
    Instant due_at{};
    std::string why;
    std::optional<Outcome> outcome;
    Trust trust = Trust::unknown;
};

// Collects follow-ups; each knows how far it may go.
class Decider {
public:
    Decider(const Policy& policy, const CaseFile& file, Instant now)
        : policy_(policy),
          file_(file),
          now_(now),
          call_(end_of_call(file)),
          column_(column_of(policy, file.network, call_)) {}

    Decision decide() {
        decision_.column = column_;
        decision_.contacts = standings(policy_, file_);
        const auto failed = count(State::failed);
        if (call_ != nullptr && call_->verb != Ruling::Verb::no_satisfaction) {
            decision_.why = description_of(*call_) + "; nothing more follows";
        } else if (decision_.contacts.empty()) {
            decision_.why = "the network publishes no contact to complain to";
            decide_without_contacts();
        } else if (count(State::works) > 0) {
            decision_.why = "a contact works: nothing follows";
        } else if (failed == 0) {
            decision_.why = "no contact is known to have failed: nothing follows";
        } else if (count(State::silent) > 0) {
            decision_.why =
                fmt::format("{} of {} contacts failed; the silent ones count as reached", failed,
                            decision_.contacts.size());
            decide_partly();
        } else {
            decision_.why = fmt::format("no contact works; policy column '{}'", text(column_));
            decide_wholly();
        }
        propose_block_of_the_idle();
        propose_lifting();
        return std::move(decision_);
    }

private:
    std::ptrdiff_t count(State state) const {
        return std::count_if(decision_.contacts.begin(), decision_.contacts.end(),
                             [&](const ContactStanding& c) { return c.state == state; });
    }

    void look_again_at(Instant at) {
        decision_.look_again = std::min(decision_.look_again.value_or(at), at);
    }

    Ground ground_of(const ContactStanding& contact) const {
        return after_call(
            {contact.allows, contact.due_at, contact.why, contact.outcome, contact.trust});
    }

    // What follows because a call was in vain follows from then on.
    Ground after_call(Ground ground) const {
        if (call_ == nullptr) return ground;
        ground.due_at = std::max(ground.due_at, call_->at);
        ground.why += "; " + description_of(*call_);
        return ground;
    }

    // Nobody could be asked, and nobody proved anything.
    void decide_without_contacts() {
        const Ground ground = after_call({FollowUpState::proposed, file_.complaint.sent_at,
                                          decision_.why, std::nullopt, Trust::unknown});
        add(RegistryReport{file_.network.registry, file_.network.range.text()}, ground);
        if (column_ == Column::home_with_telephone) {
            add(Call{file_.network.telephone}, ground);
        } else {
            add_block(ground);
        }
    }

    // Somebody may have read it: the failed contacts may be reported, a block is proposed in time,
    // unless a silent one acknowledged, though unproven.
    void decide_partly() {
        for (const auto& contact : decision_.contacts) {
            if (contact.state == State::failed) add_letters(contact);
        }
        const auto reached = std::find_if(
            decision_.contacts.begin(), decision_.contacts.end(),
            [](const ContactStanding& c) { return c.state == State::silent && c.seems_reached; });
        if (reached != decision_.contacts.end()) {
            decision_.why += "; no block is proposed, for " + reached->contact + " acknowledged";
            return;
        }
        const Instant silent_until = file_.complaint.sent_at + policy_.silence;
        if (now_ < silent_until) {
            look_again_at(silent_until);
            return;
        }
        const auto failed = std::find_if(
            decision_.contacts.begin(), decision_.contacts.end(), [&](const ContactStanding& c) {
                return c.state == State::failed &&
                       policy_.cell(c.outcome, column_).count(FollowUpKind::block) > 0;
            });
        if (failed == decision_.contacts.end()) return;
        Ground ground = ground_of(*failed);
        ground.allows = FollowUpState::proposed;
        ground.due_at = silent_until;
        ground.why +=
            fmt::format("; the other contacts are silent for {}", span_text(policy_.silence));
        add_block(ground);
    }

    void decide_wholly() {
        Cell cells;
        for (const auto& contact : decision_.contacts) {
            add_letters(contact);
            const auto& cell = policy_.cell(contact.outcome, column_);
            cells.insert(cell.begin(), cell.end());
        }
        const Ground ground = ground_of(weakest_contact());
        if (cells.count(FollowUpKind::block) > 0) add_block(ground);
        if (cells.count(FollowUpKind::call) > 0) add(Call{file_.network.telephone}, ground);
    }

    // What all contacts together allow: as far as the least proven of them.
    const ContactStanding& weakest_contact() const {
        return *std::min_element(decision_.contacts.begin(), decision_.contacts.end(),
                                 [](const ContactStanding& a, const ContactStanding& b) {
                                     if (a.allows != b.allows) return a.allows < b.allows;
                                     if (a.due_at != b.due_at) return a.due_at > b.due_at;
                                     return a.trust < b.trust;
                                 });
    }

    // A full mailbox is there: nothing for a registry, whatever the policy says.
    void add_letters(const ContactStanding& contact) {
        const auto& cell = policy_.cell(contact.outcome, column_);
        Ground ground = ground_of(contact);
        ground.allows = std::min(ground.allows, most_for_letters());
        if (cell.count(FollowUpKind::report) > 0 && contact.outcome != Outcome::mailbox_full)
            add(RegistryReport{file_.network.registry, contact.contact}, ground);
        const auto domain = notice_domain(policy_, contact.contact);
        if (cell.count(FollowUpKind::notice) > 0 && domain) add(PostmasterNotice{*domain}, ground);
    }

    // As long as one contact acknowledged the complaint and failed later, it is not certain that
    // none works, and nothing is due because of the others either.
    FollowUpState most_for_letters() const {
        const bool contradictory =
            std::any_of(decision_.contacts.begin(), decision_.contacts.end(),
                        [](const ContactStanding& c) { return c.has_worked; });
        return contradictory ? FollowUpState::held : FollowUpState::due;
    }

    // Complaints are acknowledged, and attacks go on.
    void propose_block_of_the_idle() {
        const auto& others = file_.history.acknowledgements;
        const auto first =
            std::min_element(others.begin(), others.end(),
                             [](const auto& a, const auto& b) { return a.dated < b.dated; });
        if (first == others.end() || file_.complaint.sent_at <= first->dated) return;
        const auto acknowledged = std::ssize(others) + (count(State::works) > 0 ? 1 : 0);
        if (acknowledged < policy_.acknowledged_limit) return;
        const std::string why =
            fmt::format("the network acknowledged {} complaints within {}, and attacks go on",
                        acknowledged, span_text(policy_.acknowledged_term));
        decision_.why = count(State::failed) > 0 ? decision_.why + "; " + why : why;
        add_block({FollowUpState::proposed, file_.complaint.sent_at, why, Outcome::acknowledged,
                   Trust::is_signed});
    }

    void propose_lifting() {
        const auto block = last_block(file_);
        if (!block || block->end <= now_) return;
        look_again_at(block->end);
        const Lift lift{file_.network.range};
        for (const auto& contact : decision_.contacts) {
            if (contact.acknowledged_at && *contact.acknowledged_at >= block->begin)
                add(lift, {FollowUpState::proposed, *contact.acknowledged_at,
                           contact.why + "; the network is blocked", Outcome::acknowledged,
                           contact.state == State::works ? Trust::is_signed : Trust::matched});
        }
        const auto& changed = file_.network.contacts_changed_at;
        if (block->complaint == file_.complaint.id && changed && *changed >= block->begin)
            add(lift, {FollowUpState::proposed, *changed,
                       "the contacts at the registry changed since the network was blocked",
                       std::nullopt, Trust::unknown});
    }

    void add_block(const Ground& ground) {
        const Ruling* ruling = ruling_on(file_, FollowUpKind::block, file_.network.range.text());
        const bool around = ruling != nullptr && ruling->verb == Ruling::Verb::approve_around;
        add(Block{file_.network.range, block_term(file_, policy_, ground.due_at), around}, ground);
    }

    // One follow-up a kind and target; of two the better proven one stays. What another complaint
    // sees to is only said.
    void add(Deed deed, const Ground& ground) {
        FollowUp follow_up{std::move(deed), ground.allows,  ground.due_at,
                           ground.why,      ground.outcome, ground.trust};
        limit(follow_up);
        apply_ruling(file_, follow_up);
        if (has_ended(follow_up)) return;
        if (const auto seen = seen_to(follow_up, file_, policy_)) {
            if (!seen->is_own) note(seen->reason);
            return;
        }
        const auto same = std::find_if(
            decision_.follow_ups.begin(), decision_.follow_ups.end(), [&](const FollowUp& known) {
                return kind_of(known.deed) == kind_of(follow_up.deed) &&
                       target_of(known.deed) == target_of(follow_up.deed);
            });
        if (same == decision_.follow_ups.end()) {
            decision_.follow_ups.push_back(std::move(follow_up));
        } else if (same->state < follow_up.state) {
            *same = std::move(follow_up);
        }
    }

    void note(const std::string& reason) {
        auto& notes = decision_.seen_to;
        if (std::find(notes.begin(), notes.end(), reason) == notes.end()) notes.push_back(reason);
    }

    // What waits for a person does not wait for ever.
    bool has_ended(const FollowUp& follow_up) {
        const FollowUpState state = follow_up.state;
        const bool waits = state == FollowUpState::proposed || state == FollowUpState::held ||
                           state == FollowUpState::refused;
        if (!waits) return false;
        const Instant end = follow_up.due_at + policy_.review_term;
        if (now_ < end) {
            look_again_at(end);
            return false;
        }
        note(fmt::format("{}: nobody approved it within {}", description_of(follow_up.deed),
                         span_text(policy_.review_term)));
        return true;
    }

    // What the network itself forbids, whatever the replies allow.
    void limit(FollowUp& follow_up) const {
        const auto kind = kind_of(follow_up.deed);
        if (const auto* block = std::get_if<Block>(&follow_up.deed)) limit_block(*block, follow_up);
        if (kind != FollowUpKind::block && kind != FollowUpKind::report) return;
        limit_by_lost_connections(follow_up);
        if (file_.network.is_guess()) {
            lower(follow_up, FollowUpState::proposed, "the network is only a guess");
        } else if (kind == FollowUpKind::report && !file_.network.registry) {
            lower(follow_up, FollowUpState::proposed, "no registry is known for it");
        }
        limit_to_published(follow_up);
    }

    // What was proved is about the network only as far as it is about its contacts of today.
    void limit_to_published(FollowUp& follow_up) const {
        const std::string doubt = kind_of(follow_up.deed) == FollowUpKind::block
                                      ? doubt_of_block(file_.network, decision_.contacts)
                                      : doubt_of_report(file_.network, target_of(follow_up.deed));
        if (!doubt.empty()) lower(follow_up, FollowUpState::proposed, doubt);
    }

    void limit_block(const Block& block, FollowUp& follow_up) const {
        const auto refusal = refusal_of(block, policy_, file_.history.new_blocks);
        if (!refusal) return;
        if (refusal->kind == Refusal::Kind::held) {
            lower(follow_up, FollowUpState::held, refusal->reason);
            return;
        }
        follow_up.state = FollowUpState::refused;
        follow_up.reason += "; refused: " + refusal->reason;
    }

    void limit_by_lost_connections(FollowUp& follow_up) const {
        const auto kind = kind_of(follow_up.deed);
        for (const auto& contact : decision_.contacts) {
            if (!rests_on_lost_connection(follow_up.deed, contact)) continue;
            const auto lost = lost_connection_of(contact, kind, policy_, file_.history);
            if (lost.is_doubtful) {
                lower(follow_up, FollowUpState::held, lost.what);
            } else if (!lost.what.empty()) {
                follow_up.reason += "; " + lost.what;
            }
        }
    }

    static void lower(FollowUp& follow_up, FollowUpState most, const std::string& why) {
        const bool is_open = follow_up.state != FollowUpState::refused;
        if (!is_open || follow_up.state <= most) return;
        follow_up.state = most;
        follow_up.reason += "; " + why;
    }

    const Policy& policy_;
    const CaseFile& file_;
    Instant now_;
    const Ruling* call_;  // how it ended; nullptr: none was made
    Column column_;
    Decision decision_;
};

}  // namespace

Decision decide(const Policy& policy, const CaseFile& file, Instant now) {
    return Decider(policy, file, now).decide();
}

}  // namespace ndr
