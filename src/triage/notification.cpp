#include "ndr_triage/triage/notification.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/triage/status_code.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_lines = 1500;
constexpr std::size_t most_recipients = 100;
constexpr std::size_t longest_reason = 4000;

struct CommandWord {
    std::string_view kind;
    Command command;
};
constexpr std::array command_words = std::to_array<CommandWord>({
    {"answers-connection", Command::connection},
    {"answers-greeting", Command::greeting},
    {"answers-helo", Command::helo},
    {"answers-mail", Command::mail},
    {"answers-rcpt", Command::rcpt},
    {"answers-data", Command::data},
});

// An address at the start of a line, and what follows it.
struct LeadingAddress {
    std::string address;
    std::string_view rest;
};

std::string_view without_code(std::string_view line) {
    const auto code = line.substr(0, std::min<std::size_t>(3, line.size()));
    const bool is_code =
        code.size() == 3 && (code[0] == '4' || code[0] == '5') && parse_number(code);
    if (!is_code || line.size() < 4 || (line[3] != ' ' && line[3] != '-')) return line;
    line = trimmed(line.substr(4));
    const auto blank = line.find(' ');
    if (parse_status(line.substr(0, blank)) && blank != std::string_view::npos)
        line = trimmed(line.substr(blank));
    return line;
}

// What may follow a bare address for the line to be about it: "joe@example.net: no such user".
bool is_about(std::string_view rest) {
    rest = trimmed(rest);
    if (rest.empty()) return true;
    return std::string_view(":,(;[-.=>").find(rest.front()) != std::string_view::npos ||
           ascii_istarts_with(rest, "on ") || find_codes(rest).reply_code.has_value();
}

// A line of nothing but where a link leads.
bool is_link(std::string_view line) {
    line = trimmed(line);
    return ascii_istarts_with(line, "<http") && line.find_first_of(" \t>") == line.size() - 1;
}

// Outlook's links: "joe@example.net<mailto:joe@example.net>", "Joe<mailto:joe@example.net>".
std::optional<LeadingAddress> linked_address(std::string_view line) {
    constexpr std::size_t longest_name = 60;
    line = trimmed(line);
    const auto link = ascii_ifind(line, "<mailto:");
    if (link > longest_name || !line.ends_with('>')) return std::nullopt;
    const auto span = next_address(line, link + 8);
    if (!span || span->begin != link + 8 || span->end + 1 != line.size()) return std::nullopt;
    return LeadingAddress{std::string(line.substr(span->begin, span->end - span->begin)), {}};
}

std::optional<LeadingAddress> leading_address(std::string_view line) {
    constexpr std::string_view bullets = " \t*-\u2022\"'";
    const auto begin = line.find_first_not_of(bullets);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::string_view content = without_code(line.substr(begin));
    const std::size_t open = content.starts_with('<') ? 1 : 0;
    const auto span = next_address(content, open);
    if (!span || span->begin != open) return std::nullopt;
    std::string_view rest = content.substr(span->end);
    const bool bracketed = open == 1 && rest.starts_with('>');
    if (bracketed) rest.remove_prefix(1);
    if (rest.starts_with('"') || rest.starts_with('>')) rest.remove_prefix(1);
    if (!bracketed && !is_about(rest)) return std::nullopt;
    return LeadingAddress{std::string(content.substr(span->begin, span->end - span->begin)), rest};
}

// "joe@example.net: no such user", "joe@example.net... User unknown": what stands between is no
// part of the reason.
std::string_view without_separator(std::string_view rest) {
    return rest.substr(std::min(rest.find_first_not_of(" \t:;,."), rest.size()));
}

bool is_transcript_line(std::string_view line) {
    return line.starts_with(">>>") || line.starts_with("<<<");
}

// A line that is a host's answer wherever it stands: "550 5.1.1 unknown user", "<<< 552 ...".
bool is_answer(std::string_view line) {
    line = trimmed(line);
    if (line.starts_with("<<<")) line = trimmed(line.substr(3));
    const auto code = parse_number(line.substr(0, 3));
    return code && *code >= 400 && *code < 600 && line.size() > 4 &&
           (line[3] == ' ' || line[3] == '-');
}

// The same behind what was asked: "SMTP error ... for TEXT command, host: ... reason: 550 ...".
bool holds_answer(std::string_view line) {
    constexpr std::string_view label = "reason: ";
    const auto at = ascii_ifind(line, label);
    return is_answer(line) ||
           (at != std::string_view::npos && is_answer(line.substr(at + label.size())));
}

