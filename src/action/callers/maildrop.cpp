#include "command_line.hpp"
#include "findings.hpp"
#include "ndr_triage/action/callers.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

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

void check_copy(const std::vector<std::string>& statements, std::size_t at, Findings& findings) {
    if (!is_statement(statements, at + 1, "EXITCODE=0"))
        findings.broken("after cc maildrop ends as the program did: the MTA delivers again",
                        "add EXITCODE=0 behind it");
}

void check_delivery(const std::vector<std::string>& statements, std::size_t at,
                    Findings& findings) {
    if (at == 0 || !statements[at - 1].starts_with("exception"))
        findings.broken("a program that is missing or killed bounces the message",
                        "write exception { ... }, as examples/maildrop has it");
    else if (!is_statement(statements, at + 2, "EXITCODE=75") ||
             !is_statement(statements, at + 3, "exit"))
        findings.broken("what is not taken in is delivered, or again each time",
                        "add EXITCODE=75 and exit behind it, as examples/maildrop has it");
}

}  // namespace

std::vector<Checked> check_maildrop(const CallerSite& site) {
    const std::string path = site.home + "/.mailfilter";
    const auto statements = statements_of(text_of(path));
    std::vector<Checked> all;
    for (std::size_t i = 0; i < statements.size(); ++i) {
        const auto word = words_in(statements[i]).front();
        if ((word != "to" && word != "cc") || !names_us(statements[i])) continue;
        Findings findings("maildrop: " + path);
        if (word == "cc")
            check_copy(statements, i, findings);
        else
            check_delivery(statements, i, findings);
        std::move(findings).add_to(all);
    }
    return all;
}

}  // namespace ndr
