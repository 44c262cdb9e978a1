#include <fmt/core.h>

#include <algorithm>

#include "command_line.hpp"
#include "findings.hpp"
#include "ndr_triage/base/text.hpp"
#include "postfix.hpp"

namespace ndr {

namespace {

// The words of an argv= as pipe(8) parts them: { } makes one word of what stands within, and
// nothing else does.
std::vector<std::string> arguments_of(std::string_view command) {
    std::vector<std::string> arguments;
    std::string word;
    int depth = 0;
    for (const char sign : std::string(command) + " ") {
        const bool is_blank = sign == ' ' || sign == '\t';
        if (is_blank && depth == 0) {
            if (!word.empty()) arguments.push_back(std::move(word));
            word.clear();
            continue;
        }
        if (sign == '{') ++depth;
        if (sign == '}') --depth;
        word += sign;
    }
    for (auto& argument : arguments) {
        if (argument.front() == '{' && argument.back() == '}')
            argument = trimmed(argument.substr(1, argument.size() - 2));
    }
    return arguments;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

// A service of pipe(8): what stands before argv=, and that.
struct Service {
    std::string name;
    std::vector<std::string> attributes;
    std::string command;

    // "user=" gives what follows it; "" if it is not there.
    std::string attribute(std::string_view start) const {
        for (const auto& word : attributes) {
            if (word.starts_with(start)) return word.substr(start.size());
        }
        return {};
    }
    bool has_attribute(std::string_view start) const {
        return std::any_of(attributes.begin(), attributes.end(),
                           [&](const std::string& word) { return word.starts_with(start); });
    }
    bool has_flag(std::string_view flags) const {
        return attribute("flags=").find_first_of(flags) != std::string::npos;
    }
};

void check_user(const Service& service, const std::string& owner, Findings& findings) {
    const std::string remedy = fmt::format("user={} in master.cf", owner);
    const std::string user = service.attribute("user=");
    if (user.empty())
        findings.broken("has no user=, so Postfix does not run it", remedy);
    else if (!changes_user(service.command))
        findings.run_by(user.substr(0, user.find(':')), owner, remedy);
}

void check_limits(const Service& service, const MainCf& main_cf, Findings& findings) {
    const std::string limit = service.name + "_destination_recipient_limit";
    if (main_cf.value(limit, main_cf.value("default_destination_recipient_limit")) != "1")
        findings.broken("one delivery may have several recipients, hence several tokens",
                        fmt::format("{} = 1 in main.cf", limit));
    if (!main_cf.value(service.name + "_time_limit").empty())
        findings.broken("has a time limit; what exceeds it is bounced, and a bounce so lost",
                        fmt::format("take {}_time_limit out of main.cf", service.name));
    if (service.has_attribute("size="))
        findings.broken("bounces what is larger than its size=, and a bounce is lost so",
                        "take size= out of master.cf");
}

// Not where a shell has the last word on words.
void check_words(const Service& service, Findings& findings) {
    const auto arguments = arguments_of(service.command);
    if (arguments.empty() || arguments.front().ends_with("sh")) return;
    for (const auto& argument : arguments) {
        if (argument.starts_with("--") && has(argument, " "))
            findings.broken(fmt::format("{{ {} }} is one word, and no option", argument),
                            "write each option as --name=value, without braces");
        if (argument.find_first_of("\"'") != std::string::npos)
            findings.broken(fmt::format("the quotes of {} belong to the value", argument),
                            "take them out: each word of master.cf stays one, whatever is in it");
    }
}

void check_envelope(const Service& service, Findings& findings) {
    if (!has(service.command, "--recipient") && !service.has_flag("DO"))
        findings.warn("does not tell the recipient: tokens are found only where To has them",
                      "--recipient=${original_recipient} in master.cf");
    if (!has(service.command, "--sender") && !service.has_flag("R"))
        findings.warn("does not tell the sender: each message seems to have a null one, as bounces",
                      "--sender=${sender} in master.cf");
    if (has(service.command, "--sender") && !service.has_attribute("null_sender="))
        findings.warn("gives MAILER-DAEMON for the null sender of a bounce",
                      "null_sender= in master.cf");
    if (!has(service.command, "--client"))
        findings.warn("does not tell which host brought a message",
                      "--client=${client_address} in master.cf");
}

}  // namespace

void check_services(const CallerSite& site, const MainCf& main_cf, std::vector<Checked>& all) {
    for (const auto& line : logical_lines(text_of(site.etc + "/postfix/master.cf"))) {
        const auto command = line.find("argv=");
        if (command == std::string::npos) continue;
        auto words = words_in(line.substr(0, command));
        if (words.size() < 8 || words[7] != "pipe") continue;
        const Service service{
            words.front(), {words.begin() + 8, words.end()}, line.substr(command + 5)};
        if (!names_us(service.command)) continue;
        Findings findings("Postfix: service " + service.name);
        check_user(service, site.owner, findings);
        check_limits(service, main_cf, findings);
        check_words(service, findings);
        check_envelope(service, findings);
        std::move(findings).add_to(all);
    }
}

}  // namespace ndr
