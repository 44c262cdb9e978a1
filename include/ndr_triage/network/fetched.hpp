// network/fetched.hpp -- what ndr-triage-fetch prints, keeps in its cache, and we read: answers as
// they came, each under a small header.
//
//   source: https://rdap.example/ip/203.0.113.7
//   fetched: 2026-11-23T16:00:00Z
//   octets: 1234
//
//   (1234 octets and a line end)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/clock.hpp"

namespace ndr {

struct Fetched {
    std::string source;  // a URL, or "whois://HOST"
    Instant at{};
    std::string octets;
};

std::string fetched_text(const std::vector<Fetched>& answers);
// nullopt for anything else.
std::optional<std::vector<Fetched>> read_fetched(std::string_view text);

// The whois server that an answer refers to: "ReferralServer: whois://HOST[:PORT]" (ARIN),
// "refer: HOST" (IANA). "" if there is none, or one of another protocol.
std::string referral_in(std::string_view answer);

// "HOST", "HOST:PORT", "[IPv6]:PORT".
struct Server {
    std::string host;
    int port = 0;
};
std::optional<Server> server_of(std::string_view text, int usual_port);

}  // namespace ndr
