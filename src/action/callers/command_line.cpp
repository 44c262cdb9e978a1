#include "command_line.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace ndr {

namespace {

// Without the quotes, and what else a shell parts words by.
std::string bare(std::string_view command) {
    std::string words(command);
    for (char& sign : words) {
        if (std::string_view("\"'\\|;(){}").find(sign) != std::string_view::npos) sign = ' ';
    }
    return words;
}

bool is_our_program(std::string_view word) {
    return word == "ndr-triage" || word.ends_with("/ndr-triage");
}

}  // namespace

std::vector<std::string> words_in(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    for (const char sign : std::string(line) + " ") {
        if (sign != ' ' && sign != '\t') {
            word += sign;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    return words;
}

bool names_us(std::string_view command) {
    const auto words = words_in(bare(command));
    const auto program = std::find_if(words.begin(), words.end(), is_our_program);
    return std::any_of(program, words.end(), [](const std::string& word) {
        return word == "deliver" || word == "filter" || word == "record";
    });
}

bool changes_user(std::string_view command) {
    const auto words = words_in(bare(command));
    return std::any_of(words.begin(), words.end(), [](std::string_view word) {
        const std::string_view name = word.substr(word.rfind('/') + 1);
        return name == "sudo" || name == "doas" || name == "su" || name == "runuser" ||
               name == "setpriv" || name == "chpst" || name == "setuidgid";
    });
}

bool ends_in_75(std::string_view command) {
    const auto either = command.rfind("||");
    if (either == std::string_view::npos) return false;
    const auto words = words_in(bare(command.substr(either)));
    return words.size() >= 2 && words[0] == "exit" && words[1] == "75";
}

void check_empty_words(std::string_view command, std::string_view variable, Findings& findings) {
    const auto words = words_in(command);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] != "--sender" && words[i] != "--recipient" && words[i] != "--client") continue;
        if (!words[i + 1].starts_with(variable)) continue;
        const std::string value = words[i + 1].substr(0, words[i + 1].find_first_of("\"';"));
        findings.broken(fmt::format("{} {}: where that is empty, the next word is taken for it",
                                    words[i], value),
                        fmt::format("make one word of it: {}=\"{}\"", words[i], value));
    }
}

}  // namespace ndr
