// Small values: what is read and written again must be the same, and a judgement that comes over
// the pipe from a child that was taken over must not hurt.
#include <cstdint>
#include <cstdlib>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/date.hpp"
#include "ndr_triage/network/address.hpp"
#include "ndr_triage/triage/judgement.hpp"
#include "ndr_triage/triage/status_code.hpp"

namespace {

using namespace ndr;

void require(bool holds) {
    if (!holds) std::abort();
}

void addresses(std::string_view text) {
    if (const auto address = Address::parse(text))
        require(Address::parse(address->text()) == address);
    if (const auto prefix = Prefix::parse(text)) require(Prefix::parse(prefix->text()) == prefix);
    if (const auto range = AddressRange::parse(text)) {
        require(AddressRange::parse(range->text()) == range);
        const auto prefixes = cover(*range);
        require(prefixes.front().start() == range->first && prefixes.back().last() == range->last);
    }
}

void mail_addresses(std::string_view text) {
    addresses_in(text);
    address_of_field(text);
    local_part(text);
    domain_of(text);
    is_plain_address(comparable_address(text));
}

void times(std::string_view text) {
    parse_mail_date(text);
    received_date(text);
    if (const auto at = parse_instant(text)) require(parse_instant(iso_text(*at)) == at);
    if (const auto span = parse_span(text)) require(parse_span(span_text(*span)) == span);
}

void texts(std::string_view text) {
    require(is_utf8(utf8_only(text)));
    require(is_utf8(printable(text)));
    const auto once = folded(utf8_only(text));
    require(is_utf8(once));
    columns(utf8_only(text));
    parse_status(text);
    find_codes(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    addresses(text);
    mail_addresses(text);
    times(text);
    texts(text);
    if (const auto judgement = judgement_of_json(text)) to_json(*judgement);
    return 0;
}
