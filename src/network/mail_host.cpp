#include "ndr_triage/network/mail_host.hpp"

#include <array>

#include "ndr_triage/base/named.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_detail = 8000;

constexpr std::array states = std::to_array<Named<MailHostState>>({
    {MailHostState::answers, "answers"},
    {MailHostState::unreachable, "unreachable"},
    {MailHostState::unsure, "unsure"},
    {MailHostState::offline, "offline"},
});

}  // namespace

std::string_view text(MailHostState state) {
    return name_in(states, state);
}
std::optional<MailHostState> mail_host_state_of(std::string_view text) {
    return value_in(states, text);
}

std::string text(const MailHostAnswer& answer) {
    return std::string(text(answer.state)) + " " + printable(answer.detail, most_detail) + "\n";
}

std::optional<MailHostAnswer> mail_host_answer_of(std::string_view line) {
    if (!line.ends_with('\n')) return std::nullopt;
    line.remove_suffix(1);
    const auto blank = line.find(' ');
    const auto state = mail_host_state_of(line.substr(0, blank));
    if (!state || blank == std::string_view::npos || line.find('\n') != std::string_view::npos)
        return std::nullopt;
    return MailHostAnswer{*state, printable(line.substr(blank + 1), most_detail)};
}

}  // namespace ndr
