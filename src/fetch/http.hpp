// fetch/http.hpp -- one GET over HTTP or HTTPS.
#pragma once

#include <string>

#include "connection.hpp"
#include "ndr_triage/base/clock.hpp"

namespace ndr {

struct HttpAnswer {
    long status = 0;
    std::string url;  // after redirects
    std::string octets;
    Seconds retry_after{};  // 0: not said
};

// Follows up to 5 redirects. Throws Failure: temp_fail where nobody answered, data_error where the
// answer is too long.
HttpAnswer http_get(const std::string& url, const char* accept, const Deadline& deadline,
                    Guard& guard);

}  // namespace ndr
