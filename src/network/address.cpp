#include "ndr_triage/network/address.hpp"

#include <arpa/inet.h>
#include <fmt/core.h>

#include <algorithm>
#include <bit>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
constexpr int all_bits = 128;

constexpr std::uint8_t low_bits(int count) {
    return static_cast<std::uint8_t>((1U << static_cast<unsigned>(count)) - 1U);
}

}  // namespace

std::optional<Address> Address::parse(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return std::nullopt;  // inet_pton stops there
    const std::string copy(text);
    Octets octets{};
    if (copy.find(':') != std::string::npos) {
        if (inet_pton(AF_INET6, copy.c_str(), octets.data()) != 1) return std::nullopt;
        return Address(octets);
    }
    std::copy(mapped.begin(), mapped.end(), octets.begin());
    if (inet_pton(AF_INET, copy.c_str(), octets.data() + mapped.size()) != 1) return std::nullopt;
    return Address(octets);
}

std::optional<Address> Address::of_octets(std::string_view octets) {
    Octets copy{};
    if (octets.size() != copy.size()) return std::nullopt;
    std::copy(octets.begin(), octets.end(), copy.begin());
    return Address(copy);
}

bool Address::is_ipv4() const {
    return std::equal(mapped.begin(), mapped.end(), octets_.begin());
}

std::string Address::text() const {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    const bool v4 = is_ipv4();
    inet_ntop(v4 ? AF_INET : AF_INET6, octets_.data() + (v4 ? mapped.size() : 0), buffer.data(),
              buffer.size());
    return buffer.data();
}

Address Address::first_of(int length) const {
    Octets result = octets_;
    for (int i = 0; i < 16; ++i) {
        const int kept = std::clamp(length - 8 * i, 0, 8);
        auto& octet = result[static_cast<std::size_t>(i)];
        octet = static_cast<std::uint8_t>(octet & ~low_bits(8 - kept));
    }
    return Address(result);
}

Address Address::last_of(int length) const {
    Octets result = octets_;
    for (int i = 0; i < 16; ++i) {
        const int kept = std::clamp(length - 8 * i, 0, 8);
        auto& octet = result[static_cast<std::size_t>(i)];
        octet = static_cast<std::uint8_t>(octet | low_bits(8 - kept));
    }
    return Address(result);
}

std::optional<Address> Address::next() const {
    Octets result = octets_;
    for (auto octet = result.rbegin(); octet != result.rend(); ++octet) {
        if (++*octet != 0) return Address(result);
    }
    return std::nullopt;
}

std::optional<Address> Address::previous() const {
    Octets result = octets_;
    for (auto octet = result.rbegin(); octet != result.rend(); ++octet) {
        if ((*octet)-- != 0) return Address(result);
    }
    return std::nullopt;
}

int common_bits(const Address& a, const Address& b) {
    int count = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        const auto differing = static_cast<std::uint8_t>(a.octets()[i] ^ b.octets()[i]);
        if (differing != 0) return count + std::countl_zero(differing);
        count += 8;
    }
    return count;
}

std::optional<Prefix> Prefix::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = Address::parse(text.substr(0, slash));
    if (!address) return std::nullopt;
    int length = all_bits;
    if (slash != std::string_view::npos) {
        const auto written = parse_number(text.substr(slash + 1));
        const bool v4 = text.find(':') == std::string_view::npos;
        if (!written || *written > (v4 ? 32 : all_bits)) return std::nullopt;
        length = static_cast<int>(*written) + (v4 ? 96 : 0);
    }
    if (address->first_of(length) != *address) return std::nullopt;
    return Prefix(*address, length);
}

std::string Prefix::text() const {
    return fmt::format("{}/{}", start_.text(), written_length());
}

bool Prefix::contains(const Address& address) const {
    return common_bits(start_, address) >= length_;
}

bool Prefix::contains(const Prefix& other) const {
    return other.length_ >= length_ && contains(other.start_);
}

bool Prefix::overlaps(const Prefix& other) const {
    return contains(other) || other.contains(*this);
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) {
        const auto prefix = Prefix::parse(trimmed(text));
        return prefix ? std::optional(AddressRange::of(*prefix)) : std::nullopt;
    }
    const auto first = Address::parse(trimmed(text.substr(0, dash)));
    const auto last = Address::parse(trimmed(text.substr(dash + 1)));
    if (!first || !last || *last < *first || first->is_ipv4() != last->is_ipv4())
        return std::nullopt;
    return AddressRange{*first, *last};
}

Address::Octets AddressRange::width() const {
    Address::Octets difference{};
    int borrowed = 0;
    for (std::size_t i = difference.size(); i-- > 0;) {
        const int digit = last.octets().at(i) - first.octets().at(i) - borrowed;
        borrowed = digit < 0 ? 1 : 0;
        difference.at(i) = static_cast<std::uint8_t>(digit + 256 * borrowed);
    }
    return difference;
}

std::string AddressRange::text() const {
    const auto prefixes = cover(*this);
    if (prefixes.size() == 1) return prefixes.front().text();
    return fmt::format("{} - {}", first.text(), last.text());
}

std::vector<Prefix> cover(const AddressRange& range) {
    std::vector<Prefix> prefixes;
    std::optional<Address> at = range.first;
    while (at && *at <= range.last) {
        int length = all_bits;
        while (length > 0 && at->first_of(length - 1) == *at &&
               at->last_of(length - 1) <= range.last)
            --length;
        prefixes.emplace_back(*at, length);
        at = prefixes.back().last().next();
    }
    return prefixes;
}

std::vector<AddressRange> without(const AddressRange& range, std::vector<Prefix> taken) {
    std::sort(taken.begin(), taken.end());
    std::vector<AddressRange> left;
    std::optional<Address> at = range.first;
    for (const auto& prefix : taken) {
        if (!at || prefix.last() < *at || range.last < prefix.start()) continue;
        if (*at < prefix.start()) left.push_back({*at, prefix.start().previous().value()});
        at = prefix.last().next();
    }
    if (at && *at <= range.last) left.push_back({*at, range.last});
    return left;
}

}  // namespace ndr
