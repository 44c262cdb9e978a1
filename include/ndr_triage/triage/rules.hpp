// triage/rules.hpp -- phrases and codes, and the outcome each one means. Rules are data: the
// program's own stand in src/triage/standard.rules, a site's in rules.d/*.rules.
//
// One rule a line: outcome, field, phrase; under it, indented, at least one `example` that this
// very rule must win. Blanks separate, '#' begins a comment line. A phrase is in folded form
// (base/text), '*' stands for anything up to 80 octets, and what begins or ends with a letter or
// digit of ASCII matches whole words only, unless a '*' stands at that end. "{is|was}" stands for
// each of its alternatives: the line is then a rule for every phrase that comes of it. Of all
// phrases found, one that lies within another yields to it, so file order decides nothing.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/triage/outcome.hpp"
#include "ndr_triage/triage/status_code.hpp"

namespace ndr {

// Where a rule looks.
enum class RuleField {
    text,             // diagnostics and notification text
    diagnostic_code,  // what a host or MTA gave as the reason for one recipient
    reply_to_rcpt,    // the same, unless it answered another command than RCPT
    reply_to_data,    // the same, if it answered DATA: the host had taken the recipient
    notification,     // the notification's own words to the sender, its subject too
    subject,
    auto_reply,  // the text of a message that is no failure notification
    status,      // "5.2.2", or "X.2.2" for any class
    reply_code,  // "421"
};

// A line of a table and what stands under it. Its texts live in the RuleSet.
struct RuleLine {
    std::string_view file;
    std::size_t number = 0;
    std::string_view pattern;  // the phrase as written, alternatives and all
    std::vector<std::string_view> examples;
    bool is_site = false;  // from rules.d: outranks a standard rule of the same phrase

    std::string place() const;  // "standard.rules:42"
};

// What one phrase says: one of the outcomes, or only that the message failed (`failed`), which
// decides finality and nothing else, or that all attempts are used up (`expired`), which is
// `lost-connection` where nobody gives a better reason.
struct Rule {
    std::optional<Outcome> outcome;  // nullopt: `failed`
    bool is_expiry = false;
    std::optional<Acknowledgement> acknowledgement;
    RuleField field = RuleField::text;
    std::string_view phrase;
    std::string_view first;  // the first of its segments
    const RuleLine* line = nullptr;

    std::string name() const;                        // "text: mailbox is full"
    std::string meaning() const;                     // "mailbox-full", "acknowledged/ticket"
    std::vector<std::string_view> segments() const;  // the phrase between its '*'
    bool is_code() const { return field == RuleField::status || field == RuleField::reply_code; }
    bool is_open_at_begin() const { return phrase.starts_with('*'); }
    bool is_open_at_end() const { return phrase.ends_with('*'); }
};

// A phrase found in a text: [begin, end) in the text as it stood before folding.
struct Finding {
    const Rule* rule = nullptr;
    std::size_t begin = 0;
    std::size_t end = 0;

    bool operator==(const Finding&) const = default;
};

std::string_view text(RuleField field);
std::optional<RuleField> rule_field_of(std::string_view text);

class RuleSet {
public:
    RuleSet() = default;
    RuleSet(RuleSet&&) = default;
    RuleSet& operator=(RuleSet&&) = default;

    // The program's own rules.
    static RuleSet standard();
    // Adds the rules of one file. Throws ConfigError naming `file` and the line.
    void add(std::string_view table, const std::string& file, bool is_site);

    // One for each phrase or code; those of one line stand together.
    const std::deque<Rule>& rules() const { return rules_; }
    const std::deque<RuleLine>& lines() const { return lines_; }

    // All phrases of these fields in the text, by position: those within another left out, or all.
    std::vector<Finding> find(std::string_view text, const std::vector<RuleField>& fields) const;
    std::vector<Finding> find_all(std::string_view text,
                                  const std::vector<RuleField>& fields) const;
    // The rule for a status code, the one that names the class first; or for a reply code.
    const Rule* find(const EnhancedStatus& status) const;
    const Rule* find_reply_code(int code) const;

private:
    // The same of texts that outlive the set.
    void add_lasting(std::string_view table, std::string_view file, bool is_site);
    void add_phrases(const Rule& rule);
    void add_rule(const Rule& rule, std::string_view phrase);

    std::deque<std::string> texts_;             // tables of the site, their names, phrases
    std::deque<RuleLine> lines_;                // stable addresses: rules point here
    std::deque<Rule> rules_;                    // stable addresses: findings point here
    std::map<std::string, const Rule*> codes_;  // "5.2.1", "X.2.2", "421"
};

// Which rule decides among the findings of one text, and whether they leave room for doubt.
struct Weighing {
    const Rule* rule = nullptr;     // nullptr: none, or contradictory
    bool is_contradictory = false;  // two outcomes are left: undetermined
    bool says_failed = false;
    bool says_delayed = false;
};
// A clear reason outranks a vague one (`undetermined`) that shares no words with it, a host that
// answered outranks "no host took it", a refusal outranks the words it is given in, any reason
// outranks "attempts used up"; full and unknown at once contradict each other.
Weighing weigh(const std::vector<Finding>& findings);

// What is wrong with a rule set: a line without an example, an example or a phrase, taken as a text
// of its own, that its own line does not win, a phrase that stands twice or is not in folded form.
// An override is no fault: a site's rule took what a standard one claims.
struct RuleFault {
    const Rule* rule = nullptr;
    std::string text;  // one line, with file and line
    bool is_override = false;
};
std::vector<RuleFault> check(const RuleSet& rules);
// Which rule wins on a text taken as `field`, or nullptr.
const Rule* winner(const RuleSet& rules, RuleField field, std::string_view text);

// Every phrase that is found in a text taken as `field`, and why it won or lost.
struct Contender {
    Finding finding;
    std::string fate;  // "wins", "lies within 'text: ...'", "is only supposed", ...
};
std::vector<Contender> contenders(const RuleSet& rules, RuleField field, std::string_view text);

}  // namespace ndr
