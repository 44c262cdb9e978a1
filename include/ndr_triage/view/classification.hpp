// view/classification.hpp -- what a message was judged to be, in one line or one JSON object.
#pragma once

#include <string>

#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// The object of `classify --json`, one line without its end: unknown values are
// null, addresses have no angle brackets.
std::string classification_json(const std::string& path, std::size_t index,
                                const Judgement& judgement);

// "mailbox-full  dsn  abuse@example.net", printable.
std::string classification_line(const Judgement& judgement);

// "acknowledged (ticket)"; the outcome alone if it is no acknowledgement.
std::string outcome_text(Outcome outcome, const std::optional<Acknowledgement>& acknowledgement);

// "mail.mbox:3" for the fourth message of an mbox, the path alone for a first one.
std::string item_name(const std::string& path, std::size_t index);

}  // namespace ndr
