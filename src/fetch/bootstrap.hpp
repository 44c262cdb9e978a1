// fetch/bootstrap.hpp -- which RDAP server knows an address (RFC 9224).
#pragma once

#include <string>
#include <string_view>

#include "connection.hpp"
#include "ndr_triage/network/address.hpp"
#include "store.hpp"

namespace ndr {

inline constexpr const char* iana_bootstrap = "https://data.iana.org/rdap/";

// The base URL of the longest prefix that holds the address, https before http; "" if there is
// none, or the text is no bootstrap file.
std::string base_in(std::string_view bootstrap, const Address& address);

// The base URL by `bootstrap`: a file, a URL of one, or a URL ending in '/' below which ipv4.json
// and ipv6.json lie. Fetched files are kept a day; one that cannot be had is replaced by what is
// kept, then by a table of our own of the five registries. Throws Failure: no_input where nobody
// knows the address; IoError for a file.
std::string rdap_base(const Address& address, const std::string& bootstrap, const Store& store,
                      const Deadline& deadline, Guard& guard);

}  // namespace ndr
