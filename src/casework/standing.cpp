#include "standing.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

// One reply that says a contact failed, and how far that may be believed.
struct Claim {
    Outcome outcome = Outcome::undetermined;
    FollowUpState allows = FollowUpState::proposed;
    Instant due_at{};
    Instant dated{};
    Trust trust = Trust::unknown;
    std::string doubt;   // why it allows no more, "" if nothing is doubted
    std::string source;  // what says so
};

// The mildest first: where replies disagree on why, the lesser consequence holds.
int severity(Outcome failure) {
    switch (failure) {
        case Outcome::mailbox_full:
            return 0;
        case Outcome::lost_connection:
            return 1;
        default:
            return 2;
    }
}

// Better proven first, then the milder outcome, then what may be carried out earlier; the rest only
// keeps the order of arrival out of it.
bool is_better(const Claim& a, const Claim& b) {
    if (a.allows != b.allows) return a.allows > b.allows;
    if (a.outcome != b.outcome) return severity(a.outcome) < severity(b.outcome);
    if (a.due_at != b.due_at) return a.due_at < b.due_at;
    if (a.doubt != b.doubt) return a.doubt < b.doubt;
    if (a.trust != b.trust) return a.trust > b.trust;
    return std::tie(a.source, a.dated) < std::tie(b.source, b.dated);
}

// Original-Recipient is what the sender of the message wrote (RFC 3461 section 4.2): where a
// Final-Recipient is given, that alone has failed.
bool names(const FiledVerdict& verdict, const std::string& contact) {
    const std::string& named =
        verdict.final_recipient.empty() ? verdict.original_recipient : verdict.final_recipient;
    return comparable_address(named) == contact;
}

class Contact {
public:
    Contact(const Policy& policy, const CaseFile& file, std::size_t index)
        : policy_(policy), file_(file), index_(index) {}

    ContactStanding standing() {
        for (const auto& reply : file_.replies) {
            if (is_usable(reply)) {
                take(reply);
            } else {
                has_untimely_ = true;
                take_untimely(reply);
            }
        }
        take_known_failures();
        ContactStanding result;
        result.contact = address();
        result.seems_reached = seems_acknowledged_at_.has_value();
        result.acknowledged_at = std::max(worked_at_, seems_acknowledged_at_);
        if (worked_at_) drop_outdone_claims();
        if (!claims_.empty()) {
            fail(result);
        } else if (worked_at_) {
            result.state = ContactStanding::State::works;
            result.trust = Trust::is_signed;
            result.since = worked_at_;
            result.why = fmt::format("{} acknowledged", address());
        } else {
            result.why = address() + silence();
        }
        return result;
    }

private:
    void fail(ContactStanding& result) const {
        const Claim& best = *std::min_element(claims_.begin(), claims_.end(), is_better);
        result.state = ContactStanding::State::failed;
        result.outcome = best.outcome;
        result.trust = best.trust;
        result.allows = best.allows;
        result.due_at = best.due_at;
        result.since = best.dated;
        result.why = fmt::format("{}: {}, {}", address(), text(best.outcome), best.source);
        if (!best.doubt.empty()) result.why += "; " + best.doubt;
        if (seems_acknowledged_at_ || worked_at_) hold(result);
        result.has_worked = worked_at_.has_value();
    }

    std::string silence() const {
        if (!file_.complaint.copies[index_].was_sent)
            return " got no copy, and nothing proves that it is dead";
        if (seems_acknowledged_at_) return " acknowledged, unproven: it counts as reached";
        if (!own_block_.empty())
            return fmt::format(
                " counts as reached: its lost connection is undetermined, for our own block of {} "
                "covered the mail host",
                own_block_);
        if (has_untimely_) return " is silent: a reply was too old, or dated before the complaint";
        return " is silent";
    }

    const std::string& address() const { return file_.complaint.copies[index_].contact; }

    // Too old a reply is recorded and nothing follows, nor from one dated before the complaint.
    bool is_usable(const FiledReply& reply) const {
        constexpr auto clock_skew = std::chrono::hours(24);
        return reply.recorded_at - reply.received_at <= policy_.reply_age &&
               reply.received_at + clock_skew >= file_.complaint.sent_at;
    }

    bool is_addressed(const FiledReply& reply) const {
        if (reply.copy) return *reply.copy == index_;
        return file_.complaint.copies.size() == 1 || comparable_address(reply.sender) == address();
    }

    // Its token proves that it came after the complaint: if its date does not, a clock was wrong.
    // Nothing follows from it, but it casts doubt.
    void take_untimely(const FiledReply& reply) {
        const bool is_dated_before = reply.received_at < file_.complaint.sent_at;
        if (reply.outcome == Outcome::acknowledged && reply.trust == Trust::is_signed &&
            is_dated_before && is_addressed(reply))
            seems_acknowledged_at_ =
                std::max(seems_acknowledged_at_, std::optional(reply.received_at));
    }

