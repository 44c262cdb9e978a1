#include "ndr_triage/casework/decide.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

#include "ndr_triage/casework/refusal.hpp"
#include "ndr_triage/mail/address.hpp"
#include "standing.hpp"

namespace ndr {

namespace {

Column column_of(const Policy& policy, const Network& network) {
    if (policy.home_countries.count(network.country) == 0) return Column::elsewhere;
    return network.telephone.empty() ? Column::home_without_telephone : Column::home_with_telephone;
}

bool holds(const std::vector<std::string>& list, const std::string& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

// RFC 2142: only these names are owed to the world.
bool is_role_mailbox(std::string_view contact) {
    static constexpr std::array<std::string_view, 15> roles{
        "abuse", "noc",  "security", "postmaster", "hostmaster", "usenet", "news",   "webmaster",
        "www",   "uucp", "ftp",      "info",       "marketing",  "sales",  "support"};
    return std::find(roles.begin(), roles.end(), local_part(contact)) != roles.end();
}

// Collects follow-ups; each knows how far it may go.
class Decider {
public:
    Decider(const Policy& policy, const CaseFile& file, Instant now)
        : policy_(policy), file_(file), now_(now), column_(column_of(policy, file.network)) {}

    Decision decide() {
        decision_.column = column_;
        decision_.contacts = standings(policy_, file_);
        const auto count = [&](ContactStanding::State state) {
            return std::count_if(decision_.contacts.begin(), decision_.contacts.end(),
                                 [&](const ContactStanding& c) { return c.state == state; });
        };
        const auto failed = count(ContactStanding::State::failed);
        const auto silent = count(ContactStanding::State::silent);
        if (count(ContactStanding::State::works) > 0) {
            decision_.why = "a contact works: nothing follows";
        } else if (failed == 0) {
            decision_.why = "no contact is known to have failed: nothing follows";
        } else if (silent > 0) {
            decision_.why =
                fmt::format("{} of {} contacts failed; the silent ones count as reached", failed,
                            decision_.contacts.size());
            decide_partly();
        } else {
            decision_.why = fmt::format("no contact works; policy column '{}'", text(column_));
            decide_wholly();
        }
        return std::move(decision_);
    }

private:
    // Somebody may have read it: the failed contacts may be reported, a block is proposed in time.
    void decide_partly() {
        for (const auto& contact : decision_.contacts) {
            if (contact.state == ContactStanding::State::failed) add_letters(contact);
        }
        const Instant silent_until = file_.complaint.sent_at + policy_.silence;
        if (now_ < silent_until) {
            decision_.look_again = silent_until;
            return;
        }
        const auto failed = std::find_if(
            decision_.contacts.begin(), decision_.contacts.end(), [&](const ContactStanding& c) {
                return c.state == ContactStanding::State::failed &&
                       policy_.cell(c.outcome, column_).count(FollowUpKind::block) > 0;
            });
        if (failed == decision_.contacts.end()) return;
        add(Block{file_.network.range, policy_.block_term}, FollowUpState::proposed, silent_until,
            fmt::format("{}; the other contacts are silent for {}", failed->why,
                        span_text(policy_.silence)));
    }

    void decide_wholly() {
        const ContactStanding& weakest = weakest_contact();
        Cell cells;
        for (const auto& contact : decision_.contacts) {
            add_letters(contact);
            const auto& cell = policy_.cell(contact.outcome, column_);
            cells.insert(cell.begin(), cell.end());
        }
        if (cells.count(FollowUpKind::block) > 0)
            add(Block{file_.network.range, policy_.block_term}, weakest.allows, weakest.due_at,
                weakest.why);
        if (cells.count(FollowUpKind::call) > 0)
            add(Call{file_.network.telephone}, weakest.allows, weakest.due_at, weakest.why);
    }

    // What all contacts together allow: as far as the least proven of them.
    const ContactStanding& weakest_contact() const {
        return *std::min_element(decision_.contacts.begin(), decision_.contacts.end(),
                                 [](const ContactStanding& a, const ContactStanding& b) {
                                     if (a.allows != b.allows) return a.allows < b.allows;
                                     return a.due_at > b.due_at;
                                 });
    }

    // A full mailbox is there: nothing for a registry, whatever the policy says.
    void add_letters(const ContactStanding& contact) {
        const auto& cell = policy_.cell(contact.outcome, column_);
        const auto allows = std::min(contact.allows, most_for_letters());
        if (cell.count(FollowUpKind::report) > 0 && contact.outcome != Outcome::mailbox_full &&
            !holds(file_.history.reported_contacts, contact.contact))
            add(RegistryReport{file_.network.registry, contact.contact}, allows, contact.due_at,
                contact.why);
        const std::string domain(domain_of(contact.contact));
        if (cell.count(FollowUpKind::notice) > 0 && is_role_mailbox(contact.contact) &&
            is_plain_address("postmaster@" + domain) &&
            !holds(file_.history.noticed_domains, domain))
            add(PostmasterNotice{domain}, allows, contact.due_at, contact.why);
    }

    // As long as one contact acknowledged the complaint and failed later, it is not certain that
    // none works, and nothing is due because of the others either.
    FollowUpState most_for_letters() const {
        const bool contradictory =
            std::any_of(decision_.contacts.begin(), decision_.contacts.end(),
                        [](const ContactStanding& c) { return c.has_worked; });
        return contradictory ? FollowUpState::held : FollowUpState::due;
    }

    // One follow-up a kind and target; of two the better proven one stays.
    void add(Deed deed, FollowUpState state, Instant due_at, std::string reason) {
        FollowUp follow_up{std::move(deed), state, due_at, std::move(reason)};
        limit(follow_up);
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

    // What the network itself forbids, whatever the replies allow.
    void limit(FollowUp& follow_up) const {
        if (kind_of(follow_up.deed) == FollowUpKind::block) limit_block(follow_up);
        const bool aims_at_network = kind_of(follow_up.deed) == FollowUpKind::block ||
                                     kind_of(follow_up.deed) == FollowUpKind::report;
        if (aims_at_network && file_.network.is_guess() &&
            follow_up.state != FollowUpState::proposed &&
            follow_up.state != FollowUpState::refused) {
            follow_up.state = FollowUpState::proposed;
            follow_up.reason += "; the network is only a guess";
        }
    }

    void limit_block(FollowUp& follow_up) const {
        const auto refusal = refusal_of(file_.network.range, policy_, 0);
        if (!refusal) return;
        const bool is_held = refusal->kind == Refusal::Kind::held;
        follow_up.state =
            is_held ? std::min(follow_up.state, FollowUpState::held) : FollowUpState::refused;
        follow_up.reason += (is_held ? "; " : "; refused: ") + refusal->reason;
    }

    const Policy& policy_;
    const CaseFile& file_;
    Instant now_;
    Column column_;
    Decision decision_;
};

}  // namespace

Decision decide(const Policy& policy, const CaseFile& file, Instant now) {
    return Decider(policy, file, now).decide();
}

}  // namespace ndr
