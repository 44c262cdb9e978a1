#include "born_here.hpp"

#include <algorithm>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// IPv6 comes with or without its tag (RFC 5321 section 4.1.3).
bool is_own_client(std::string_view client, const std::vector<Address>& own_mta) {
    client = trimmed(client);
    if (client.empty()) return true;
    if (ascii_istarts_with(client, "IPv6:")) client.remove_prefix(5);
    const auto address = Address::parse(client);
    return address && std::find(own_mta.begin(), own_mta.end(), *address) != own_mta.end();
}

}  // namespace

bool is_born_here(const ReplyFacts& facts, const std::optional<std::string>& client,
                  const std::vector<Address>& own_mta) {
    if (client && !is_own_client(*client, own_mta)) return false;
    if (facts.received_count != 1) return false;
    const auto received = trimmed(facts.first_received);
    return ascii_istarts_with(received, "by ") &&
           ascii_ifind(received, "from userid") == std::string_view::npos &&
           ascii_ifind(received, "from uid") == std::string_view::npos;
}

}  // namespace ndr
