#include <algorithm>
#include <optional>

#include "command_line.hpp"
#include "findings.hpp"
#include "ndr_triage/action/callers.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// A maildropfilter without comments; a brace stands in a line of its own or ends one.
class Statements {
public:
    explicit Statements(const std::string& text) {
        for (const auto line : split_lines(text)) {
            const auto bare = trimmed(line);
            if (!bare.empty() && bare.front() != '#') statements_.emplace_back(bare);
        }
    }
    std::size_t size() const { return statements_.size(); }
    const std::string& operator[](std::size_t at) const { return statements_[at]; }

    // Where the outermost `exception` about a statement ends; nullopt if there is none about it.
    std::optional<std::size_t> end_of_exception(std::size_t at) const {
        std::vector<bool> blocks;  // open ones: whether each is an exception
        for (std::size_t i = 0; i < statements_.size(); ++i) {
            const std::string& statement = statements_[i];
            if (statement.ends_with('{')) blocks.push_back(statement.starts_with("exception"));
            if (statement.starts_with('}') && !blocks.empty()) blocks.pop_back();
            const bool is_caught = std::find(blocks.begin(), blocks.end(), true) != blocks.end();
            if (i >= at && !is_caught) return i == at ? std::nullopt : std::optional(i);
        }
        return std::nullopt;
    }
    // Blanks and quotes are left out of what is compared.
    bool is(std::size_t at, std::string_view statement) const {
        return at < statements_.size() && bare(statements_[at]) == statement;
    }
    bool has_after(std::size_t at, std::string_view part) const {
        return std::any_of(statements_.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                           statements_.end(), [&](const std::string& statement) {
                               return bare(statement).find(part) != std::string::npos;
                           });
    }

private:
    static std::string bare(std::string statement) {
        std::erase_if(statement, [](char sign) {
            return sign == ' ' || sign == '\t' || sign == '"' || sign == '\'' || sign == ';';
        });
        return statement;
    }

    std::vector<std::string> statements_;
};

void check_copy(const Statements& statements, std::size_t at, Findings& findings) {
    if (!statements.has_after(at, "EXITCODE=0"))
        findings.broken("after cc maildrop ends as the program did: the MTA delivers again",
                        "add EXITCODE=0 behind it");
}

// What fails is deferred by maildrop itself, unless the failure is caught.
void check_filter(const Statements& statements, std::size_t at, Findings& findings) {
    if (statements.end_of_exception(at) && !statements.has_after(at, "RETURNCODE"))
        findings.warn("what is not taken in goes on without a mark, and nobody takes it up",
                      "look at RETURNCODE behind it, as examples/maildrop/filter does");
}

void check_delivery(const Statements& statements, std::size_t at, Findings& findings) {
    const auto end = statements.end_of_exception(at);
    if (!end)
        findings.broken("a program that is missing or killed bounces the message",
                        "write exception { ... }, as examples/maildrop has it");
    else if (!statements.is(*end + 1, "EXITCODE=75") || !statements.is(*end + 2, "exit"))
        findings.broken("what is not taken in is delivered, or again each time",
                        "add EXITCODE=75 and exit behind it, as examples/maildrop has it");
}

void check_file(const CallerSite& site, const std::string& path, bool is_own,
                std::vector<Checked>& all) {
    const Statements statements(text_of(path));
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const auto word = words_in(statements[i]).front();
        if (!names_us(statements[i])) continue;
        Findings findings("maildrop: " + path);
        if (word == "cc")
            check_copy(statements, i, findings);
        else if (word == "xfilter")
            check_filter(statements, i, findings);
        else if (word == "to")
            check_delivery(statements, i, findings);
        else
            continue;
        check_empty_words(statements[i], "$", findings);
        // maildrop(1), but that Debian's takes what others may only read.
        if (is_own)
            check_own_file(path, site.owner, {false, true, true, "maildrop defers all mail"},
                           findings);
        std::move(findings).add_to(all);
    }
}

}  // namespace

std::vector<Checked> check_maildrop(const CallerSite& site) {
    std::vector<Checked> all;
    check_file(site, site.etc + "/maildroprc", false, all);
    check_file(site, site.home + "/.mailfilter", true, all);
    return all;
}

}  // namespace ndr
