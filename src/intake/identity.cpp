// Whose reply it is.
#include <fmt/core.h>

#include <algorithm>

#include "born_here.hpp"
#include "envelope_token.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/date.hpp"

namespace ndr {

namespace {

constexpr auto longest_answer = std::chrono::days(60);
constexpr auto clock_skew = std::chrono::days(1);

// A token whose signature holds, and the copy of a complaint that it stands for.
struct Verified {
    Token token;
    CopyPlace copy;
    std::string contact;
};

// What became of a token: verified, or why not.
struct Verification {
    std::optional<Verified> verified;
    std::string fault;   // "" if there was no token at all
    std::string awaits;  // the complaint that the ledger does not know yet
};

class Identification {
public:
    Identification(Ledger& ledger, const House& house, const Judgement& judgement,
                   const Envelope& envelope, Instant received_at)
        : ledger_(ledger),
          house_(house),
          judgement_(judgement),
          envelope_(envelope),
          received_at_(received_at) {}

    Identity identity() {
        Identity identity = best();
        identity.born_here = is_born_here(judgement_.facts, envelope_.client, house_.own_mta);
        identity.awaits = awaits_;
        if (!identity.copy || identity.trust == Trust::unknown) identity.reason += doubts_;
        return identity;
    }

private:
    Identity best() {
        if (const auto found = token_of_envelope(envelope_, judgement_.facts)) {
            const auto checked = verify(*found);
            if (checked.verified) return by_token(*checked.verified, found->place);
            if (is_of_our_own_mail(found->token, checked))
                return {Trust::unknown, "it answers a letter of ours that is no complaint", {}};
            doubts_ = "; " + checked.fault;
            awaits_ = checked.awaits;
        }
        if (auto identity = by_message_id()) return *identity;
        if (auto identity = by_sender()) return *identity;
        if (auto identity = by_recipient()) return *identity;
        return {Trust::unknown, "it names no complaint that the ledger knows", {}};
    }

    Verification verify(const FoundToken& found) const {
        const Token& token = found.token;
        const auto no = [&](const std::string& why) {
            return Verification{
                std::nullopt,
                fmt::format("the token in its {} proves nothing: {}", found.place, why),
                {}};
        };
        const Key* key = house_.keyring.find(token.key);
        if (house_.keyring.empty() && has_tokens(ledger_))
            throw ConfigError(house_.key_file +
                              ": no key, but complaints were signed: put the key file back");
        if (key == nullptr) return no(fmt::format("no key '{}' is known here", token.key));
        const auto superseded = house_.keyring.superseded_at(*key);
        if (superseded && received_at_ > *superseded + house_.token_age)
            return no(fmt::format("its key '{}' has expired", token.key));
        const auto complaint = complaint_with_token(ledger_, token.key, token.number);
        if (!complaint) {
            auto verification = no("no complaint of that number is known");
            verification.awaits = token_mention(token.key, token.number);
            return verification;
        }
        const Complaint known = get_complaint(ledger_, *complaint);
        if (token.position >= known.copies.size()) return no("the complaint has no such contact");
        const std::string& contact = known.copies[token.position].contact;
        if (!is_signed_with(token, key->secret, contact)) return no("its signature is wrong");
        if (received_at_ > known.sent_at + house_.token_age)
            return no(fmt::format("it is older than {}", span_text(house_.token_age)));
        return {Verified{token, {*complaint, token.position}, contact}, "", ""};
    }

    // Notices, letters to registries and the like have purposes of their own: what comes back to
    // them says nothing about a contact, whether or not their signature can be checked here.
    static bool is_of_our_own_mail(const Token& token, const Verification& checked) {
        return !checked.verified && token.purpose != TokenPurpose::bounce &&
               token.purpose != TokenPurpose::answer;
    }

    Identity by_token(const Verified& verified, const std::string& where) const {
        if (verified.token.purpose == TokenPurpose::notice) return about_notice(verified.contact);
        const bool is_bounce_token = verified.token.purpose == TokenPurpose::bounce;
        if (!is_bounce_token && verified.token.purpose != TokenPurpose::answer)
            return {Trust::unknown, "it answers a letter of ours that is no complaint", {}};
        const std::string came_back = fmt::format("the {} token of its copy came back in the {}",
                                                  is_bounce_token ? "bounce" : "answer", where);
        if (judgement_.outcome == Outcome::acknowledged || (!is_bounce_token && is_letter())) {
            Identity identity{Trust::is_signed, came_back, verified.copy};
            identity.answers_us = true;
            return identity;
        }
        if (!is_bounce_token)
            return {Trust::matched, came_back + ", which everyone knows who saw the complaint",
                    verified.copy};
        if (has_sender())
            return {Trust::matched, came_back + ", but its sender is not null", verified.copy};
        if (!reports(verified.contact))
            return {Trust::matched, came_back + ", but it does not report this contact",
                    verified.copy};
        return {Trust::is_signed, came_back, verified.copy};
    }

