// What registries answer, and what the helper prints: a network that comes out is one that can be
// stored, and holds the address it is found by.
#include <cstdint>
#include <cstdlib>

#include "ndr_triage/action/lookup.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/network/delegated.hpp"
#include "ndr_triage/network/fetched.hpp"
#include "ndr_triage/network/registry_answer.hpp"

namespace {

using namespace ndr;

void require(bool holds) {
    if (!holds) std::abort();
}

void check(const Network& network) {
    require(network.range.first <= network.range.last);
    require(network.range.first.is_ipv4() == network.range.last.is_ipv4());
    require(common_bits(network.range.first, network.range.last) >= 12);
    require(network.country.empty() || network.country.size() == 2);
    require(network.contacts.size() <= 50);
    for (const auto& address : complaint_contacts(network))
        require(is_plain_address(address));
}

void check(const RegistryAnswer& answer) {
    require(answer.networks.empty() != answer.fault.empty());
    require(answer.fault.find('\n') == std::string::npos);
    for (const auto& network : answer.networks) {
        check(network);
        const auto found = most_specific(answer.networks, network.range.last);
        require(found && found->range.contains(network.range.last));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    check(read_rdap(text));
    check(read_whois(text));
    for (const auto line : split_lines(text)) {
        const auto read = read_delegated(line);
        require(!read.network || read.fault.empty());
        if (read.network) check(*read.network);
    }
    referral_in(text);
    if (const auto answers = read_fetched(text))
        require(fetched_text(*answers) == fetched_text(*read_fetched(fetched_text(*answers))));
    const Address address = Address::parse("203.0.113.7").value();
    const Looked looked = read_answers(text, address);
    require(looked.network.has_value() == looked.fault.empty());
    require(!looked.network || looked.network->range.contains(address));
    return 0;
}
