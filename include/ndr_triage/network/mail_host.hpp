// network/mail_host.hpp -- whether anybody takes mail for a domain, as asking from here tells it:
// what ndr-triage-fetch prints, and we read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ndr {

enum class MailHostState {
    answers,      // a host said something, whatever it was: somebody is there
    unreachable,  // the domain has no mail host, or nobody answers at any of them
    unsure,       // DNS failed, or we have no way there: nothing is known
    offline,      // the control host was out of reach, so the fault may be ours
};

struct MailHostAnswer {
    MailHostState state = MailHostState::unsure;
    std::string detail;  // one line: which hosts were asked, and what became of it

    bool operator==(const MailHostAnswer&) const = default;
};

std::string_view text(MailHostState state);
std::optional<MailHostState> mail_host_state_of(std::string_view text);

// A line: state, blank, detail.
std::string text(const MailHostAnswer& answer);
// nullopt for anything else.
std::optional<MailHostAnswer> mail_host_answer_of(std::string_view line);

}  // namespace ndr
