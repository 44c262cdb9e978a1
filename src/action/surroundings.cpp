#include "ndr_triage/action/surroundings.hpp"

#include <fmt/core.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <net/route.h>
#include <netinet/in.h>
#include <unistd.h>
#include <utmpx.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>

#include "ndr_triage/action/allow_list.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr int host_length = 128;
// A route wider than this leads out (0.0.0.0/0 and 0.0.0.0/1 of a tunnel, 2000::/3): its network is
// no neighbourhood.
constexpr int widest_ipv4_neighbourhood = 96 + 8;
constexpr int widest_ipv6_neighbourhood = 16;

std::optional<Address> address_of(const sockaddr* socket) {
    if (socket == nullptr) return std::nullopt;
    Address::Octets octets{};
    if (socket->sa_family == AF_INET6) {
        const auto* in6 = reinterpret_cast<const sockaddr_in6*>(socket);
        std::copy_n(in6->sin6_addr.s6_addr, octets.size(), octets.begin());
        return Address(octets);
    }
    if (socket->sa_family != AF_INET) return std::nullopt;
    const auto* in = reinterpret_cast<const sockaddr_in*>(socket);
    octets[10] = octets[11] = 0xFF;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&in->sin_addr);
    std::copy_n(bytes, 4, octets.begin() + 12);
    return Address(octets);
}

void add_interfaces(std::vector<ProtectedPrefix>& found) {
    ifaddrs* list = nullptr;
    if (getifaddrs(&list) != 0) throw_io_error("read", "the addresses of this host", errno);
    const std::unique_ptr<ifaddrs, decltype(&freeifaddrs)> owner(list, freeifaddrs);
    for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
        if (const auto address = address_of(entry->ifa_addr))
            found.push_back(
                {Prefix(*address, host_length), fmt::format("the address of {}", entry->ifa_name)});
    }
}

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> words;
    for (std::size_t at = line.find_first_not_of(" \t"); at != std::string_view::npos;) {
        const auto end = std::min(line.find_first_of(" \t", at), line.size());
        words.push_back(line.substr(at, end - at));
        at = line.find_first_not_of(" \t", end);
    }
    return words;
}

std::optional<std::uint32_t> hex_number(std::string_view text) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// A route of the kernel's table, whichever version.
struct Route {
    std::string_view interface;
    Prefix destination;
    Address gateway;
    std::uint32_t flags = 0;
};

void add_route(const Route& route, std::vector<ProtectedPrefix>& found) {
    if ((route.flags & RTF_UP) == 0 || (route.flags & RTF_REJECT) != 0) return;
    if ((route.flags & RTF_GATEWAY) != 0) {
        found.push_back({Prefix(route.gateway, host_length),
                         fmt::format("the gateway of {}", route.interface)});
        return;
    }
    const int widest =
        route.destination.is_ipv4() ? widest_ipv4_neighbourhood : widest_ipv6_neighbourhood;
    if (route.destination.length() >= widest)
        found.push_back({route.destination, fmt::format("connected to {}", route.interface)});
}

// /proc/net/route has an address as the hexadecimal number that its four octets are in memory.
Address ipv4_of(std::uint32_t number) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    in.sin_addr.s_addr = number;
    return address_of(reinterpret_cast<const sockaddr*>(&in)).value_or(Address{});
}

void add_ipv4_routes(std::string_view octets, std::vector<ProtectedPrefix>& found) {
    for (const auto line : split_lines(octets)) {
        const auto words = words_of(line);
        if (words.size() < 8) continue;
        const auto destination = hex_number(words[1]);
        const auto gateway = hex_number(words[2]);
        const auto flags = hex_number(words[3]);
        const auto mask = hex_number(words[7]);
        if (!destination || !gateway || !flags || !mask) continue;  // the heading
        const int length = 96 + std::popcount(*mask);
        add_route({words[0], Prefix(ipv4_of(*destination), length), ipv4_of(*gateway), *flags},
                  found);
    }
}

std::optional<Address> ipv6_of(std::string_view hex) {
    Address::Octets octets{};
    if (hex.size() != 2 * octets.size()) return std::nullopt;
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const auto octet = hex_number(hex.substr(2 * i, 2));
        if (!octet) return std::nullopt;
        octets[i] = static_cast<std::uint8_t>(*octet);
    }
    return Address(octets);
}

void add_ipv6_routes(std::string_view octets, std::vector<ProtectedPrefix>& found) {
    for (const auto line : split_lines(octets)) {
        const auto words = words_of(line);
        if (words.size() < 10) continue;
        const auto destination = ipv6_of(words[0]);
        const auto length = hex_number(words[1]);
        const auto gateway = ipv6_of(words[4]);
        const auto flags = hex_number(words[8]);
        if (!destination || !length || *length > 128 || !gateway || !flags) continue;
        add_route({words[9], Prefix(*destination, static_cast<int>(*length)), *gateway, *flags},
                  found);
    }
}

void add_resolvers(std::string_view octets, std::vector<ProtectedPrefix>& found) {
    for (const auto line : split_lines(octets)) {
        const auto words = words_of(line);
        if (words.size() < 2 || words[0] != "nameserver") continue;
        if (const auto address = Address::parse(words[1].substr(0, words[1].find('%'))))
            found.push_back({Prefix(*address, host_length), "a resolver"});
    }
}

// ut_addr_v6 has an IPv4 address in its first word alone.
std::optional<Address> address_of(const utmpx& entry) {
    const auto& words = entry.ut_addr_v6;
    if (words[1] != 0 || words[2] != 0 || words[3] != 0)
        return Address::of_octets({reinterpret_cast<const char*>(words), sizeof words});
    if (words[0] == 0) return std::nullopt;
    return ipv4_of(static_cast<std::uint32_t>(words[0]));
}

void add_logins(const std::string& file, std::vector<ProtectedPrefix>& found) {
    if (access(file.c_str(), R_OK) != 0) return;
    utmpxname(file.c_str());
    setutxent();
    while (const utmpx* entry = getutxent()) {
        if (entry->ut_type != USER_PROCESS) continue;
        const std::string user(entry->ut_user, strnlen(entry->ut_user, sizeof entry->ut_user));
        if (const auto address = address_of(*entry))
            found.push_back({Prefix(*address, host_length),
                             fmt::format("from where {} is logged in", printable(user))});
    }
    endutxent();
}

}  // namespace

Surroundings surroundings_of_host(const SurroundingsSources& sources) {
    Surroundings around;
    auto& found = around.prefixes;
    if (!sources.allow_list.empty()) found = read_allow_list(sources.allow_list);
    add_interfaces(found);
    for (const auto& host : sources.mail_hosts)
        found.push_back({Prefix(host, host_length), "a mail host of ours"});
    add_resolvers(read_file_if_there(sources.resolvers).value_or(""), found);
    add_logins(sources.logins, found);
    add_ipv4_routes(read_file_if_there(sources.ipv4_routes).value_or(""), found);
    add_ipv6_routes(read_file_if_there(sources.ipv6_routes).value_or(""), found);
    return around;
}

}  // namespace ndr
