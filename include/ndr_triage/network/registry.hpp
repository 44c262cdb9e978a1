// network/registry.hpp -- who administers which address space, as far as IANA's tables tell.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/network/address.hpp"

namespace ndr {

enum class Rir { afrinic, apnic, arin, lacnic, ripe_ncc };

std::string_view text(Rir registry);          // "ripe-ncc"
std::string_view display_name(Rir registry);  // "RIPE NCC"
std::optional<Rir> rir_of(std::string_view text);

// Where its whois (RFC 3912) answers, on port 43; and IANA's, which refers to them.
std::string_view whois_host(Rir registry);
std::optional<Rir> rir_at(std::string_view whois_host);
inline constexpr std::string_view iana_whois_host = "whois.iana.org";

struct IanaEntry {
    Prefix prefix;
    std::optional<Rir> registry;  // nullopt: special-use space
    bool is_legacy = false;       // assigned before the registries: the holder may be elsewhere
    std::string name;             // of special-use space: "private use, RFC 1918"
};

// The entry that holds the address, special-use space first; nullopt where IANA has assigned
// nothing.
std::optional<IanaEntry> iana_entry(const Address& address);
// All special-use space that overlaps the range.
std::vector<IanaEntry> special_uses(const AddressRange& range);

}  // namespace ndr