// "Wed 2026-10-14 06:41:02: [77:1] <-- 550 No such user": a session out of a log (MDaemon).
std::string_view without_log_stamp(std::string_view line) {
    constexpr std::size_t longest_stamp = 60;
    const auto arrow = std::min(line.find("<-- "), line.find("--> "));
    return arrow > longest_stamp ? line : line.substr(arrow);
}

// "RCPT TO:<joe@example.net>" in a line of a transcript (">>>", "In:", "Sent <<<"), which nothing
// else leads: elsewhere it may be a stranger's words.
std::optional<std::string> rcpt_address(std::string_view line) {
    const auto at = ascii_ifind(line, "rcpt to:");
    if (at == std::string_view::npos) return std::nullopt;
    auto lead = without_log_stamp(line.substr(0, at));
    lead = trimmed(lead.substr(std::min(lead.find_first_not_of(" \t<>-*"), lead.size())));
    if (!lead.empty() && lead != "In:" && lead != "Sent <<<") return std::nullopt;
    const auto span = next_address(line, at + 8);
    if (!span || span->begin > at + 12) return std::nullopt;
    return std::string(line.substr(span->begin, span->end - span->begin));
}

// A transcript's 2xx and 3xx answers, and what we said: nothing in them failed.
bool is_success(std::string_view line) {
    line = without_log_stamp(trimmed(line));
    if (line.starts_with("In:")) return true;
    for (const std::string_view lead : {"<<<", "<--", "Out:"}) {
        if (line.starts_with(lead)) {
            line = trimmed(line.substr(lead.size()));
            const auto code = parse_number(line.substr(0, 3));
            return code && *code >= 200 && *code < 400;
        }
    }
    return false;
}

class Reader {
public:
    Reader(const std::vector<std::string>& ignored, const FormTable& forms) : forms_(forms) {
        for (const auto& address : ignored)
            ignored_.push_back(comparable_address(address));
    }

    Notification read(std::string_view text) {
        const auto lines = split_lines(text);
        std::size_t number = 0;
        for (const auto line : lines) {
            if (++number > most_lines || begins_original(line)) break;
            take(line);
            end_ = static_cast<std::size_t>(line.data() - text.data()) + line.size();
        }
        result_.text = text.substr(0, end_);
        result_.has_mark = has_mark_;
        if (has_mark_) result_.returned = text.substr(end_);
        if (result_.recipients.empty()) take_mentioned();
        result_.command = common_command_;
        return std::move(result_);
    }

private:
    bool begins_original(std::string_view line) {
        const std::string low = folded(line);
        if (low.empty()) return false;
        has_mark_ = forms_.is_mark("original", low) || forms_.label("returned-field", low) > 0;
        return has_mark_;
    }

    void take(std::string_view line) {
        const Folded fold = folded_with_origin(line);
        const std::string& low = fold.text;
        if (low.empty()) return;
        if (forms_.is_mark("transcript", low) || forms_.is_mark("transcript-end", low)) {
            in_transcript_ = forms_.is_mark("transcript", low);
            if (!in_transcript_ || result_.recipients.size() != 1) current_ = nullptr;
            return;
        }
        if (is_link(line) || (line.starts_with(">") && !is_transcript_line(line))) return;
        if (is_success(line)) return;
        follow_session(line);
        if (take_rcpt(line) || take_label(line, fold) || take_leading(line)) return;
        append(line, line.starts_with(">>>") || without_log_stamp(line).starts_with("-->"));
    }

    // Within a Sendmail transcript "<<<" is the host's word. The line in Sendmail's own words below
    // it ("550 5.1.1 <joe>... User unknown" for any 5xx to RCPT) repeats it, wrongly at times.
    void follow_session(std::string_view line) {
        if (line.starts_with("<<<")) {
            host_answered_ = true;
        } else if (line.starts_with(">>>") || line.starts_with("...")) {
            host_answered_ = false;
            awaits_greeting_ = line.starts_with("...");
            if (line.starts_with(">>>") && result_.recipients.size() != 1) current_ = nullptr;
        }
    }

    bool is_echo(std::string_view line) const {
        return host_answered_ && in_transcript_ && !line.starts_with("<<<") && is_answer(line);
    }

    bool take_rcpt(std::string_view line) {
        const auto address = rcpt_address(line);
        if (!address || is_ignored(*address)) return false;
        name(*address);
        append(line, true);
        return true;
    }

