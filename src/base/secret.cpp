#include "ndr_triage/base/secret.hpp"

#include <glib.h>
#include <sys/random.h>

#include <array>
#include <cerrno>
#include <memory>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

std::string hmac_sha256(std::string_view key, std::string_view message) {
    const std::unique_ptr<GHmac, decltype(&g_hmac_unref)> hmac(
        g_hmac_new(G_CHECKSUM_SHA256, reinterpret_cast<const guchar*>(key.data()), key.size()),
        &g_hmac_unref);
    g_hmac_update(hmac.get(), reinterpret_cast<const guchar*>(message.data()),
                  static_cast<gssize>(message.size()));
    std::array<guchar, 32> octets{};
    gsize size = octets.size();
    g_hmac_get_digest(hmac.get(), octets.data(), &size);
    return {reinterpret_cast<const char*>(octets.data()), size};
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    volatile unsigned char difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        difference = static_cast<unsigned char>(difference | (a[i] ^ b[i]));
    return difference == 0;
}

std::string random_octets(std::size_t count) {
    std::string octets(count, '\0');
    std::size_t got = 0;
    while (got < count) {
        const ssize_t more = getrandom(octets.data() + got, count - got, 0);
        if (more > 0) {
            got += static_cast<std::size_t>(more);
        } else if (errno != EINTR) {
            throw_io_error("read", "the kernel's random generator", errno);
        }
    }
    return octets;
}

std::string hexadecimal(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char octet : octets) {
        const auto value = static_cast<unsigned char>(octet);
        text.push_back(digits[value >> 4U]);
        text.push_back(digits[value & 15U]);
    }
    return text;
}

std::optional<std::string> octets_of_hexadecimal(std::string_view digits) {
    if (digits.size() % 2 != 0) return std::nullopt;
    std::string octets;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        const int high = g_ascii_xdigit_value(digits[i]);
        const int low = g_ascii_xdigit_value(digits[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        octets.push_back(static_cast<char>(high * 16 + low));
    }
    return octets;
}

}  // namespace ndr
