// network/address.hpp -- IP addresses, prefixes and ranges, both versions in one 128-bit space.
//
// An IPv4 address stands as ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2), so everything compares and
// sorts in one order, and the ledger keeps 16 octets. Text in and out is of the version meant.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ndr {

class Address {
public:
    using Octets = std::array<std::uint8_t, 16>;

    Address() = default;
    explicit Address(const Octets& octets) : octets_(octets) {}

    // "203.0.113.7", "2001:db8::1", "::ffff:203.0.113.7"; nothing else, no zone, no brackets.
    static std::optional<Address> parse(std::string_view text);
    // From 16 octets, as the ledger keeps them.
    static std::optional<Address> of_octets(std::string_view octets);

    bool is_ipv4() const;
    std::string text() const;
    const Octets& octets() const { return octets_; }
    std::string_view octet_string() const {
        return {reinterpret_cast<const char*>(octets_.data()), octets_.size()};
    }

    // The address with all bits behind the first `length` cleared, or set.
    Address first_of(int length) const;
    Address last_of(int length) const;
    // The next and the one before; nullopt at the ends of the space.
    std::optional<Address> next() const;
    std::optional<Address> previous() const;

    auto operator<=>(const Address&) const = default;

private:
    Octets octets_{};
};

// Bits that two addresses share from the left, 0 to 128.
int common_bits(const Address& a, const Address& b);

class Prefix {
public:
    Prefix() = default;
    // Host bits are cleared. `length` counts in the 128-bit space: an IPv4 /24 is 120.
    Prefix(const Address& address, int length)
        : start_(address.first_of(length)), length_(length) {}

    // "203.0.113.0/24", "2001:db8::/32"; an address alone is a prefix of one. Host bits that are
    // not zero, a length out of range: nullopt.
    static std::optional<Prefix> parse(std::string_view text);

    const Address& start() const { return start_; }
    Address last() const { return start_.last_of(length_); }
    int length() const { return length_; }
    bool is_ipv4() const { return length_ >= 96 && start_.is_ipv4(); }
    // The length as people write it: 0 to 32 for IPv4.
    int written_length() const { return is_ipv4() ? length_ - 96 : length_; }
    std::string text() const;

    bool contains(const Address& address) const;
    bool contains(const Prefix& other) const;
    bool overlaps(const Prefix& other) const;

    auto operator<=>(const Prefix&) const = default;

private:
    Address start_;
    int length_ = 128;
};

// What a registry's object covers: first to last, both included.
struct AddressRange {
    Address first;
    Address last;

    // "203.0.113.0 - 203.0.113.255" or a prefix. Backwards or of two versions: nullopt.
    static std::optional<AddressRange> parse(std::string_view text);
    static AddressRange of(const Prefix& prefix) { return {prefix.start(), prefix.last()}; }

    bool contains(const Address& address) const { return first <= address && address <= last; }
    bool contains(const AddressRange& other) const {
        return first <= other.first && other.last <= last;
    }
    // One less than the number of addresses, for comparing sizes.
    Address::Octets width() const;
    bool overlaps(const AddressRange& other) const {
        return first <= other.last && other.first <= last;
    }
    bool overlaps(const Prefix& prefix) const { return overlaps(of(prefix)); }
    // A prefix where it is one, else "first - last".
    std::string text() const;

    auto operator<=>(const AddressRange&) const = default;
};

// The fewest prefixes that cover exactly the range, in order.
std::vector<Prefix> cover(const AddressRange& range);

// What is left of the range when these are taken out, in order.
std::vector<AddressRange> without(const AddressRange& range, std::vector<Prefix> taken);

}  // namespace ndr
