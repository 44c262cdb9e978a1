#include <fmt/core.h>

#include <algorithm>

#include "command_line.hpp"
#include "findings.hpp"
#include "ndr_triage/action/callers.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// Words of smtpd.conf(5): blanks part them but within quotes, which are taken off; braces, commas
// and '=' are words of their own.
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    const auto end_word = [&] {
        if (!word.empty()) words.push_back(std::move(word));
        word.clear();
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char sign = line[i];
        if (sign == '#') break;
        if (sign == '"' || sign == '\'') {
            for (++i; i < line.size() && line[i] != sign; ++i) {
                if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == sign) ++i;
                word += line[i];
            }
            end_word();
        } else if (std::string_view(" \t{},=").find(sign) == std::string_view::npos) {
            word += sign;
        } else {
            end_word();
            if (sign != ' ' && sign != '\t') words.emplace_back(1, sign);
        }
    }
    end_word();
    return words;
}

// What stands behind this word, "" if nothing does.
std::string after(const std::vector<std::string>& words, std::string_view word) {
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() || found + 1 == words.end() ? "" : *(found + 1);
}

// Whoever an action delivers to by `alias { name = user }` or `virtual { address = user }`; none
// for a table that stands elsewhere.
std::vector<std::string> recipients_of(const std::vector<std::string>& words) {
    std::vector<std::string> recipients;
    bool is_within = false;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i] == "{") is_within = words[i - 1] == "alias" || words[i - 1] == "virtual";
        if (words[i] == "}") is_within = false;
        if (is_within && words[i - 1] == "=" && words[i].find('@') == std::string::npos)
            recipients.push_back(words[i]);
    }
    return recipients;
}

void check_user(const std::vector<std::string>& words, const std::string& owner,
                Findings& findings) {
    const std::string remedy = fmt::format("user {} behind the action", owner);
    if (const std::string user = after(words, "user"); !user.empty())
        return findings.run_by(user, owner, remedy);
    for (const auto& recipient : recipients_of(words))
        findings.run_by(recipient, owner, remedy);
}

}  // namespace

std::vector<Checked> check_opensmtpd(const CallerSite& site) {
    std::vector<Checked> all;
    const std::string text = text_of(site.etc + "/smtpd.conf");
    std::string line;
    for (const auto part : split_lines(text)) {
        line += part;
        if (line.ends_with('\\')) {
            line.back() = ' ';
            continue;
        }
        auto words = words_of(line);
        line.clear();
        const std::string command = after(words, "mda");
        if (words.size() < 2 || words[0] != "action" || !names_us(command)) continue;
        Findings findings("OpenSMTPD: action " + words[1]);
        std::erase(words, command);
        if (!changes_user(command)) check_user(words, site.owner, findings);
        if (!ends_in_75(command))
            findings.broken("a program that is missing or killed bounces the message",
                            "end the command in || exit 75, as examples/opensmtpd does");
        check_empty_words(command, "%{", findings);
        std::move(findings).add_to(all);
    }
    return all;
}

}  // namespace ndr
