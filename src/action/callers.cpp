#include "ndr_triage/action/callers.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

std::string text_of(const std::string& path) {
    try {
        return read_file_if_there(path).value_or("");
    } catch (const IoError&) {
        return {};
    }
}

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

// Whether this command, or line of a shell, gives us mail.
bool names_us(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i].ends_with("ndr-triage") &&
            (words[i + 1] == "deliver" || words[i + 1] == "filter"))
            return true;
    }
    return false;
}

bool has_word(const std::vector<std::string>& words, std::string_view start) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::string_view(word).starts_with(start);
    });
}

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

std::string user_of(const std::vector<std::string>& words) {
    for (const auto& word : words) {
        if (word.starts_with("user=")) return word.substr(5, word.find(':') - 5);
    }
    return {};
}

void check_service(const std::vector<std::string>& words, const std::vector<std::string>& main_cf,
                   const std::string& owner, std::vector<Checked>& found) {
    const std::string& name = words.front();
    const auto before = found.size();
    const auto tell = [&](Health health, const std::string& what, const std::string& remedy) {
        found.push_back({health, fmt::format("Postfix: service {}: {}", name, what), remedy});
    };
    if (const std::string user = user_of(words); user != owner)
        tell(Health::broken, fmt::format("runs as {}, but the ledger is {}'s", user, owner),
             fmt::format("user={} in master.cf", owner));
    const std::string limit = name + "_destination_recipient_limit";
    if (parameter(main_cf, limit) != "1")
        tell(Health::broken, "one delivery may have several recipients, hence several tokens",
             fmt::format("{} = 1 in main.cf", limit));
    if (!parameter(main_cf, name + "_time_limit").empty())
        tell(Health::broken, "has a time limit; what exceeds it is bounced, and a bounce so lost",
             fmt::format("take {}_time_limit out of main.cf", name));
    if (has_word(words, "size="))
        tell(Health::broken, "bounces what is larger than its size=, and a bounce is lost so",
             "take size= out of master.cf");
    if (!has_word(words, "null_sender="))
        tell(Health::warning, "gives MAILER-DAEMON for the null sender of a bounce",
             "null_sender= in master.cf");
    if (!has_word(words, "--client"))
        tell(Health::warning, "does not tell which host brought a message",
             "--client=${client_address} in master.cf");
    if (found.size() == before) tell(Health::works, "as it should be", "");
}

// A recipe: its flags, and the line of its action.
struct Recipe {
    std::string flags;
    std::string action;
    std::size_t line = 0;  // of its head, counted from 1
};

std::vector<Recipe> recipes_of(const std::string& text) {
    std::vector<Recipe> recipes;
    bool wants_action = false;
    std::size_t number = 0;
    for (const auto line : split_lines(text)) {
        ++number;
        const auto bare = trimmed(line);
        if (bare.empty() || bare.front() == '#') continue;
        if (bare.starts_with(":0")) {
            const auto flags = bare.substr(2, bare.find(':', 2) - 2);
            recipes.push_back({std::string(flags), "", number});
            wants_action = true;
        } else if (wants_action && bare.front() != '*') {
            recipes.back().action = bare;
            wants_action = false;
        }
    }
    return recipes;
}

bool has_flag(const Recipe& recipe, std::string_view flags) {
    return recipe.flags.find_first_of(flags) != std::string::npos;
}

bool is_ours(const Recipe& recipe) {
    return recipe.action.starts_with('|') && names_us(words_in(recipe.action.substr(1)));
}

Checked check_recipe(const Recipe& recipe, const Recipe* next, const std::string& path) {
    const std::string place = fmt::format("procmail: {} line {}: ", path, recipe.line);
    if (!has_flag(recipe, "wW"))
        return {Health::broken, place + "without the flag w: what is not taken in is lost",
                "write :0" + recipe.flags + "w"};
    const bool has_copy = has_flag(recipe, "c") && !has_flag(recipe, "f");
    if (!has_copy && (next == nullptr || !has_flag(*next, "e")))
        return {Health::warning,
                place + "nothing follows a failure: the MTA is not told to try again",
                "add the recipe :0e { EXITCODE=75 HOST }, as examples/procmail has it"};
    return {Health::works, place + "as it should be", ""};
}

// Statements of a maildropfilter, without comments; a brace stands in a line of its own or ends
// one.
std::vector<std::string> statements_of(const std::string& text) {
    std::vector<std::string> statements;
    for (const auto line : split_lines(text)) {
        const auto bare = trimmed(line);
        if (!bare.empty() && bare.front() != '#') statements.emplace_back(bare);
    }
    return statements;
}

bool is_statement(const std::vector<std::string>& statements, std::size_t at,
                  std::string_view statement) {
    return at < statements.size() && statements[at] == statement;
}

Checked check_statement(const std::vector<std::string>& statements, std::size_t at,
                        const std::string& path) {
    const std::string what = fmt::format("maildrop: {}: ", path);
    const bool is_copy = statements[at].starts_with("cc");
    if (is_copy && !is_statement(statements, at + 1, "EXITCODE=0"))
        return {Health::broken,
                what + "after cc maildrop ends as the program did: the MTA delivers again",
                "add EXITCODE=0 behind it"};
    if (is_copy) return {Health::works, what + "as it should be", ""};
    if (at == 0 || !statements[at - 1].starts_with("exception"))
        return {Health::broken, what + "a program that is missing or killed bounces the message",
                "write exception { ... }, as examples/maildrop has it"};
    if (!is_statement(statements, at + 2, "EXITCODE=75") ||
        !is_statement(statements, at + 3, "exit"))
        return {Health::broken, what + "what is not taken in is delivered, or again each time",
                "add EXITCODE=75 and exit behind it, as examples/maildrop has it"};
    return {Health::works, what + "as it should be", ""};
}

}  // namespace

std::vector<Checked> check_postfix(const std::string& directory, const std::string& owner) {
    const auto main_cf = logical_lines(text_of(directory + "/main.cf"));
    std::vector<Checked> found;
    for (const auto& line : logical_lines(text_of(directory + "/master.cf"))) {
        auto words = words_in(line);
        for (auto& word : words) {
            if (word.starts_with("argv=")) word.erase(0, 5);
        }
        if (words.size() > 8 && words[7] == "pipe" && names_us(words))
            check_service(words, main_cf, owner, found);
    }
    return found;
}

std::vector<Checked> check_procmail(const std::string& path) {
    const auto recipes = recipes_of(text_of(path));
    std::vector<Checked> found;
    for (std::size_t i = 0; i < recipes.size(); ++i) {
        const Recipe* next = i + 1 < recipes.size() ? &recipes[i + 1] : nullptr;
        if (is_ours(recipes[i])) found.push_back(check_recipe(recipes[i], next, path));
    }
    return found;
}

std::vector<Checked> check_maildrop(const std::string& path) {
    const auto statements = statements_of(text_of(path));
    std::vector<Checked> found;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        std::string bare = statements[i];
        std::replace(bare.begin(), bare.end(), '"', ' ');
        const auto words = words_in(bare);
        if ((words.front() == "to" || words.front() == "cc") && names_us(words))
            found.push_back(check_statement(statements, i, path));
    }
    return found;
}

}  // namespace ndr
