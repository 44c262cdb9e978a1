#include "http.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr long most_redirects = 5;

struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// libcurl's way to give us what came; a count other than its own ends the transfer.
std::size_t take(char* octets, std::size_t, std::size_t count, void* answer) {
    auto& taken = *static_cast<std::string*>(answer);
    if (taken.size() + count > most_octets) return 0;
    try {
        taken.append(octets, count);
    } catch (...) {  // no exception may cross a C callback
        return 0;
    }
    return count;
}

}  // namespace

HttpAnswer http_get(const std::string& url, const char* accept, const Deadline& deadline,
                    Guard& guard) {
    HttpAnswer answer;
    const Curl curl = make_curl(deadline, guard);
    const std::string field = fmt::format("Accept: {}", accept);
    const std::unique_ptr<curl_slist, ListDeleter> fields(
        curl_slist_append(nullptr, field.c_str()));
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, fields.get());
    curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "ndr-triage-fetch");
    curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_MAXREDIRS, most_redirects);
    curl_easy_setopt(curl.get(), CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &answer.octets);
    const CURLcode code = curl_easy_perform(curl.get());
    if (code == CURLE_WRITE_ERROR)
        throw Failure(ExitStatus::data_error, fmt::format("{}: the answer is longer than {} octets",
                                                          printable(url), most_octets));
    if (code != CURLE_OK) throw_curl_failure(printable(url), code, guard);
    const char* last = nullptr;
    curl_off_t wait = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &answer.status);
    curl_easy_getinfo(curl.get(), CURLINFO_EFFECTIVE_URL, &last);
    curl_easy_getinfo(curl.get(), CURLINFO_RETRY_AFTER, &wait);
    answer.url = last != nullptr ? last : url;
    answer.retry_after = Seconds(wait);
    return answer;
}

}  // namespace ndr
