// ledger/deed_columns.hpp -- a deed as the columns kind, target, term, around and registry, and
// back.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/casework/follow_up.hpp"

namespace ndr {

std::optional<std::int64_t> term_of(const Deed& deed);
bool is_around(const Deed& deed);
std::optional<std::string> registry_of(const Deed& deed);
Deed deed_of(const std::string& kind, const std::string& target, std::optional<std::int64_t> term,
             bool around, const std::string& registry);

}  // namespace ndr
