// born_here.hpp -- did our own MTA write this message?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/network/address.hpp"
#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// Most bounces are: our MTA could not deliver the complaint and tells so. Then it has no client (or
// one of `own_mta`), and the only Received, which our MTA put on top, says neither from where nor
// that a local user sent it ("Received: by mx.example.org (Postfix)"). What local(8) forwards for a
// user bears such a one, too, above the one with which it came in. Nobody else can bring that
// about. `client` nullopt: the caller told nothing, and the Received alone decides.
bool is_born_here(const ReplyFacts& facts, const std::optional<std::string>& client,
                  const std::vector<Address>& own_mta);

}  // namespace ndr