    // "Recipient: joe@example.net", the value perhaps on the next line.
    bool take_label(std::string_view line, const Folded& fold) {
        const auto begin = fold.text.find_first_not_of(" *-#");
        if (begin == std::string_view::npos) return false;
        const std::string_view low = std::string_view(fold.text).substr(begin);
        if (forms_.label("reason", low) > 0) return take_reason(line);
        const std::size_t label = forms_.label("recipient", low);
        if (label == 0) return false;
        // A wide colon and letters of a label without blanks would pass for a local part.
        const auto value = low.find_first_not_of(" :", label);
        if (value == std::string_view::npos) return false;
        const auto span = next_address(line, fold.origin[begin + value]);
        if (!span) return false;
        const std::string address(line.substr(span->begin, span->end - span->begin));
        if (is_ignored(address)) return false;
        name(address);
        append(line, false);
        return true;
    }

    // "Reason: mailbox full" counts even before a recipient is named.
    bool take_reason(std::string_view line) {
        const bool before = std::exchange(in_transcript_, true);
        append(line, false);
        in_transcript_ = before;
        return true;
    }

    bool take_leading(std::string_view line) {
        auto leading = linked_address(line);
        if (leading && forms_.has("not-a-recipient", folded(line.substr(0, line.find('<')))))
            return false;
        if (!leading) leading = leading_address(line);
        if (!leading || is_ignored(leading->address)) return false;
        name(leading->address);
        if (take_further(leading->rest)) return true;
        if (is_echo(line)) return true;
        append(without_separator(leading->rest), false);
        const auto code = trimmed(line).substr(0, 3);
        if (parse_number(code)) append(line, false);
        return true;
    }

    // "joe@example.net, ann@example.net": what follows is about all of them.
    bool take_further(std::string_view rest) {
        bool any = false;
        for (;;) {
            rest = trimmed(rest);
            if (!rest.starts_with(',') && !rest.starts_with(';')) return any;
            const auto next = leading_address(rest.substr(1));
            if (!next || is_ignored(next->address)) return any;
            name(next->address);
            current_ = nullptr;
            any = in_transcript_ = true;
            rest = next->rest;
        }
    }

    // No line begins with an address: those in the sentences that do not offer help.
    void take_mentioned() {
        std::vector<std::string> found;
        for (const auto line : split_lines(result_.text)) {
            const std::string low = folded(line);
            if (forms_.has("not-a-recipient", low)) continue;
            for (const auto& address : addresses_in(line)) {
                if (!is_ignored(address)) found.push_back(address);
            }
        }
        for (const auto& address : found) {
            name(address);
            current_->reason = result_.common;
            current_->command = common_command_;
        }
    }

    bool is_ignored(std::string_view address) const {
        return std::find(ignored_.begin(), ignored_.end(), comparable_address(address)) !=
               ignored_.end();
    }

    void name(const std::string& address) {
        const std::string wanted = comparable_address(address);
        const auto found = std::find_if(
            result_.recipients.begin(), result_.recipients.end(),
            [&](const NamedRecipient& r) { return comparable_address(r.address) == wanted; });
        if (found != result_.recipients.end()) {
            current_ = &*found;
            return;
        }
        if (result_.recipients.size() == most_recipients) return;
        result_.recipients.reserve(most_recipients);  // current_ stays valid
        result_.recipients.push_back({address, "", Command::unknown});
        current_ = &result_.recipients.back();
    }

    void append(std::string_view line, bool is_command) {
        const Command command = command_in(line);
        Command& known = current_ != nullptr ? current_->command : common_command_;
        if (command != Command::unknown) known = command;
        if (awaits_greeting_ && line.starts_with("<<<")) known = Command::greeting;
        if (is_command) return;
        if (current_ == nullptr && !in_transcript_ && !holds_answer(line)) return;
        if (is_echo(line)) return;
        std::string& text = current_ != nullptr ? current_->reason : result_.common;
        line = trimmed(line);
        if (!line.empty() && text.size() < longest_reason) text.append(line).append("\n");
    }

    const FormTable& forms_;
    std::vector<std::string> ignored_;
    Notification result_;
    NamedRecipient* current_ = nullptr;
    Command common_command_ = Command::unknown;
    std::size_t end_ = 0;
    bool has_mark_ = false;
    bool in_transcript_ = false;
    bool host_answered_ = false;
    bool awaits_greeting_ = false;  // "... while talking to": the host speaks first
};

}  // namespace

Command command_in(std::string_view text) {
    const std::string low = folded(text);
    for (const auto& word : command_words) {
        if (FormTable::standard().has(word.kind, low)) return word.command;
    }
    return Command::unknown;
}

Notification read_notification(std::string_view text, const std::vector<std::string>& ignored,
                               const FormTable& forms) {
    return Reader(ignored, forms).read(text);
}

}  // namespace ndr
