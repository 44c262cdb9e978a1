#include "auto_reply.hpp"

#include <algorithm>
#include <array>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/triage/names.hpp"
#include "ndr_triage/triage/notification.hpp"
#include "other_way.hpp"
#include "ticket.hpp"

namespace ndr {

namespace {

// What a text may say at once, the most telling first.
constexpr std::array kinds{Acknowledgement::vacation, Acknowledgement::ticket,
                           Acknowledgement::redirected, Acknowledgement::person,
                           Acknowledgement::automatic};

struct Said {
    const Rule* acknowledged = nullptr;
    const Rule* closed = nullptr;  // recipient-unknown: the mailbox is closed or unread
    bool is_receipt = false;       // more than politeness: the message came in
    std::vector<Finding> findings;
};

// What is known of the message before its words are read.
struct Context {
    bool has_ticket = false;    // a number, or a ticket system's mark
    bool is_answer = false;     // it names a message that it answers, or bears an automatic mark
    bool seems_answer = false;  // its subject says "Re:", which spam says, too
    bool names_a_way = false;   // an address or a link
};

std::size_t rank_of(Acknowledgement kind) {
    return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
}

// "Please visit", "on vacation", "has been suspended", "generated automatically" are everyday
// words: in a text they say something only in an answer, or where another phrase says that this is
// one. A ticket is a receipt only with its number.
bool is_everyday_word(const Rule& rule, const Context& context) {
    switch (*rule.acknowledgement) {
        case Acknowledgement::ticket:
            return !context.has_ticket;
        case Acknowledgement::automatic:
            return FormTable::standard().has("everyday", rule.phrase);
        default:
            return rule.field != RuleField::subject;
    }
}

// "Re:" is enough for "on vacation", but not for "please visit" and "your account was disabled".
// A redirection names where to.
bool counts(const Rule& rule, const Context& context) {
    if (rule.acknowledgement == Acknowledgement::redirected && !context.names_a_way) return false;
    if (context.is_answer || !is_everyday_word(rule, context)) return true;
    return context.seems_answer && rule.acknowledgement != Acknowledgement::redirected &&
           rule.acknowledgement != Acknowledgement::person;
}

// "Thank you for your message" and "this is an automatic reply" do not say that it was taken; nor
// does a subject.
bool is_polite(const Rule& rule) {
    return rule.field == RuleField::subject || FormTable::standard().has("polite", rule.phrase);
}

// A receipt that gives a number is a ticket, and a ticket without one no more than a receipt.
Acknowledgement kind_of(const Rule& rule, const Context& context) {
    const bool is_receipt =
        *rule.acknowledgement == Acknowledgement::ticket ||
        (*rule.acknowledgement == Acknowledgement::automatic && !is_polite(rule));
    if (!is_receipt) return *rule.acknowledgement;
    return context.has_ticket ? Acknowledgement::ticket : Acknowledgement::automatic;
}

Said said_in(const RuleSet& rules, std::string_view text, RuleField field, Context context) {
    Said said;
    said.findings = rules.find(without_names(text), {field});
    const auto acknowledges = [](const Finding& finding) {
        return finding.rule->outcome == Outcome::acknowledged;
    };
    context.is_answer =
        context.is_answer ||
        std::any_of(said.findings.begin(), said.findings.end(), [&](const Finding& finding) {
            return acknowledges(finding) && !is_everyday_word(*finding.rule, context);
        });
    std::size_t best = kinds.size();
    for (const auto& finding : said.findings) {
        const Rule* rule = finding.rule;
        if (rule->outcome == Outcome::recipient_unknown && said.closed == nullptr)
            said.closed = rule;
        if (!acknowledges(finding) || !counts(*rule, context)) continue;
        said.is_receipt = said.is_receipt || !is_polite(*rule);
        const auto rank = rank_of(kind_of(*rule, context));
        if (rank >= best) continue;
        best = rank;
        said.acknowledged = rule;
    }
    return said;
}

Evidence evidence(Place place, std::string_view text, const Said& said) {
    Evidence piece{place, std::string(cut(text, 600)), "", "", {}, false};
    const Rule* rule = said.acknowledged != nullptr ? said.acknowledged : said.closed;
    if (rule != nullptr) {
        piece.says = rule->meaning();
        piece.rule = rule->name();
    }
    for (const auto& finding : said.findings) {
        if (finding.end <= piece.text.size()) piece.matched.push_back({finding.begin, finding.end});
    }
    return piece;
}

void conclude(Judgement& judgement, Form form, Acknowledgement kind, const std::string& rule) {
    judgement.form = form;
    judgement.outcome = Outcome::acknowledged;
    judgement.acknowledgement = kind;
    judgement.rule = rule;
}

bool names_another_way(const Judgement& judgement) {
    return !judgement.named.addresses.empty() || !judgement.named.links.empty();
}

// What the parts of the message say, before it is decided.
struct Answer {
    Origin origin;
    Said subject;
    Said body;
    bool has_ticket = false;  // a number, or a ticket system's mark
    bool quotes_complaint = false;
    bool is_automatic = false;
    bool is_generated = false;  // a machine wrote it: a mark says so, or its subject
};

bool says_something(const Answer& answer) {
    return answer.subject.acknowledged != nullptr || answer.body.acknowledged != nullptr;
}

// "Re: ...". What stands behind it, a ticket number too, stood in the message answered.
bool begins_as_answer(std::string_view subject) {
    return FormTable::standard().label("answer-title", folded(subject)) > 0;
}

// "[desk #4711] AW: ...".
bool is_titled_as_answer(std::string_view subject) {
    while (subject.starts_with('[') && subject.find(']') != std::string_view::npos)
        subject = trimmed(subject.substr(subject.find(']') + 1));
    return begins_as_answer(subject);
}

// Exchange's vacation notices and many desks say no more than auto-generated, but name what they
// answer. A ticket system writes to its own agents, too: its mark alone answers nothing.
bool is_automatic(const Answer& answer, bool names_what_it_answers) {
    const Origin& origin = answer.origin;
    return origin.is_automatic ||
           (origin.is_generated && names_what_it_answers && !origin.is_list_mail) ||
           (origin.is_ticket_system && (names_what_it_answers || says_something(answer)));
}

Answer answer_of(const RuleSet& rules, const Header& header, const Voices& words,
                 const ReplyFacts& facts, const AcknowledgementFacts& named) {
    Answer answer;
    answer.origin = origin_of(header);
    answer.has_ticket = answer.origin.is_ticket_system || !named.tickets.empty();
    Context context;
    context.has_ticket = answer.has_ticket;
    context.seems_answer = is_titled_as_answer(facts.subject);
    context.names_a_way = !named.addresses.empty() || has_link(words.own);
    answer.quotes_complaint = (context.seems_answer || !facts.answers.empty()) &&
                              !trimmed(words.own).empty() && is_complaint(words.quoted);
    context.is_answer = answer.origin.is_automatic || answer.origin.is_ticket_system ||
                        !facts.answers.empty() || answer.quotes_complaint;
    answer.subject = said_in(rules, facts.subject, RuleField::subject, context);
    context.is_answer = context.is_answer || answer.subject.acknowledged != nullptr;
    answer.body = said_in(rules, words.own, RuleField::auto_reply, context);
    answer.is_automatic = is_automatic(answer, !facts.answers.empty());
    answer.is_generated = answer.origin.is_generated || answer.subject.acknowledged != nullptr;
    return answer;
}

// The body's words come last: who decides by them marks the last piece.
void record(const Answer& answer, std::string_view words, Judgement& judgement) {
    if (!answer.origin.mark.empty())
        judgement.evidence.push_back({Place::mark, answer.origin.mark, "", "", {}, false});
    judgement.evidence.push_back(evidence(Place::subject, judgement.facts.subject, answer.subject));
    judgement.evidence.push_back(evidence(Place::auto_reply, words, answer.body));
}

bool is_only_list_mail(const Answer& answer) {
    return answer.origin.is_list_mail && !answer.is_automatic &&
           answer.subject.acknowledged == nullptr;
}

// Nothing is acknowledged, or only politely: "Thank you for your message."
bool is_at_most_polite(const Said& said) {
    return said.acknowledged == nullptr ||
           (said.acknowledged->acknowledgement == Acknowledgement::automatic && !said.is_receipt);
}

// In a person's letter these words are about the attacker's account.
bool speaks_of_closed_mailbox(const Answer& answer) {
    return answer.body.closed != nullptr && is_at_most_polite(answer.body) &&
           is_at_most_polite(answer.subject) && !answer.has_ticket &&
           (answer.is_automatic || answer.is_generated);
}

// Closed, but another way is open: large networks answer so, and it is no failure.
void judge_closed_mailbox(const Answer& answer, std::string_view words, Judgement& judgement) {
    const std::string rule = answer.body.closed->name();
    if (!names_another_way(judgement)) judgement.named.links = pages_in(words);
    if (names_another_way(judgement))
        return conclude(judgement, Form::auto_reply, Acknowledgement::redirected, rule);
    judgement.form = Form::auto_reply;
    judgement.outcome = Outcome::recipient_unknown;
    judgement.said_by_auto_reply = true;
    judgement.rule = rule;
    judgement.evidence.back().decided = true;
}

// A machine's "we have informed our customer" is no person's; with a number it is a ticket.
// Politeness and a form say to use the form.
void judge_by(const Rule& rule, const Answer& answer, Judgement& judgement) {
    auto kind = *rule.acknowledgement;
    if (kind == Acknowledgement::person && answer.is_automatic) kind = Acknowledgement::automatic;
    if (kind == Acknowledgement::automatic && answer.has_ticket) kind = Acknowledgement::ticket;
    if (kind == Acknowledgement::automatic && answer.is_automatic && !answer.body.is_receipt &&
        !judgement.named.links.empty())
        kind = Acknowledgement::redirected;
    const bool is_person = kind == Acknowledgement::person;
    conclude(judgement, is_person ? Form::reply : Form::auto_reply, kind, rule.name());
}

Acknowledgement kind_without_words(const Answer& answer, const Judgement& judgement) {
    if (answer.has_ticket) return Acknowledgement::ticket;
    return names_another_way(judgement) ? Acknowledgement::redirected : Acknowledgement::automatic;
}

// It answers a message that was written where it is addressed to: on a list, that is rare.
bool answers_addressee(const ReplyFacts& facts) {
    return std::any_of(facts.to.begin(), facts.to.end(), [&](const std::string& address) {
        const std::string domain = comparable_address(domain_of(address));
        return !domain.empty() &&
               std::any_of(facts.answers.begin(), facts.answers.end(), [&](const std::string& id) {
                   return comparable_address(domain_of(id)) == domain;
               });
    });
}

// No phrase is known, but it is an answer.
void judge_without_words(const Answer& answer, Judgement& judgement) {
    const ReplyFacts& facts = judgement.facts;
    const bool is_answer = !facts.answers.empty();
    if (answer.is_automatic) {
        conclude(judgement, Form::auto_reply, kind_without_words(answer, judgement),
                 answer.origin.mark);
    } else if (is_answer && names_complaint_desk(facts, judgement.named)) {
        conclude(judgement, Form::reply, Acknowledgement::redirected,
                 "an answer that names where complaints go");
    } else if (is_answer && answer.has_ticket && !begins_as_answer(facts.subject)) {
        conclude(judgement, Form::auto_reply, Acknowledgement::ticket,
                 "an answer with a ticket number");
    } else if (answer.quotes_complaint) {
        conclude(judgement, Form::reply, Acknowledgement::person,
                 "an answer to the complaint that it quotes");
    } else if (is_titled_as_answer(facts.subject) && answers_addressee(facts) &&
               !answer.origin.is_list_mail && !answer.is_generated) {
        conclude(judgement, Form::reply, Acknowledgement::person,
                 "an answer to a message from where it goes");
    } else {
        judgement.rule = "answers nothing that we know of";
    }
}

}  // namespace

void judge_answer(const RuleSet& rules, const Header& header, std::string_view text,
                  Judgement& judgement) {
    const Voices words = voices_in(text);
    judgement.named = named_in(judgement.facts, words.own);
    const Answer answer = answer_of(rules, header, words, judgement.facts, judgement.named);
    record(answer, words.own, judgement);
    judgement.form = answer.is_automatic               ? Form::auto_reply
                     : judgement.facts.answers.empty() ? Form::other
                                                       : Form::reply;
    if (is_only_list_mail(answer)) {
        judgement.rule = "list mail";
    } else if (speaks_of_closed_mailbox(answer)) {
        judge_closed_mailbox(answer, words.own, judgement);
    } else if (answer.body.acknowledged != nullptr) {
        judgement.evidence.back().decided = true;
        judge_by(*answer.body.acknowledged, answer, judgement);
    } else if (answer.subject.acknowledged != nullptr) {
        judge_by(*answer.subject.acknowledged, answer, judgement);
    } else {
        judge_without_words(answer, judgement);
    }
}

}  // namespace ndr
