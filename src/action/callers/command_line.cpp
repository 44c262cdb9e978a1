#include "command_line.hpp"

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
        return word == "deliver" || word == "filter";
    });
}

}  // namespace ndr
