// ledger/unread.hpp -- replies that a person should read and none has got: what a person wrote,
// undetermined and unrelated ones.
#pragma once

namespace ndr {

// A condition on a row of `reply`, never NULL.
constexpr const char* is_unread =
    "(outcome IN ('undetermined', 'unrelated') OR ifnull(acknowledgement, '') = 'person') "
    "AND NOT EXISTS (SELECT 1 FROM passed_on WHERE reply = reply.id)";

}  // namespace ndr
