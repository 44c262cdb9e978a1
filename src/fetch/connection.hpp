// fetch/connection.hpp -- libcurl with the bounds that hold for everything this program asks: time,
// size, redirects, and where it may connect to.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

// Octets of one answer that are taken; more is an error.
inline constexpr std::size_t most_octets = 1024 * 1024;

// Ends everything when it is over.
class Deadline {
public:
    using Clock = std::chrono::steady_clock;
    explicit Deadline(std::chrono::milliseconds limit) : end_(Clock::now() + limit) {}
    // Milliseconds that are left, 0 when it is over.
    long left() const {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(end_ - Clock::now());
        return left.count() > 0 ? static_cast<long>(left.count()) : 0;
    }

private:
    Clock::time_point end_;
};

// Where we connect to. A redirect or referral comes from a stranger, and must not lead us to
// loopback, private or other special-use space. The first server is the site's own choice: if it
// stands in such space (a laboratory), the others may, too.
class Guard {
public:
    bool admits(const sockaddr& address, socklen_t size);
    bool has_refused() const { return has_refused_; }

private:
    std::optional<bool> first_is_special_;
    bool has_refused_ = false;
};

struct CurlDeleter {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
using Curl = std::unique_ptr<CURL, CurlDeleter>;

// A handle with time limit, guard and neither signals nor proxies. Throws Failure (temp_fail) if
// the time is over.
Curl make_curl(const Deadline& deadline, Guard& guard);

// What went wrong, for people: Failure of status temp_fail naming `what`.
[[noreturn]] void throw_curl_failure(const std::string& what, CURLcode code, const Guard& guard);

}  // namespace ndr
