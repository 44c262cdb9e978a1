#include <fmt/core.h>

#include <algorithm>

#include "command_line.hpp"
#include "findings.hpp"
#include "ndr_triage/action/callers.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// Lines of Postfix's files: one that begins with a blank goes on with the one before (postconf(5)).
std::vector<std::string> logical_lines(const std::string& text) {
    std::vector<std::string> lines;
    for (const auto line : split_lines(text)) {
        const auto bare = trimmed(line);
        if (bare.empty() || bare.front() == '#') continue;
        if ((line.front() == ' ' || line.front() == '\t') && !lines.empty()) {
            lines.back() += " " + std::string(bare);
        } else {
            lines.emplace_back(bare);
        }
    }
    return lines;
}

// The last value of a parameter; "" if it is not set.
std::string parameter(const std::vector<std::string>& main_cf, const std::string& name) {
    std::string value;
    for (const auto& line : main_cf) {
        const auto equals = line.find('=');
        if (equals != std::string::npos && trimmed(line.substr(0, equals)) == name)
            value = trimmed(line.substr(equals + 1));
    }
    return value;
}

bool has_word(const std::vector<std::string>& words, std::string_view start) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::string_view(word).starts_with(start);
    });
}

std::string user_of(const std::vector<std::string>& words) {
    for (const auto& word : words) {
        if (word.starts_with("user=")) return word.substr(5, word.find(':') - 5);
    }
    return {};
}

void check_service(const std::vector<std::string>& words, const std::vector<std::string>& main_cf,
                   const std::string& owner, std::vector<Checked>& all) {
    const std::string& name = words.front();
    Findings findings("Postfix: service " + name);
    if (const std::string user = user_of(words); user != owner)
        findings.broken(fmt::format("runs as {}, but the ledger is {}'s", user, owner),
                        fmt::format("user={} in master.cf", owner));
    const std::string limit = name + "_destination_recipient_limit";
    if (parameter(main_cf, limit) != "1")
        findings.broken("one delivery may have several recipients, hence several tokens",
                        fmt::format("{} = 1 in main.cf", limit));
    if (!parameter(main_cf, name + "_time_limit").empty())
        findings.broken("has a time limit; what exceeds it is bounced, and a bounce so lost",
                        fmt::format("take {}_time_limit out of main.cf", name));
    if (has_word(words, "size="))
        findings.broken("bounces what is larger than its size=, and a bounce is lost so",
                        "take size= out of master.cf");
    if (!has_word(words, "null_sender="))
        findings.warn("gives MAILER-DAEMON for the null sender of a bounce",
                      "null_sender= in master.cf");
    if (!has_word(words, "--client"))
        findings.warn("does not tell which host brought a message",
                      "--client=${client_address} in master.cf");
    std::move(findings).add_to(all);
}

}  // namespace

std::vector<Checked> check_postfix(const CallerSite& site) {
    const std::string directory = site.etc + "/postfix/";
    const auto main_cf = logical_lines(text_of(directory + "main.cf"));
    std::vector<Checked> all;
    for (const auto& line : logical_lines(text_of(directory + "master.cf"))) {
        const auto words = words_in(line);
        const auto command = line.find("argv=");
        if (words.size() > 8 && words[7] == "pipe" && command != std::string::npos &&
            names_us(line.substr(command + 5)))
            check_service(words, main_cf, site.owner, all);
    }
    return all;
}

}  // namespace ndr