    void take(const FiledReply& reply) {
        if (reply.outcome == Outcome::acknowledged) {
            if (!is_addressed(reply)) return;
            if (reply.trust == Trust::is_signed)
                worked_at_ = std::max(worked_at_, std::optional(reply.received_at));
            if (reply.trust == Trust::matched)
                seems_acknowledged_at_ =
                    std::max(seems_acknowledged_at_, std::optional(reply.received_at));
            return;
        }
        for (const auto& verdict : reply.verdicts) {
            if (!is_failure(verdict.outcome)) continue;
            const bool named = names(verdict, address());
            if (!verdict.own_block.empty()) {
                if (named || (is_addressed(reply) && !names_another_contact(verdict)))
                    own_block_ = std::max(own_block_, verdict.own_block);
            } else if (named) {
                claims_.push_back(claim(reply, verdict, ""));
            } else if (is_addressed(reply) && !names_another_contact(verdict)) {
                claims_.push_back(claim(reply, verdict, doubt_of_unnamed(reply, verdict)));
            }
        }
    }

    // What made the contact known dead before, so that its copy was not sent. It proves here what
    // it proved there.
    void take_known_failures() {
        for (const auto& known : file_.history.failures) {
            if (known.contact != address()) continue;
            claims_.push_back(
                {known.outcome, known.allows, std::max(known.due_at, file_.complaint.sent_at),
                 known.dated, known.trust, "",
                 fmt::format("known dead since {} (complaint {}, {} reply), so no copy was sent",
                             iso_text(known.dated).substr(0, 10), known.complaint,
                             text(known.trust))});
        }
    }

    bool names_another_contact(const FiledVerdict& verdict) const {
        return std::any_of(file_.complaint.copies.begin(), file_.complaint.copies.end(),
                           [&](const ComplaintCopy& copy) { return names(verdict, copy.contact); });
    }

    // A token speaks for the contact that got it: whoever received that copy knows it.
    Trust trust_in(const FiledReply& reply) const {
        const bool is_of_another = reply.copy && *reply.copy != index_;
        return is_of_another ? std::min(reply.trust, Trust::matched) : reply.trust;
    }

    // A bounce that names nobody is about whom its token names; Coremail writes such ones.
    static std::string doubt_of_unnamed(const FiledReply& reply, const FiledVerdict& verdict) {
        const bool names_nobody =
            verdict.final_recipient.empty() && verdict.original_recipient.empty();
        if (names_nobody && reply.trust == Trust::is_signed) return {};
        return names_nobody ? "it names no recipient" : "it names another recipient";
    }

    static std::string because(std::string_view doubt, const FiledReply& reply) {
        if (reply.trust_reason.empty()) return std::string(doubt);
        return fmt::format("{} ({})", doubt, reply.trust_reason);
    }

    // What each trust allows.
    Claim claim(const FiledReply& reply, const FiledVerdict& verdict, std::string doubt) const {
        const Trust trust = trust_in(reply);
        Claim result{verdict.outcome,
                     FollowUpState::proposed,
                     reply.received_at,
                     reply.received_at,
                     trust,
                     std::move(doubt),
                     fmt::format("{} reply", text(trust))};
        if (reply.said_by_auto_reply && result.doubt.empty())
            result.doubt = "an automatic reply says so, no mail host";
        const bool settles =
            trust == Trust::is_signed || (trust == Trust::matched && reply.is_born_here);
        if (trust == Trust::unknown) {
            if (result.doubt.empty())
                result.doubt = because("nothing proves that it answers this complaint", reply);
        } else if (!settles) {
            result.allows = FollowUpState::held;
            if (result.doubt.empty())
                result.doubt =
                    because("it could be forged: no token of this contact proves it", reply);
        } else {
            result.allows = result.doubt.empty() ? FollowUpState::due : FollowUpState::held;
            const bool at_once = trust == Trust::is_signed && reply.is_born_here;
            // An acknowledgement may still wait where this reply was kept from us.
            if (!at_once)
                result.due_at = std::max(reply.received_at, reply.recorded_at) + policy_.settle;
        }
        return result;
    }

    // A signed acknowledgement cancels what came before it, and no forged bounce undoes it.
    void drop_outdone_claims() {
        std::erase_if(claims_, [&](const Claim& c) {
            return c.dated <= *worked_at_ || c.trust == Trust::unknown;
        });
    }

    static void hold(ContactStanding& standing) {
        standing.allows = std::min(standing.allows, FollowUpState::held);
        standing.why += "; contradictory: the contact also acknowledged";
    }

    const Policy& policy_;
    const CaseFile& file_;
    std::size_t index_;
    std::vector<Claim> claims_;
    std::optional<Instant> worked_at_;              // dated by the latest signed acknowledgement
    std::optional<Instant> seems_acknowledged_at_;  // by the latest that proves nothing
    std::string own_block_;                         // which may have lost the connection, "" none
    bool has_untimely_ = false;  // a reply that was too old, or dated before the complaint
};

}  // namespace

std::vector<ContactStanding> standings(const Policy& policy, const CaseFile& file) {
    std::vector<ContactStanding> result;
    for (std::size_t i = 0; i < file.complaint.copies.size(); ++i)
        result.push_back(Contact(policy, file, i).standing());
    return result;
}

}  // namespace ndr
