#include <fmt/core.h>

#include "command_line.hpp"
#include "findings.hpp"
#include "ndr_triage/action/callers.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

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
    return recipe.action.starts_with('|') && names_us(recipe.action.substr(1));
}

void check_recipe(const Recipe& recipe, const Recipe* next, Findings& findings) {
    const bool has_copy = has_flag(recipe, "c") && !has_flag(recipe, "f");
    if (!has_flag(recipe, "wW"))
        findings.broken("without the flag w: what is not taken in is lost",
                        "write :0" + recipe.flags + "w");
    else if (!has_copy && (next == nullptr || !has_flag(*next, "e")))
        findings.warn("nothing follows a failure: the MTA is not told to try again",
                      "add the recipe :0e { EXITCODE=75 HOST }, as examples/procmail has it");
}

void check_file(const std::string& path, std::vector<Checked>& all) {
    const auto recipes = recipes_of(text_of(path));
    for (std::size_t i = 0; i < recipes.size(); ++i) {
        if (!is_ours(recipes[i])) continue;
        Findings findings(fmt::format("procmail: {} line {}", path, recipes[i].line));
        check_recipe(recipes[i], i + 1 < recipes.size() ? &recipes[i + 1] : nullptr, findings);
        std::move(findings).add_to(all);
    }
}

}  // namespace

std::vector<Checked> check_procmail(const CallerSite& site) {
    std::vector<Checked> all;
    check_file(site.etc + "/procmailrc", all);
    check_file(site.home + "/.procmailrc", all);
    return all;
}

}  // namespace ndr
