// intake/delivery.hpp -- a message that an MTA hands over: in the ledger, in hold, or not taken.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/intake/incoming.hpp"
#include "ndr_triage/intake/intake.hpp"

namespace ndr {

struct Delivery {
    const RuleSet& rules;
    const House& house;
    std::string ledger;
    Hold& hold;
    Envelope envelope;
    bool has_copy = false;  // the caller keeps another copy: hold rather than defer
    Instant now{};
    bool is_record = false;  // it came where complaints are recorded: what is none goes to hold
};

// What became of it; it has a receipt or is a complaint if it is in the ledger, a path if it is in
// hold, or both.
struct Delivered {
    std::optional<Receipt> receipt;
    std::optional<ComplaintReceipt> complaint;
    std::string held;    // path
    std::string reason;  // why it is in hold

    bool is_taken_in() const { return receipt || complaint; }
};

// Judges the message in a parsing child and takes it in. A message that can never succeed goes to
// hold. One that came with a record token in its envelope is another server's complaint: recorded
// if the token proves it, else held, for its key may come later. A broken house (ledger locked,
// disk full, newer schema) throws its Failure, and the caller defers; with `has_copy` the message
// goes to hold instead. When this returns, the message is durable somewhere.
Delivered deliver(const Delivery& delivery, Incoming& incoming);

// Puts a message into hold unjudged; the path. Throws IoError.
std::string hold_unread(Hold& hold, Incoming& incoming, const HoldReason& reason);

// Takes a held message up again: in the ledger and gone from hold, or put aside with its reason.
Delivered retry(const Delivery& delivery, const HeldMessage& message, const SizeLimits& limits);

}  // namespace ndr
