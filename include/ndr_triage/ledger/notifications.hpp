// ledger/notifications.hpp -- what people were told by mail: of follow-ups and faults, and which
// replies went on to them.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

std::optional<Instant> last_notification(Ledger& ledger);
void add_notification(Ledger& ledger, Instant now);
// The mail of that time did not leave.
void withdraw_notification(Ledger& ledger, Instant sent_at);

// Matters that somebody was told of and that still stood when it was looked last.
std::set<std::string> matters_told(Ledger& ledger);
// From now on these are told; all others can be told again.
void set_matters_told(Ledger& ledger, const std::set<std::string>& matters, Instant now);

// Replies that a person should read and none has got: what a person wrote, undetermined and
// unrelated ones. The oldest first, at most `most`.
std::vector<std::int64_t> replies_to_pass_on(Ledger& ledger, std::size_t most);
void mark_passed_on(Ledger& ledger, std::int64_t reply, Instant now);

}  // namespace ndr
