#include "ndr_triage/network/fetched.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// Takes "NAME: VALUE" off the front.
std::optional<std::string> take_field(std::string_view& text, std::string_view name) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    if (end == std::string_view::npos || !line.starts_with(name)) return std::nullopt;
    text.remove_prefix(end + 1);
    return std::string(line.substr(name.size()));
}

std::optional<Fetched> take_answer(std::string_view& text) {
    const auto source = take_field(text, "source: ");
    const auto at = take_field(text, "fetched: ");
    const auto octets = take_field(text, "octets: ");
    if (!source || !at || !octets || !text.starts_with('\n')) return std::nullopt;
    const auto when = parse_instant(*at);
    const auto size = parse_number(*octets);
    if (!when || !size) return std::nullopt;
    const auto count = static_cast<std::size_t>(*size);
    if (text.size() < 2 || count > text.size() - 2 || text[count + 1] != '\n') return std::nullopt;
    Fetched fetched{*source, *when, std::string(text.substr(1, count))};
    text.remove_prefix(count + 2);
    return fetched;
}

bool is_host(std::string_view host) {
    constexpr std::string_view ldh =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";
    return !host.empty() && host.size() <= 253 && host.front() != '-' && host.front() != '.' &&
           host.find_first_not_of(ldh) == std::string_view::npos;
}

}  // namespace

std::string fetched_text(const std::vector<Fetched>& answers) {
    std::string text;
    for (const auto& answer : answers)
        text += fmt::format("source: {}\nfetched: {}\noctets: {}\n\n{}\n",
                            printable(answer.source, 1000), iso_text(answer.at),
                            answer.octets.size(), answer.octets);
    return text;
}

std::optional<std::vector<Fetched>> read_fetched(std::string_view text) {
    std::vector<Fetched> answers;
    while (!text.empty()) {
        auto answer = take_answer(text);
        if (!answer) return std::nullopt;
        answers.push_back(std::move(*answer));
    }
    return answers;
}

std::string referral_in(std::string_view answer) {
    constexpr std::string_view scheme = "whois://";
    for (const auto line : split_lines(answer)) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        auto value = trimmed(line.substr(colon + 1));
        if (ascii_iequals(line.substr(0, colon), "ReferralServer")) {
            if (!ascii_istarts_with(value, scheme)) continue;
            value.remove_prefix(scheme.size());
        } else if (!ascii_iequals(line.substr(0, colon), "refer")) {
            continue;
        }
        while (value.ends_with('/'))
            value.remove_suffix(1);
        if (server_of(value, 43)) return std::string(value);
    }
    return {};
}

std::optional<Server> server_of(std::string_view text, int usual_port) {
    Server server{"", usual_port};
    std::string_view port;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return std::nullopt;
        server.host = text.substr(0, close + 1);
        if (server.host.find_first_not_of("[]:.0123456789abcdefABCDEF") != std::string::npos)
            return std::nullopt;
        port = text.substr(close + 1);
    } else {
        const auto colon = text.find(':');
        server.host = text.substr(0, colon);
        if (!is_host(server.host)) return std::nullopt;
        if (colon != std::string_view::npos) port = text.substr(colon);
    }
    if (port.empty()) return server;
    const auto number = port.front() == ':' ? parse_number(port.substr(1)) : std::nullopt;
    if (!number || *number < 1 || *number > 65535) return std::nullopt;
    server.port = static_cast<int>(*number);
    return server;
}

}  // namespace ndr
