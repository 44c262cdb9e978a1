#include "ndr_triage/network/delegated.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"
#include "registry_text.hpp"

namespace ndr {

namespace {

DelegatedLine faulty(const std::string& what) {
    DelegatedLine line;
    line.fault = what;
    return line;
}

// "20261120"
std::optional<Instant> date_of(std::string_view digits) {
    if (digits.size() != 8 || !parse_number(digits)) return std::nullopt;
    return parse_instant(
        fmt::format("{}-{}-{}", digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2)));
}

// 2|apnic|20261120|75432|19830613|20261119|+1000
DelegatedLine read_version(const std::vector<std::string_view>& fields) {
    DelegatedLine line;
    if (fields.size() < 7) return faulty("a version line of fewer than seven fields");
    line.file_date = date_of(fields[5]);
    if (!line.file_date) line.file_date = date_of(fields[2]);
    if (!line.file_date) return faulty("a version line without a date");
    return line;
}

std::optional<AddressRange> ipv4_range(std::string_view start, std::string_view count) {
    constexpr std::int64_t most = std::int64_t{1} << 32;
    const auto first = Address::parse(start);
    const auto addresses = parse_number(count);
    if (!first || !first->is_ipv4() || !addresses || *addresses < 1 || *addresses > most)
        return std::nullopt;
    Address::Octets octets = first->octets();
    std::uint64_t carry = static_cast<std::uint64_t>(*addresses) - 1;
    for (std::size_t i = octets.size(); i-- > 12;) {
        carry += octets.at(i);
        octets.at(i) = static_cast<std::uint8_t>(carry & 0xFF);
        carry >>= 8;
    }
    if (carry != 0) return std::nullopt;
    return AddressRange{*first, Address(octets)};
}

std::optional<AddressRange> range_of(std::string_view type, std::string_view start,
                                     std::string_view value) {
    if (type == "ipv4") return ipv4_range(start, value);
    const auto prefix = Prefix::parse(fmt::format("{}/{}", start, value));
    if (!prefix || prefix->start().is_ipv4()) return std::nullopt;
    return AddressRange::of(*prefix);
}

}  // namespace

DelegatedLine read_delegated(std::string_view text) {
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (trimmed(text).empty() || text.starts_with('#')) return {};
    if (text.size() > 1000) return faulty("a line of more than 1000 octets");
    const auto fields = split(text, '|');
    if (fields[0] == "2" || fields[0].starts_with("2.")) return read_version(fields);
    if (fields.size() < 6) return faulty("no line of registry|cc|type|start|value|date|status");
    if (fields[2] == "asn" || fields[1] == "*" || fields[0] == "iana") return {};
    if (fields[2] != "ipv4" && fields[2] != "ipv6")
        return faulty(fmt::format("the type '{}' is none", printable(fields[2], 40)));
    const auto registry = registry_named(fields[0]);
    if (!registry) return faulty(fmt::format("no registry '{}'", printable(fields[0], 40)));
    if (fields.size() < 7) return faulty("fewer than seven fields");
    if (fields[6] != "allocated" && fields[6] != "assigned") return {};
    const auto range = range_of(fields[2], fields[3], fields[4]);
    if (!range)
        return faulty(fmt::format("'{}' and '{}' are no range", printable(fields[3], 60),
                                  printable(fields[4], 60)));
    DelegatedLine line;
    line.network.emplace();
    line.network->range = *range;
    line.network->registry = registry;
    line.network->country = country_of(fields[1]);
    line.network->authority = Authority::delegated;
    line.fault = fault_of(*line.network);
    if (!line.fault.empty()) line.network.reset();
    return line;
}

}  // namespace ndr
