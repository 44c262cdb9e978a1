#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>

#include "findings.hpp"
#include "ndr_triage/action/callers.hpp"

namespace ndr {

namespace {

// A script as a list of words, signs and strings, without comments (RFC 5228 section 2). A string
// keeps its opening quote, which no word begins with.
using Tokens = std::vector<std::string>;

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Tokens tokens() {
        Tokens tokens;
        while (skip_blanks(), at_ < text_.size())
            tokens.push_back(text_[at_] == '"' ? string() : word());
        return tokens;
    }

private:
    void skip_to(std::string_view end) {
        const auto found = text_.find(end, at_);
        at_ = found == std::string_view::npos ? text_.size() : found + end.size();
    }
    void skip_blanks() {
        while (at_ < text_.size()) {
            if (text_[at_] == '#')
                skip_to("\n");
            else if (text_.substr(at_, 2) == "/*")
                skip_to("*/");
            else if (std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
                ++at_;
            else
                return;
        }
    }
    std::string string() {
        std::string value(1, text_[at_++]);
        while (at_ < text_.size() && text_[at_] != '"') {
            if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
            value += text_[at_++];
        }
        ++at_;
        return value;
    }
    std::string word() {
        const auto end = text_.find_first_of(" \t\r\n\"#{}[]();,", at_);
        const auto size = end == at_ ? 1 : std::min(end, text_.size()) - at_;
        at_ += size;
        return std::string(text_.substr(at_ - size, size));
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

// One command of ours: its words up to the `;` or `{` that ends it, and what a block behind it has.
struct Command {
    std::string name;     // "pipe"
    std::string program;  // "ndr-triage-deliver"
    Tokens words;
    Tokens block;
    bool is_negated = false;  // `if not filter ...`

    bool has(std::string_view word) const {
        return std::find(words.begin(), words.end(), word) != words.end();
    }
    bool block_has(std::string_view word) const {
        return std::find(block.begin(), block.end(), word) != block.end();
    }
};

Tokens block_at(const Tokens& tokens, std::size_t at) {
    Tokens block;
    int depth = 0;
    for (; at < tokens.size(); ++at) {
        if (tokens[at] == "{") ++depth;
        if (tokens[at] == "}" && --depth == 0) break;
        block.push_back(tokens[at]);
    }
    return block;
}

std::vector<Command> commands_of(const Tokens& tokens) {
    std::vector<Command> commands;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i] != "pipe" && tokens[i] != "filter" && tokens[i] != "execute") continue;
        Command command{tokens[i], "", {}, {}, i > 0 && tokens[i - 1] == "not"};
        std::size_t end = i + 1;
        for (; end < tokens.size() && tokens[end] != ";" && tokens[end] != "{"; ++end) {
            command.words.push_back(tokens[end]);
            if (command.program.empty() && tokens[end].starts_with("\"ndr-triage"))
                command.program = tokens[end].substr(1);
        }
        if (command.program.empty()) continue;
        if (end < tokens.size() && tokens[end] == "{") command.block = block_at(tokens, end);
        commands.push_back(std::move(command));
    }
    return commands;
}

// Pigeonhole cannot defer. After a failure it keeps the message, but where a script says otherwise.
void check_failure(const Command& command, bool has_retry_folders, Findings& findings) {
    if (command.name == "pipe" && command.has(":try") && !command.has(":copy"))
        findings.broken("pipe :try without :copy: what is not taken in is nowhere",
                        "pipe :copy :try, as sieve/deliver.sieve has it");
    if (!command.is_negated) return;
    if (command.block_has("discard"))
        findings.broken("what is not taken in is discarded",
                        "fileinto a folder that retry_folders names, as sieve/filter.sieve does");
    else if (command.block_has("fileinto") && !has_retry_folders)
        findings.warn("nobody takes up what could not be taken in: retry_folders is not set",
                      "name the Maildir of that folder in retry_folders");
}

// Programs that lie elsewhere, or behind a socket, are not looked at.
void check_program(const std::string& path, Findings& findings) {
    const std::string remedy = "chmod 755 " + path;
    if (is_writable_by_others(path))
        findings.broken(fmt::format("everybody may write {}, so Pigeonhole does not run it", path),
                        remedy);
    if (is_there(path) && access(path.c_str(), X_OK) != 0)
        findings.broken(fmt::format("{} cannot be run", path), remedy);
}

}  // namespace

std::vector<Checked> check_sieve(const CallerSite& site) {
    const std::string path = site.etc + "/dovecot/ndr-triage.sieve";
    std::vector<Checked> all;
    for (const auto& command : commands_of(Lexer(text_of(path)).tokens())) {
        Findings findings(fmt::format("Sieve: {} in {}", command.name, path));
        check_failure(command, site.has_retry_folders, findings);
        check_program(site.sieve_programs + "/" + command.program, findings);
        std::move(findings).add_to(all);
    }
    return all;
}

}  // namespace ndr
