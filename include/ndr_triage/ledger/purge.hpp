// ledger/purge.hpp -- what is kept for a time only: the octets of replies, and notes of what was
// asked and tested on the way. What was decided, and the evidence for it, stays.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <cstdint>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

// Octets of replies, in number and size.
struct KeptMessages {
    std::int64_t count = 0;
    std::int64_t octets = 0;
};

// Of replies recorded before `before`: what can go, and what waits for a reader
// (replies_to_pass_on() in notifications.hpp), which nobody has seen yet.
struct OldMessages {
    KeptMessages read;
    KeptMessages unread;
};
OldMessages old_messages(Ledger& ledger, Instant before);

// Takes out the octets of at most `most` of them; of unread ones only if told to. What it took.
KeptMessages purge_messages(Ledger& ledger, Instant before, bool also_unread, std::size_t most);

// Answers of mail hosts, tests of the way of mail, outages and mails to `notify` that ended before
// `before`. How many.
std::int64_t purge_notes(Ledger& ledger, Instant before);

}  // namespace ndr
