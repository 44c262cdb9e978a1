#include "connection.hpp"

#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "ndr_triage/network/registry.hpp"

namespace ndr {

namespace {

std::optional<Address> address_of(const sockaddr& address, socklen_t size) {
    if (address.sa_family == AF_INET && size >= sizeof(sockaddr_in)) {
        const auto& in = reinterpret_cast<const sockaddr_in&>(address);
        Address::Octets octets{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
        const auto* bytes = reinterpret_cast<const std::uint8_t*>(&in.sin_addr);
        std::copy(bytes, bytes + 4, octets.begin() + 12);
        return Address(octets);
    }
    if (address.sa_family == AF_INET6 && size >= sizeof(sockaddr_in6)) {
        const auto& in = reinterpret_cast<const sockaddr_in6&>(address);
        Address::Octets octets{};
        std::copy(std::begin(in.sin6_addr.s6_addr), std::end(in.sin6_addr.s6_addr), octets.begin());
        return Address(octets);
    }
    return std::nullopt;
}

// libcurl's way to a socket. No exception may pass through it: nothing here throws.
curl_socket_t open_socket(void* guard, curlsocktype, curl_sockaddr* address) {
    if (!static_cast<Guard*>(guard)->admits(address->addr, address->addrlen))
        return CURL_SOCKET_BAD;
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

}  // namespace

bool Guard::admits(const sockaddr& address, socklen_t size) {
    const auto there = address_of(address, size);
    const bool is_special = !there || !special_uses({*there, *there}).empty();
    if (!first_is_special_) first_is_special_ = is_special;
    const bool admitted = !is_special || *first_is_special_;
    has_refused_ = has_refused_ || !admitted;
    return admitted;
}

Curl make_curl(const Deadline& deadline, Guard& guard) {
    const long left = deadline.left();
    if (left == 0) throw Failure(ExitStatus::temp_fail, "the time is over");
    Curl curl(curl_easy_init());
    if (!curl) throw Failure(ExitStatus::os_error, "libcurl cannot be set up");
    curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, left);
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS, left);
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETDATA, &guard);
    return curl;
}

void throw_curl_failure(const std::string& what, CURLcode code, const Guard& guard) {
    std::string why = curl_easy_strerror(code);
    if (code == CURLE_OPERATION_TIMEDOUT) why = "it did not answer in time";
    if (code == CURLE_TOO_MANY_REDIRECTS) why = "more than 5 redirects";
    if (code == CURLE_UNSUPPORTED_PROTOCOL) why = "neither http nor https";
    if (guard.has_refused()) why = "it leads to a special-use address";
    throw Failure(ExitStatus::temp_fail, fmt::format("{}: {}", what, why));
}

}  // namespace ndr
