#include "ticket.hpp"

#include <glib.h>

#include <algorithm>
#include <array>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/triage/names.hpp"
#include "ndr_triage/triage/notification.hpp"
#include "other_way.hpp"

namespace ndr {

namespace {

constexpr std::size_t most = 10;
constexpr std::size_t shortest_ticket = 3;
constexpr std::size_t longest_ticket = 40;

using Strings = std::vector<std::string>;

void add_once(Strings& values, std::string value) {
    if (values.size() < most && std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(std::move(value));
}

bool is_ticket_char(char c) {
    return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == '/';
}

std::size_t digits_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return g_ascii_isdigit(c); }));
}

std::size_t longest_run_of_digits(std::string_view text) {
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : text) {
        run = g_ascii_isdigit(c) ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

// "14.09.2026", "2026-09-14", "2026", "198.51.100.23", "198.51.100.0/24".
bool is_date_or_address(std::string_view token) {
    const bool numeric = std::all_of(token.begin(), token.end(), [](char c) {
        return g_ascii_isdigit(c) || c == '.' || c == '/' || c == '-';
    });
    if (!numeric) return false;
    if (token.find('.') != std::string_view::npos) return true;
    if (token.size() == 4 && (token.starts_with("19") || token.starts_with("20"))) return true;
    const auto first = token.find_first_of("-/");
    const auto last = token.find_last_of("-/");
    if (first == std::string_view::npos || first == last) return false;
    const auto middle = token.substr(first + 1, last - first - 1);
    return middle.size() <= 2 && (first == 4 || first <= 2) && token.size() <= 10;
}

bool is_host_name(std::string_view token) {
    const auto dot = token.rfind('.');
    return dot != std::string_view::npos && g_ascii_isalpha(token[dot + 1]);
}

// A number that is no date, time, count, host or network address.
bool is_ticket(std::string_view token) {
    if (token.size() < shortest_ticket || token.size() > longest_ticket) return false;
    if (is_date_or_address(token) || is_host_name(token)) return false;
    if (ascii_istarts_with(token, "cve-")) return false;
    return longest_run_of_digits(token) >= 3 || (token.size() >= 8 && digits_in(token) >= 4);
}

// The run of ticket characters at `at`.
std::string_view token_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_ticket_char(text[end]))
        ++end;
    const bool is_local_part = end < text.size() && text[end] == '@';
    if (is_local_part) return {};
    while (end > at && !g_ascii_isalnum(text[end - 1]))
        --end;
    return text.substr(at, end - at);
}

// "[#1234]", "[Ticket#2024]", "[name #17]": a number sign within brackets. "assigned #4711": one
// with digits enough to be no list's position.
void add_signed(std::string_view text, Strings& tickets) {
    for (auto sign = text.find('#'); sign != std::string_view::npos;
         sign = text.find('#', sign + 1)) {
        const auto open = text.substr(0, sign).find_last_of("[]\n");
        const bool bracketed = open != std::string_view::npos && text[open] == '[' &&
                               text.find(']', sign) != std::string_view::npos;
        const auto begin = text.find_first_not_of(" :#", sign + 1);
        if (begin == std::string_view::npos) return;
        const auto token = token_at(text, begin);
        if ((bracketed && !token.empty() && g_ascii_isdigit(token.back())) ||
            (begin == sign + 1 && digits_in(token) >= 4 && is_ticket(token)))
            add_once(tickets, std::string(token));
    }
}

// "[AbuseID:1031A4:1F]", "[41772034519-1]": what stands in brackets.
void add_bracketed(std::string_view text, Strings& tickets) {
    for (auto open = text.find('['); open != std::string_view::npos;
         open = text.find('[', open + 1)) {
        const auto close = text.find(']', open);
        if (close == std::string_view::npos) return;
        if (open > 0 && g_ascii_isalnum(text[open - 1])) continue;  // "smtpd[12345]"
        const auto content = trimmed(text.substr(open + 1, close - open - 1));
        const auto colon = content.find(':');
        const auto token = trimmed(content.substr(colon == content.npos ? 0 : colon + 1));
        const bool is_one_word = !token.empty() && g_ascii_isalnum(token.front()) &&
                                 std::all_of(token.begin(), token.end(),
                                             [](char c) { return is_ticket_char(c) || c == ':'; });
        if (is_one_word && digits_in(token) >= 5 && is_ticket(token))
            add_once(tickets, std::string(token));
    }
}

// "ABUSE-4711 Abuse from ...", "INC0012345 -- opened": the key that leads an answer's subject.
void add_leading_key(std::string_view subject, Strings& tickets) {
    const auto title = subject.rfind(": ", std::min(subject.find(' '), subject.size()));
    const std::size_t begin = title == std::string_view::npos ? 0 : title + 2;
    const auto token = token_at(subject, begin);
    std::size_t letters = 0;
    while (letters < token.size() && g_ascii_isupper(token[letters]))
        ++letters;
    const auto digits = token.substr(std::min(letters, token.size()));
    const bool is_key = letters >= 2 && digits.starts_with('-') && digits.size() >= 3 &&
                        digits_in(digits) + 1 == digits.size();
    const bool is_number = letters >= 2 && digits.size() >= 5 && digits_in(digits) == digits.size();
    if ((is_key || is_number) && !token.starts_with("CVE-")) add_once(tickets, std::string(token));
}

