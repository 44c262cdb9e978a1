#include "ndr_triage/casework/report_draft.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "filling.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/token.hpp"

namespace ndr {

namespace {

std::string day_of(Instant at) {
    return iso_text(at).substr(0, 10);
}

std::string fault_text(Outcome outcome) {
    return outcome == Outcome::lost_connection
               ? "mail to it comes back, for no mail host takes it"
               : "mail to it comes back, for there is no such mailbox, or it is closed or moved";
}

std::string parent_text(const std::optional<Network>& parent) {
    if (!parent) return "it is not known here, the registry's whois names it";
    const auto contacts = complaint_contacts(*parent);
    return fmt::format(
        "{}, {}", parent->range.text(),
        contacts.empty() ? "no contact of which is known here" : printable(joined(contacts, ", ")));
}

std::string tried_text(const std::vector<Attempt>& attempts) {
    std::vector<std::string> lines;
    lines.reserve(attempts.size());
    for (const auto& attempt : attempts)
        lines.push_back(fmt::format("{} {}: {}", day_of(attempt.at), quotable(attempt.what),
                                    quotable(attempt.result)));
    return joined(lines, "\n");
}

// When the registry last found the address to work, if that was before it failed: otherwise it
// tells nothing.
std::optional<Instant> outdated_validation(const ReportFacts& facts) {
    for (const auto& contact : facts.network.contacts) {
        const bool is_it = contact.address == facts.contact && contact.validated_at;
        if (is_it && facts.bounce && *contact.validated_at < facts.bounce->at)
            return contact.validated_at;
    }
    return std::nullopt;
}

// What has no value is not in it.
Values values_of(const RegistryDesk& desk, const ReportFacts& facts) {
    Values values{{"registry", desk.name},
                  {"network", facts.network.range.text()},
                  {"netname", quotable(facts.network.name)},
                  {"contact", quotable(facts.contact)},
                  {"missing", facts.contact.empty() ? "no address that mail can be sent to" : ""},
                  {"attacker", facts.attacker.text()},
                  {"source", quotable(public_source(facts.network))},
                  {"dated", day_of(facts.network.dated)},
                  {"parent", parent_text(facts.parent)},
                  {"tried", tried_text(facts.attempts)},
                  {"reporter", facts.reporter}};
    if (facts.bounce) {
        const ReportedBounce& bounce = *facts.bounce;
        values["complained"] = day_of(facts.complained_at);
        values["bounced"] = day_of(bounce.at);
        values["fault"] = fault_text(bounce.outcome);
        values["status"] = quotable(bounce.status);
        values["diagnostic_code"] = quotable(bounce.diagnostic_code);
        values["remote_mta"] = quotable(bounce.remote_mta);
    }
    if (const auto validated = outdated_validation(facts)) values["validated"] = day_of(*validated);
    std::erase_if(values, [](const auto& entry) { return entry.second.empty(); });
    return values;
}

bool has_all_values(std::string_view line, const Values& values) {
    const auto names = names_in(line);
    return std::all_of(names.begin(), names.end(),
                       [&](std::string_view name) { return values.find(name) != values.end(); });
}

// Lines without a value go, and with them one of two empty lines.
std::vector<std::string> filled_lines(const std::vector<std::string>& lines, const Values& values) {
    std::vector<std::string> result;
    for (const auto& line : lines) {
        const bool is_second_empty = line.empty() && (result.empty() || result.back().empty());
        if (!is_second_empty && has_all_values(line, values))
            result.push_back(filled(line, values, "registries", "a report"));
    }
    while (!result.empty() && result.back().empty())
        result.pop_back();
    return result;
}

std::string on_one_line(const std::vector<std::string>& lines) {
    std::string text = joined(lines, " ");
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', end))
        text.replace(end, 1, "; ");
    return text;
}

DraftField field_of(const DeskField& field, const Values& values) {
    const auto lines = filled_lines(field.lines, values);
    return {field.name,
            field.limit > 0 ? shortened(on_one_line(lines), field.limit) : joined(lines, "\n"),
            field.limit};
}

// What stands before everything else, wherever the report goes.
void add_doubts(const RegistryDesks& desks, const RegistryDesk& desk, const ReportFacts& facts,
                std::vector<std::string>& first) {
    if (facts.network.is_guess())
        first.push_back(fmt::format(
            "The registry is a guess of IANA's table: 'ndr-triage networks refresh {}' asks it.",
            facts.attacker.text()));
    const RegistryDesk* national = desks.national_of_country(facts.network);
    if (national != nullptr && !desk.national_of)
        first.push_back(
            fmt::format("The network is in {}: if its whois record names {} as source or "
                        "maintainer, the report "
                        "belongs there ({}).",
                        national->country, national->name,
                        national->mail.empty() ? national->url : national->mail));
}

std::string heading_of(const DraftField& field) {
    if (field.limit == 0) return fmt::format("---- {}\n", field.name);
    return fmt::format("---- {} ({} of {} characters)\n", field.name, characters(field.text),
                       field.limit);
}

}  // namespace

const std::vector<std::string>& report_names() {
    static const std::vector<std::string> names{
        "registry", "network", "netname", "contact",   "missing",         "attacker",
        "source",   "dated",   "parent",  "tried",     "reporter",        "complained",
        "bounced",  "fault",   "status",  "validated", "diagnostic_code", "remote_mta"};
    return names;
}

std::optional<ReportDraft> draft_of(const RegistryDesks& desks, const RegistryDesk& desk,
                                    const ReportFacts& facts) {
    if (facts.bounce && facts.bounce->outcome == Outcome::mailbox_full) return std::nullopt;
    const Values values = values_of(desk, facts);
    ReportDraft draft{desk.name, desk.url, desk.mail, {}, desk.checked_at, {}, {}};
    draft.subject = joined(filled_lines({desk.subject}, values), "");
    add_doubts(desks, desk, facts, draft.first);
    for (auto& line : filled_lines(desk.first, values))
        draft.first.push_back(std::move(line));
    for (const auto& field : desk.fields) {
        DraftField written = field_of(field, values);
        if (!written.text.empty()) draft.fields.push_back(std::move(written));
    }
    return draft;
}

std::string text_of(const ReportDraft& draft) {
    std::string text = fmt::format("registry  {}\n", draft.registry);
    if (!draft.url.empty()) text += fmt::format("form      {}\n", draft.url);
    if (!draft.mail.empty())
        text += fmt::format("mail      {}\nsubject   {}\n", draft.mail, draft.subject);
    text += fmt::format("checked   {}\n",
                        draft.checked_at ? day_of(*draft.checked_at)
                                         : "never: look whether the registry still takes it there");
    for (const auto& line : draft.first)
        text += fmt::format("first     {}\n", line);
    for (const auto& field : draft.fields)
        text += fmt::format("\n{}{}\n", heading_of(field), field.text);
    return text;
}

std::string mail_text_of(const ReportDraft& draft) {
    if (draft.fields.size() == 1) return draft.fields.front().text + "\n";
    std::string text;
    for (const auto& field : draft.fields)
        text += fmt::format("{}{}:\n\n{}\n", text.empty() ? "" : "\n", field.name, field.text);
    return text;
}

std::size_t characters(std::string_view utf8) {
    std::size_t count = 0;
    for (const char octet : utf8) {
        const auto value = static_cast<unsigned char>(octet);
        if ((value & 0xC0U) != 0x80U) count += value >= 0xF0U ? 2 : 1;
    }
    return count;
}

std::string shortened(std::string_view utf8, std::size_t limit) {
    constexpr std::string_view rest = "...";
    if (characters(utf8) <= limit) return std::string(utf8);
    const std::size_t room = limit - std::min(limit, rest.size());
    std::string_view kept = cut(utf8, 4 * room);
    while (characters(kept) > room)
        kept = cut(kept, kept.size() - 1);
    const auto blank = kept.rfind(' ');
    const bool is_inside_word = kept.size() < utf8.size() && utf8[kept.size()] != ' ';
    if (is_inside_word && blank != std::string_view::npos && blank >= kept.size() / 2)
        kept = kept.substr(0, blank);
    return std::string(trimmed(kept)) + std::string(rest.substr(0, limit));
}

}  // namespace ndr
