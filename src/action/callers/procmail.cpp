#include <fmt/core.h>

#include <algorithm>

#include "command_line.hpp"
#include "findings.hpp"
#include "ndr_triage/action/callers.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// A recipe: its flags, and the line of its action, or the words of its block.
struct Recipe {
    std::string flags;
    std::string action;
    std::vector<std::string> block;
    std::size_t line = 0;  // of its head, counted from 1

    bool has_flag(std::string_view any) const {
        return flags.find_first_of(any) != std::string::npos;
    }
    bool is_ours() const { return action.starts_with('|') && names_us(action); }
};

// Reads recipes line by line.
class RecipeReader {
public:
    explicit RecipeReader(const std::string& text) {
        std::size_t number = 0;
        std::string joined;
        for (const auto line : split_lines(text)) {
            ++number;
            joined += trimmed(line);
            if (joined.ends_with('\\')) {
                joined.back() = ' ';
                continue;
            }
            if (!joined.empty() && joined.front() != '#') read(joined, number);
            joined.clear();
        }
    }
    const std::vector<Recipe>& recipes() const { return recipes_; }

private:
    enum class Awaits { nothing, action, end_of_block };

    void read(const std::string& line, std::size_t number) {
        if (line.starts_with(":0")) {
            recipes_.push_back({line.substr(2, line.find(':', 2) - 2), "", {}, number});
            awaits_ = Awaits::action;
        } else if (awaits_ == Awaits::action && line.front() != '*') {
            recipes_.back().action = line;
            awaits_ = line.front() == '{' ? Awaits::end_of_block : Awaits::nothing;
        }
        if (awaits_ != Awaits::end_of_block) return;
        for (const auto& word : words_in(line))
            recipes_.back().block.push_back(word);
        if (line.back() == '}') awaits_ = Awaits::nothing;
    }

    std::vector<Recipe> recipes_;
    Awaits awaits_ = Awaits::nothing;
};

// The value of the last assignment, "" if there is none.
std::string assigned(const std::vector<std::string>& words, std::string_view name) {
    std::string value;
    for (const auto& word : words) {
        if (word.starts_with(name) && word.size() > name.size() && word[name.size()] == '=')
            value = word.substr(name.size() + 1);
    }
    std::erase(value, '"');
    return value;
}

// What a block does with a message that was not taken in.
void check_rescue(const Recipe& rescue, Findings& findings) {
    constexpr const char* remedy = "write :0e { EXITCODE=75 HOST }, as examples/procmail has it";
    const bool stops = std::any_of(
        rescue.block.begin(), rescue.block.end(),
        [](const std::string& word) { return word == "HOST" || word.starts_with("HOST="); });
    const std::string status = assigned(rescue.block, "EXITCODE");
    if (status == "75" && !stops)
        findings.broken("what is not taken in is delivered, and again each time the MTA tries",
                        remedy);
    else if (!status.empty() && status != "75")
        findings.broken(
            fmt::format("after a failure EXITCODE={}: a program that is killed is lost or bounced",
                        status),
            remedy);
    else if (status.empty() && stops)
        findings.broken("after a failure procmail ends in 0, and the message is lost", remedy);
}

void check_recipe(const Recipe& recipe, const Recipe* next, Findings& findings) {
    const bool has_copy = recipe.has_flag("c") && !recipe.has_flag("f");
    const bool has_rescue = next != nullptr && next->has_flag("e");
    if (!recipe.has_flag("wW"))
        findings.broken("without the flag w: what is not taken in is lost",
                        "write :0" + recipe.flags + "w");
    else if (has_rescue)
        check_rescue(*next, findings);
    else if (!has_copy)
        findings.warn("nothing follows a failure: the MTA is not told to try again",
                      "add the recipe :0e { EXITCODE=75 HOST }, as examples/procmail has it");
    check_empty_words(recipe.action, "$", findings);
}

void check_file(const CallerSite& site, const std::string& path, bool is_own,
                std::vector<Checked>& all) {
    const RecipeReader reader(text_of(path));
    const auto& recipes = reader.recipes();
    for (std::size_t i = 0; i < recipes.size(); ++i) {
        if (!recipes[i].is_ours()) continue;
        Findings findings(fmt::format("procmail: {} line {}", path, recipes[i].line));
        check_recipe(recipes[i], i + 1 < recipes.size() ? &recipes[i + 1] : nullptr, findings);
        // procmail(1), "suspicious rcfile".
        if (is_own)
            check_own_file(path, site.owner, {true, false, true, "procmail does not read it"},
                           findings);
        std::move(findings).add_to(all);
    }
}

}  // namespace

std::vector<Checked> check_procmail(const CallerSite& site) {
    std::vector<Checked> all;
    check_file(site, site.etc + "/procmailrc", false, all);
    check_file(site, site.home + "/.procmailrc", true, all);
    return all;
}

}  // namespace ndr
