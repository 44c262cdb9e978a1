// triage/auto_reply.hpp -- messages that are no failure notification: ticket receipts, vacation
// notices, redirections, people.
#pragma once

#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// What the header says about how the message came to be.
struct Origin {
    bool is_automatic = false;  // RFC 3834 auto-replied and the older marks
    bool is_generated = false;  // auto-generated: an answer only if something else says so
    bool is_ticket_system = false;
    bool is_list_mail = false;  // RFC 2919, RFC 2369, Precedence list
    std::string mark;           // the field that says so
};
Origin origin_of(const Header& header);

// Form, outcome and what it names, for a message without a report. `text` is what precedes a
// returned message.
void judge_answer(const RuleSet& rules, const Header& header, std::string_view text,
                  Judgement& judgement);

// The sender's own words, and what they quote: marked lines, and all behind a quotation mark.
struct Voices {
    std::string own;
    std::string quoted;
};
Voices voices_in(std::string_view text);
std::string own_words(std::string_view text);

// What stands in front of our own complaint, lines wrapped anew or not: it holds lines of a log,
// and strangers write into logs.
std::string_view before_complaint(std::string_view text);
// Without the lines marked as quoted; those of a transcript (">>>") stay.
std::string without_quoted_lines(std::string_view text);

// Speaks of an attack and names a network address.
bool is_complaint(std::string_view quoted);

}  // namespace ndr
