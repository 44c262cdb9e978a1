#include "bootstrap.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "http.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/named.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/network/registry.hpp"

namespace ndr {

namespace {

using Json = nlohmann::json;

constexpr std::array built_in = std::to_array<Named<Rir>>({
    {Rir::afrinic, "https://rdap.afrinic.net/rdap/"},
    {Rir::apnic, "https://rdap.apnic.net/"},
    {Rir::arin, "https://rdap.arin.net/registry/"},
    {Rir::lacnic, "https://rdap.lacnic.net/rdap/"},
    {Rir::ripe_ncc, "https://rdap.db.ripe.net/"},
});

// The list is a help; the answer itself needs time, too.
constexpr long most_of_the_time = 4000;

// The longest of a service's prefixes that holds the address; -1 without one.
int longest_prefix(const Json& prefixes, const Address& address) {
    int longest = -1;
    for (const auto& text : prefixes) {
        if (!text.is_string()) continue;
        const auto prefix = Prefix::parse(text.get_ref<const std::string&>());
        if (prefix && prefix->contains(address)) longest = std::max(longest, prefix->length());
    }
    return longest;
}

std::string preferred_url(const Json& urls) {
    std::string found;
    for (const auto& url : urls) {
        if (!url.is_string()) continue;
        const auto& text = url.get_ref<const std::string&>();
        if (text.starts_with("https://")) return text;
        if (found.empty() && text.starts_with("http://")) found = text;
    }
    return found;
}

bool is_url(const std::string& text) {
    return text.starts_with("http://") || text.starts_with("https://");
}

// What a site's own server, or IANA, publishes; "" if it cannot be had.
std::string published(const std::string& url, const Store& store, const Deadline& deadline,
                      Guard& guard) {
    const std::string question = "bootstrap-" + url;
    const Instant now = system_now();
    if (const auto kept = store.fresh(question, now)) return kept->front().octets;
    const Deadline part(std::chrono::milliseconds(std::min(deadline.left(), most_of_the_time)));
    try {
        const HttpAnswer answer = http_get(url, "application/json", part, guard);
        if (answer.status == 200) {
            store.keep(question, {{answer.url, now, answer.octets}});
            return answer.octets;
        }
        fmt::print(stderr, "ndr-triage-fetch: {}: status {}; going on without it\n", url,
                   answer.status);
    } catch (const Failure& failure) {
        fmt::print(stderr, "ndr-triage-fetch: {}; going on without it\n", failure.what());
    }
    const auto kept = store.any(question);
    return kept ? kept->front().octets : "";
}

}  // namespace

std::string base_in(std::string_view bootstrap, const Address& address) {
    const Json json = Json::parse(bootstrap, nullptr, false);
    if (!json.is_object() || !json.contains("services") || !json["services"].is_array()) return {};
    int longest = -1;
    std::string base;
    for (const auto& service : json["services"]) {
        if (!service.is_array() || service.size() < 2 || !service[0].is_array() ||
            !service[1].is_array())
            continue;
        const int length = longest_prefix(service[0], address);
        const std::string url = preferred_url(service[1]);
        if (length <= longest || url.empty()) continue;
        longest = length;
        base = url;
    }
    if (!base.empty() && !base.ends_with('/')) base += '/';
    return base;
}

std::string rdap_base(const Address& address, const std::string& bootstrap, const Store& store,
                      const Deadline& deadline, Guard& guard) {
    std::string file = bootstrap;
    if (is_url(file) && file.ends_with('/')) file += address.is_ipv4() ? "ipv4.json" : "ipv6.json";
    const std::string octets =
        is_url(file) ? published(file, store, deadline, guard) : read_file(file);
    std::string base = base_in(octets, address);
    const auto entry = iana_entry(address);
    if (base.empty() && bootstrap == iana_bootstrap && entry && entry->registry)
        base = name_in(built_in, *entry->registry);
    if (base.empty())
        throw Failure(ExitStatus::no_input,
                      fmt::format("{}: no RDAP server is known for it", address.text()));
    return base;
}

}  // namespace ndr