// Words that a ticket's number follows, folded.
constexpr std::array labels = std::to_array<std::string_view>({
    "ticket",
    "tiket",
    "tichet",
    "case",
    "incident",
    "reference",
    "request",
    "tracking",
    "abuse id",
    "abuseid",
    "report id",
    "vorgang",
    "anfrage",
    "aktenzeichen",
    "fallnummer",
    "nummer",
    "dossier",
    "demande",
    "numéro",
    "caso",
    "solicitud",
    "incidencia",
    "número",
    "billet",
    "chamado",
    "protocolo",
    "solicitação",
    "ocorrência",
    "richiesta",
    "segnalazione",
    "pratica",
    "numero",
    "zaaknummer",
    "zaak",
    "meldingsnummer",
    "referentie",
    "kenmerk",
    "ärende",
    "referens",
    "sagsnummer",
    "sag",
    "saksnummer",
    "sak",
    "tapaus",
    "tapauksen",
    "tunnus",
    "viitenumero",
    "zgłoszeni",
    "numer",
    "požadav",
    "číslo",
    "číslem",
    "hlášení",
    "talep",
    "numara",
    "azonosító",
    "număr",
    "обращени",
    "заявк",
    "номер",
    "звернення",
    "тикет",
    "编号",
    "編號",
    "工单",
    "案件",
    "单号",
    "单號",
    "案号",
    "受付番号",
    "問い合わせ番号",
    "管理番号",
    "チケット",
    "접수번호",
    "번호",
    "티켓",
    "mã số",
    "mã yêu cầu",
    "nomor",
    "numerem",
    "id:",
    "no.",
    "nr.",
    "n°",
    "流水号",
    "問合せ番号",
    "案號",
    "受理号",
    "整理番号",
});

// What follows a label on its line; behind a colon, or at the line's end, the next line with
// something on it, too.
std::string_view reach_of(std::string_view text, std::size_t begin) {
    constexpr std::size_t longest = 60;
    const auto near = text.substr(begin, longest);
    const auto end = near.find('\n');
    if (end == near.npos) return near;
    const auto line = trimmed(near.substr(0, end));
    if (!line.empty() && line.back() != ':' && !line.ends_with("：")) return near.substr(0, end);
    const auto next = near.find_first_not_of(" \t\n>", end);
    return next == near.npos ? near.substr(0, end) : near.substr(0, near.find('\n', next));
}

// The first number in what follows a label, within the sentence.
std::string_view number_in(std::string_view reach) {
    for (std::size_t at = 0; at < reach.size(); ++at) {
        const auto rest = reach.substr(at);
        if (rest.starts_with(". ") || rest.starts_with("。")) break;
        const bool begins =
            g_ascii_isalnum(reach[at]) && (at == 0 || !is_ticket_char(reach[at - 1]));
        const auto token = begins ? token_at(reach, at) : std::string_view();
        if (!is_ticket(token)) continue;
        const bool is_telephone =
            FormTable::standard().has("telephone", folded(reach.substr(0, at)));
        return is_telephone ? std::string_view() : token;
    }
    return {};
}

// A label stands where a word begins; a short one is the whole word: "case", but no "caseload".
bool is_label_at(std::string_view low, std::size_t at, std::string_view label) {
    constexpr std::size_t longest_short = 5;
    if (!is_ascii(label)) return true;
    const auto end = at + label.size();
    return (at == 0 || !g_ascii_isalnum(low[at - 1])) &&
           (label.size() > longest_short || end == low.size() || !g_ascii_isalpha(low[end]));
}

// "ticket number: ABC-123", "案件编号：2024-17", "case 4711": a label, then within a few words a
// number.
void add_labelled(std::string_view text, Strings& tickets) {
    const Folded fold = folded_with_origin(text);
    const std::string_view low = fold.text;
    for (const auto label : labels) {
        for (auto at = low.find(label); at != low.npos; at = low.find(label, at + 1)) {
            const auto end = at + label.size();
            const auto before = low.substr(at - std::min<std::size_t>(at, 12), 12);
            if (!is_label_at(low, at, label) || end == low.size() ||
                FormTable::standard().has("telephone", before))
                continue;
            const auto token = number_in(reach_of(text, fold.origin[end]));
            if (token.empty()) continue;
            const bool is_known = std::any_of(
                tickets.begin(), tickets.end(),
                [&](const std::string& ticket) { return ticket.find(token) != ticket.npos; });
            if (!is_known) add_once(tickets, std::string(token));
            if (tickets.size() == most) return;
        }
    }
}

}  // namespace

AcknowledgementFacts named_in(const ReplyFacts& facts, std::string_view words) {
    const std::string text = without_names(words);
    AcknowledgementFacts named;
    add_signed(facts.subject, named.tickets);
    add_bracketed(facts.subject, named.tickets);
    if (!facts.answers.empty()) add_leading_key(facts.subject, named.tickets);
    add_labelled(facts.subject, named.tickets);
    add_signed(text, named.tickets);
    add_bracketed(text, named.tickets);
    add_labelled(text, named.tickets);
    named.addresses = other_addresses_in(facts, words);
    named.links = form_links_in(words, named.tickets);
    return named;
}

}  // namespace ndr