    // Its bounce ends the chain; an answer of a person's says that somebody is there.
    Identity about_notice(const std::string& contact) const {
        Identity identity{Trust::unknown, "it answers our notice about " + contact, {}};
        const auto& kind = judgement_.acknowledgement;
        const bool is_answer =
            is_letter() || kind == Acknowledgement::person || kind == Acknowledgement::ticket;
        if (is_answer) identity.noticed = contact;
        identity.answers_us = is_letter();
        return identity;
    }

    // What no rule knows and a person may have written.
    bool is_letter() const {
        return judgement_.outcome == Outcome::unrelated &&
               (judgement_.form == Form::reply || judgement_.form == Form::other);
    }

    // A bounce has a null reverse-path (RFC 5321 section 4.5.5); "MAILER-DAEMON" is how Postfix's
    // pipe(8) writes it. What nobody told is taken for null.
    bool has_sender() const {
        const std::string& sender =
            envelope_.sender.empty() ? judgement_.facts.return_path : envelope_.sender;
        return !sender.empty() && sender != "<>" &&
               !ascii_iequals(local_part(sender), "mailer-daemon");
    }

    // That very contact, and not a member behind it: then the contact itself has not failed. If
    // somebody failed, it must be the contact who did.
    bool reports(const std::string& contact) const {
        bool has_failure = false;
        bool names_contact = false;
        for (const auto& verdict : judgement_.recipients) {
            const std::string& named = verdict.final_recipient.empty() ? verdict.original_recipient
                                                                       : verdict.final_recipient;
            const bool is_contact = !named.empty() && comparable_address(named) == contact;
            const bool failed = is_failure(verdict.outcome);
            if (is_contact && failed) return true;
            has_failure = has_failure || failed;
            names_contact = names_contact || is_contact;
        }
        return names_contact && !has_failure;
    }

    // A Message-ID of ours: it stands in every copy of the complaint, so it is known to everyone
    // who ever saw one, but to nobody else. Signed, it is an answer token.
    std::optional<Identity> by_message_id() const {
        const ReplyFacts& facts = judgement_.facts;
        if (const auto copy = copy_with_message_id(ledger_, facts.original_message_id))
            return Identity{trust_in(facts.original_message_id, false),
                            fmt::format("it returns our <{}>", facts.original_message_id), copy};
        for (const auto& message_id : facts.answers) {
            const auto copy = copy_with_message_id(ledger_, message_id);
            if (!copy) continue;
            Identity identity{trust_in(message_id, is_letter()),
                              fmt::format("it answers our <{}>", message_id), copy};
            identity.answers_us = true;
            return identity;
        }
        return std::nullopt;
    }

    Trust trust_in(const std::string& message_id, bool is_answer) const {
        const auto token = token_in_address(message_id);
        const bool acknowledges = judgement_.outcome == Outcome::acknowledged || is_answer;
        const bool is_signed = acknowledges && token && token->purpose == TokenPurpose::answer &&
                               verify({*token, "Message-ID", message_id}).verified;
        return is_signed ? Trust::is_signed : Trust::matched;
    }

    std::vector<CopyPlace> copies_before(const std::string& contact) const {
        if (contact.empty()) return {};
        return copies_to(ledger_, comparable_address(contact), received_at_ - longest_answer,
                         received_at_ + clock_skew);
    }

    // The sender is a contact: that is as easy to forge as to see, and with several complaints to
    // the same contact nobody can tell which one it answers.
    std::optional<Identity> by_sender() const {
        const auto copies = copies_before(judgement_.facts.sender);
        if (copies.empty()) return std::nullopt;
        if (copies.size() == 1)
            return Identity{Trust::matched, "its sender is the contact of one complaint",
                            copies[0]};
        return Identity{Trust::unknown,
                        fmt::format("its sender is a contact of {} complaints; the latest is taken",
                                    copies.size()),
                        copies[0]};
    }

    std::optional<Identity> by_recipient() const {
        for (const auto& verdict : judgement_.recipients) {
            for (const auto& recipient : {verdict.original_recipient, verdict.final_recipient}) {
                const auto copies = copies_before(recipient);
                if (!copies.empty())
                    return Identity{Trust::unknown, "it names a contact, but no Message-ID of ours",
                                    copies[0]};
            }
        }
        return std::nullopt;
    }

    Ledger& ledger_;
    const House& house_;
    const Judgement& judgement_;
    const Envelope& envelope_;
    Instant received_at_;
    std::string doubts_;
    std::string awaits_;
};

}  // namespace

Identity identify(Ledger& ledger, const House& house, const Judgement& judgement,
                  const Envelope& envelope, Instant received_at) {
    return Identification(ledger, house, judgement, envelope, received_at).identity();
}

Instant received_at(const ReplyFacts& facts, Instant now) {
    auto at = received_date(facts.first_received);
    if (!at) at = parse_mail_date(facts.date);
    return std::min(at.value_or(now), now);
}

}  // namespace ndr
