// born_here.hpp -- did our own MTA write this message?
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/network/address.hpp"

namespace ndr {

// Most bounces are: our MTA could not deliver the complaint and tells so. Then it has no client (or
// one of `own_mta`), and the Received that our MTA put on top says neither from where nor that a
// local user sent it ("Received: by mx.example.org (Postfix)"). Nobody outside can bring that
// about. `client` nullopt: the caller told nothing, and the Received alone decides.
bool is_born_here(std::string_view first_received, const std::optional<std::string>& client,
                  const std::vector<Address>& own_mta);

}  // namespace ndr
