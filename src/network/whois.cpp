#include <fmt/core.h>

#include "../mail/charset.hpp"
#include "ndr_triage/base/text.hpp"
#include "registry_text.hpp"

namespace ndr {

namespace {

// What a server says in place of an object.
std::string refusal_in(std::string_view text) {
    for (auto line : split_lines(text)) {
        const auto start = line.find_first_not_of("%# ");
        if (start == std::string_view::npos) continue;
        line = trimmed(line.substr(start));
        for (const auto* words : {"error:", "no match found", "no entries found", "no data found",
                                  "query rate limit exceeded", "permission denied"}) {
            if (ascii_ifind(line, words) != std::string_view::npos)
                return fmt::format("the server says: {}", printable(line, 120));
        }
    }
    return {};
}

}  // namespace

RegistryAnswer read_whois(std::string_view octets) {
    RegistryAnswer answer;
    if (octets.size() > longest_answer) {
        answer.fault = fmt::format("{} octets are no registry's answer", octets.size());
        return answer;
    }
    const std::string text = to_utf8(octets, "");
    const auto objects = objects_of(text);
    read_rpsl(objects, text, answer);
    read_arin(objects, answer);
    read_krnic(objects, answer);
    read_jpnic(objects, answer);
    if (answer.networks.empty() && answer.fault.empty()) {
        answer.fault = refusal_in(text);
        if (answer.fault.empty() && trimmed(text).starts_with('<'))
            answer.fault = "HTML instead of whois text";
    }
    finish(answer);
    return answer;
}

RegistryAnswer read_registry_text(std::string_view octets) {
    const auto start = trimmed(octets);
    const bool is_json = start.starts_with('{') || start.starts_with('[');
    const bool is_jpnic = start.starts_with("[ ");
    return is_json && !is_jpnic ? read_rdap(octets) : read_whois(octets);
}

}  // namespace ndr
