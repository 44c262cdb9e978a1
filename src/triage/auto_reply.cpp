#include "auto_reply.hpp"

#include <algorithm>
#include <array>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/triage/names.hpp"
#include "ndr_triage/triage/notification.hpp"
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
    std::vector<Finding> findings;
};

// What is known of the message before its words are read.
struct Context {
    bool has_ticket = false;  // a number, or a ticket system's mark
    bool is_answer = false;   // it names a message that it answers, or bears an automatic mark
};

std::size_t rank_of(Acknowledgement kind) {
    return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), kind) - kinds.begin());
}

// "Please visit", "please contact", "ticket", "case number" are everyday words: the first two
// redirect only in an answer, or where another phrase says that this is one; the others are a
// receipt only with a number.
bool is_everyday_word(const Rule& rule, const Context& context) {
    return rule.acknowledgement == Acknowledgement::redirected ||
           (rule.acknowledgement == Acknowledgement::ticket && !context.has_ticket);
}

Acknowledgement kind_of(const Rule& rule, const Context& context) {
    if (rule.acknowledgement == Acknowledgement::ticket && !context.has_ticket)
        return Acknowledgement::automatic;
    return *rule.acknowledgement;
}

Said said_in(const RuleSet& rules, std::string_view text, RuleField field, const Context& context) {
    Said said;
    said.findings = rules.find(without_names(text), {field});
    const bool is_answer =
        context.is_answer ||
        std::any_of(said.findings.begin(), said.findings.end(), [&](const Finding& finding) {
            return finding.rule->outcome == Outcome::acknowledged &&
                   !is_everyday_word(*finding.rule, context);
        });
    std::size_t best = kinds.size();
    for (const auto& finding : said.findings) {
        const Rule* rule = finding.rule;
        if (rule->outcome == Outcome::recipient_unknown && said.closed == nullptr)
            said.closed = rule;
        if (rule->outcome != Outcome::acknowledged) continue;
        if (is_everyday_word(*rule, context) && !is_answer) continue;
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
    bool is_automatic = false;
    bool is_generated = false;  // a machine wrote it: a mark says so, or its subject
};

bool says_something(const Answer& answer) {
    return answer.subject.acknowledged != nullptr || answer.body.acknowledged != nullptr;
}

Answer answer_of(const RuleSet& rules, const Header& header, std::string_view words,
                 const ReplyFacts& facts, const AcknowledgementFacts& named) {
    Answer answer;
    answer.origin = origin_of(header);
    const bool has_ticket = answer.origin.is_ticket_system || !named.tickets.empty();
    Context context{has_ticket, answer.origin.is_automatic || answer.origin.is_ticket_system ||
                                    !facts.answers.empty()};
    answer.subject = said_in(rules, facts.subject, RuleField::subject, context);
    context.is_answer = context.is_answer || answer.subject.acknowledged != nullptr;
    answer.body = said_in(rules, words, RuleField::auto_reply, context);
    // A ticket system writes to its own agents, too: its mark alone answers nothing.
    answer.is_automatic =
        answer.origin.is_automatic ||
        (answer.origin.is_ticket_system && (!facts.answers.empty() || says_something(answer)));
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
           said.acknowledged->acknowledgement == Acknowledgement::automatic;
}

// In a person's letter these words are about the attacker's account.
bool speaks_of_closed_mailbox(const Answer& answer, const Judgement& judgement) {
    const bool has_ticket = answer.origin.is_ticket_system || !judgement.named.tickets.empty();
    return answer.body.closed != nullptr && is_at_most_polite(answer.body) &&
           is_at_most_polite(answer.subject) && !has_ticket &&
           (answer.is_automatic || answer.is_generated);
}

// Closed, but another way is open: large networks answer so, and it is no failure.
void judge_closed_mailbox(const Answer& answer, Judgement& judgement) {
    const std::string rule = answer.body.closed->name();
    if (names_another_way(judgement))
        return conclude(judgement, Form::auto_reply, Acknowledgement::redirected, rule);
    judgement.form = Form::auto_reply;
    judgement.outcome = Outcome::recipient_unknown;
    judgement.said_by_auto_reply = true;
    judgement.rule = rule;
    judgement.evidence.back().decided = true;
}

void judge_body(const Answer& answer, Judgement& judgement) {
    judgement.evidence.back().decided = true;
    auto kind = *answer.body.acknowledged->acknowledgement;
    const bool has_ticket = answer.origin.is_ticket_system || !judgement.named.tickets.empty();
    if (kind == Acknowledgement::automatic && has_ticket) kind = Acknowledgement::ticket;
    const bool is_person = kind == Acknowledgement::person && !answer.is_automatic;
    conclude(judgement, is_person ? Form::reply : Form::auto_reply, kind,
             answer.body.acknowledged->name());
}

bool is_quoted(std::string_view line) {
    const auto bare = trimmed(line);
    return bare.starts_with('>') || bare.starts_with('|');
}

// The first line from `at` on that is not blank, or "".
std::string_view next_written(const std::vector<std::string_view>& lines, std::size_t at) {
    while (at < lines.size() && trimmed(lines[at]).empty())
        ++at;
    return at < lines.size() ? lines[at] : std::string_view();
}

}  // namespace

std::string own_words(std::string_view text) {
    const auto& forms = FormTable::standard();
    const auto lines = split_lines(text);
    std::string result;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_quoted(lines[i])) continue;
        const std::string low = folded(trimmed(lines[i]));
        if (forms.is_mark("original", low) || forms.is_mark("quotation", low)) break;
        if (low.ends_with(':') && forms.has("quotation-end", low)) {
            if (is_quoted(next_written(lines, i + 1))) continue;  // the answer may stand below
            break;
        }
        result.append(lines[i]).append("\n");
    }
    return result;
}

void judge_answer(const RuleSet& rules, const Header& header, std::string_view text,
                  Judgement& judgement) {
    const std::string words = own_words(text);
    judgement.named = named_in(judgement.facts, words);
    const Answer answer = answer_of(rules, header, words, judgement.facts, judgement.named);
    record(answer, words, judgement);
    judgement.form = answer.is_automatic               ? Form::auto_reply
                     : judgement.facts.answers.empty() ? Form::other
                                                       : Form::reply;
    if (is_only_list_mail(answer)) {
        judgement.rule = "list mail";
    } else if (speaks_of_closed_mailbox(answer, judgement)) {
        judge_closed_mailbox(answer, judgement);
    } else if (answer.body.acknowledged != nullptr) {
        judge_body(answer, judgement);
    } else if (answer.subject.acknowledged != nullptr) {
        const Rule& rule = *answer.subject.acknowledged;
        conclude(judgement, Form::auto_reply, *rule.acknowledgement, rule.name());
    } else if (answer.is_automatic) {
        const bool is_ticket = answer.origin.is_ticket_system || !judgement.named.tickets.empty();
        conclude(judgement, Form::auto_reply,
                 is_ticket ? Acknowledgement::ticket : Acknowledgement::automatic,
                 answer.origin.mark);
    } else {
        judgement.rule = "answers nothing that we know of";
    }
}

}  // namespace ndr
