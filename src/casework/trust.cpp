#include "ndr_triage/casework/trust.hpp"

#include "ndr_triage/base/named.hpp"

#include <array>

namespace ndr {

namespace {

constexpr std::array trusts = std::to_array<Named<Trust>>({
    {Trust::unknown, "unknown"},
    {Trust::matched, "matched"},
    {Trust::is_signed, "signed"},
});

}  // namespace

std::string_view text(Trust trust) {
    return name_in(trusts, trust);
}

std::optional<Trust> trust_of(std::string_view text) {
    return value_in(trusts, text);
}

}  // namespace ndr
