// triage/judgement.hpp -- everything that is read out of one message: its form, its outcome, a
// verdict for each recipient, and the facts by which it is tied to a complaint.
//
// Pure: the same message and rules give the same judgement. It is made in the parsing child and
// crosses a pipe as JSON (to_json, from_json), so its size is bounded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/triage/verdict.hpp"

namespace ndr {

// Header facts of the reply, as a stranger wrote them (but for what our own MTA put on top).
struct ReplyFacts {
    std::string message_id;  // without angle brackets
    std::string date;
    std::string from;    // the field, for people
    std::string sender;  // its address
    std::string subject;
    std::string return_path;               // "" absent, "<>" null
    std::string first_received;            // the topmost Received: our MTA wrote it
    std::size_t received_count = 0;        // how many there are
    std::vector<std::string> envelope_to;  // Delivered-To, X-Original-To, in order
    std::vector<std::string> to;           // addresses of To and Cc
    std::vector<std::string> answers;      // Message-IDs of In-Reply-To and References
    std::string original_message_id;       // of the returned message
    std::vector<std::string> original_to;  // addresses of its To
    std::string original_envelope_id;      // RFC 3464 Original-Envelope-Id
    std::string reporting_mta;
};

// What an acknowledgement names besides itself.
struct AcknowledgementFacts {
    std::vector<std::string> tickets;    // "#12345", "INC0012345"
    std::vector<std::string> addresses;  // where to write instead
    std::vector<std::string> links;      // forms to use instead
};

struct Judgement {
    Form form = Form::other;
    Outcome outcome = Outcome::unrelated;
    std::optional<Acknowledgement> acknowledgement;
    std::string rule;
    // Nobody who seems a mail host said that the mailbox failed or is closed: what follows is held.
    bool said_by_auto_reply = false;
    ReplyFacts facts;
    AcknowledgementFacts named;
    std::vector<Verdict> recipients;
    std::vector<Evidence> evidence;  // about the message as a whole
};

Judgement judge(const RuleSet& rules, const Message& message);

// The first failed recipient with one of the first three outcomes, else the first.
const Verdict* leading_verdict(const std::vector<Verdict>& verdicts);

std::string to_json(const Judgement& judgement);
// nullopt for text that is no judgement: too large, no JSON, wrong types, unknown words.
std::optional<Judgement> judgement_of_json(std::string_view json);

}  // namespace ndr
