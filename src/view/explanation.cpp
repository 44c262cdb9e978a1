#include "ndr_triage/view/explanation.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/classification.hpp"

namespace ndr {

namespace {

// A piece of a stranger's text on one line, and which columns of it matched.
struct MarkedLine {
    std::string line;
    std::string marks;  // '^' under matched columns

    void add(std::string_view text, bool is_matched) {
        const std::string shown = printable(text, text.size() * 8 + 8);
        line += shown;
        marks.append(columns(shown), is_matched ? '^' : ' ');
    }
};

// A stretch of a piece of evidence, in octets of its text.
struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;
};

// The stretches to show: the beginning, or where words matched with a little of what is around
// them.
std::vector<Window> windows_of(const Evidence& piece, std::size_t width) {
    constexpr std::size_t most_windows = 4;
    std::vector<Window> windows;
    for (const auto& mark : piece.matched) {
        if (!windows.empty() && mark.end <= windows.back().end) continue;
        if (windows.size() == most_windows) break;
        const bool at_start = mark.end < width * 2 / 3;
        const std::size_t wanted = at_start ? 0 : mark.begin - std::min(mark.begin, width / 4);
        const std::size_t begin = cut(piece.text, wanted).size();
        const std::string_view rest = std::string_view(piece.text).substr(begin);
        windows.push_back({begin, begin + cut(rest, std::max(width, mark.end - begin)).size()});
    }
    if (windows.empty()) windows.push_back({0, cut(piece.text, width).size()});
    return windows;
}

MarkedLine marked_line(const Evidence& piece, const Window& window) {
    const std::string_view text = piece.text;
    MarkedLine result;
    if (window.begin > 0) result.add("...", false);
    std::size_t at = window.begin;
    for (const auto& mark : piece.matched) {
        if (mark.begin < at || mark.end > window.end) continue;
        result.add(text.substr(at, mark.begin - at), false);
        result.add(text.substr(mark.begin, mark.end - mark.begin), true);
        at = mark.end;
    }
    result.add(text.substr(at, window.end - at), false);
    if (window.end < text.size()) result.add("...", false);
    return result;
}

// The piece with its matched words underlined, each line behind `indent`.
std::string marked_text(const Evidence& piece, std::size_t width, const std::string& indent) {
    std::string text;
    for (const auto& window : windows_of(piece, width)) {
        const MarkedLine shown = marked_line(piece, window);
        text += indent + shown.line + "\n";
        const auto last = shown.marks.find_last_not_of(' ');
        if (last != std::string::npos) text += indent + shown.marks.substr(0, last + 1) + "\n";
    }
    return text;
}

std::string verdict_of(const Evidence& piece, std::string_view outcome) {
    if (piece.decided)
        return fmt::format("says {}: decided", piece.says.empty() ? outcome : piece.says);
    if (piece.says.empty()) return "says nothing";
    if (piece.says.substr(0, piece.says.find('/')) == outcome)
        return fmt::format("says {} too", piece.says);
    if (outcome_of(piece.says) || piece.says.find('/') != std::string::npos)
        return fmt::format("says {}: outvoted", piece.says);
    return fmt::format("says {}", piece.says);
}

std::string text_of(const std::vector<Evidence>& evidence, std::string_view outcome,
                    std::size_t width) {
    std::string text;
    std::size_t number = 0;
    for (const auto& piece : evidence) {
        const std::string indent(7, ' ');
        text += fmt::format("  {:>2}.  {}: {}\n", ++number, ndr::text(piece.place),
                            verdict_of(piece, outcome));
        text += marked_text(piece, std::max<std::size_t>(width, 40) - 20, indent);
        if (!piece.rule.empty()) text += indent + "by rule " + printable(piece.rule) + "\n";
    }
    return text;
}

std::string named(const char* what, const std::vector<std::string>& values) {
    if (values.empty()) return {};
    return fmt::format("{:<11}{}\n", what, printable(joined(values, ", ")));
}

std::string heading_of(const Verdict& verdict) {
    std::string heading = "recipient  ";
    heading += verdict.final_recipient.empty() ? "not named" : printable(verdict.final_recipient);
    if (!verdict.original_recipient.empty() &&
        verdict.original_recipient != verdict.final_recipient)
        heading += fmt::format(" (first {})", printable(verdict.original_recipient));
    return heading + fmt::format(": {}\n", text(verdict.outcome));
}

}  // namespace

std::string explanation(const std::string& name, const Judgement& judgement, std::size_t width) {
    const std::size_t columns = width == 0 ? 100 : width;
    const ReplyFacts& facts = judgement.facts;
    std::string result = fmt::format("{}\n", printable(name, 1000));
    result += fmt::format("{:<11}{}\n", "outcome",
                          outcome_text(judgement.outcome, judgement.acknowledgement));
    result += fmt::format("{:<11}{}\n", "form", text(judgement.form));
    result += fmt::format("{:<11}{}\n", "from", facts.from.empty() ? "-" : printable(facts.from));
    result += fmt::format("{:<11}{}\n", "subject",
                          facts.subject.empty() ? "-" : printable(facts.subject));
    if (!judgement.rule.empty())
        result += fmt::format("{:<11}{}\n", "rule", printable(judgement.rule));
    result += named("ticket", judgement.named.tickets);
    result += named("write to", judgement.named.addresses);
    result += named("form at", judgement.named.links);
    if (judgement.said_by_auto_reply)
        result += "an automatic reply says so, no mail host: what follows is held\n";
    if (!judgement.evidence.empty())
        result += "\nmessage\n" + text_of(judgement.evidence, text(judgement.outcome), columns);
    for (const auto& verdict : judgement.recipients)
        result +=
            "\n" + heading_of(verdict) + text_of(verdict.evidence, text(verdict.outcome), columns);
    return result;
}

std::string explanation(const Preview& preview, const Policy& policy) {
    std::string result = "\nwhat follows\n";
    result += fmt::format("  trust: {}, for {}\n", text(preview.identity.trust),
                          printable(preview.identity.reason));
    if (!preview.file) return result + "  -> nothing to do\n";
    const CaseFile& file = *preview.file;
    result += fmt::format("  complaint {} about {}, sent {}\n", file.complaint.id,
                          file.complaint.address.text(), local_text(file.complaint.sent_at));
    result +=
        fmt::format("  network {} ({})\n", file.network.range.text(), text(file.network.authority));
    for (const auto& contact : preview.decision.contacts) {
        result += fmt::format("  contact {}\n", printable(contact.why));
        if (contact.state == ContactStanding::State::failed)
            result += fmt::format("  policy: {}, {}: {}\n", text(contact.outcome),
                                  text(preview.decision.column),
                                  text(policy.cell(contact.outcome, preview.decision.column)));
    }
    result += fmt::format("  case: {}\n", preview.decision.why);
    for (const auto& follow_up : preview.decision.follow_ups)
        result +=
            fmt::format("  -> {}: {}\n     {}\n", text(follow_up.state),
                        printable(description_of(follow_up.deed)), printable(follow_up.reason));
    for (const auto& reason : preview.decision.seen_to)
        result += fmt::format("  not again: {}\n", printable(reason));
    if (preview.decision.follow_ups.empty()) result += "  -> nothing to do\n";
    return result;
}

}  // namespace ndr
