#include "ticket.hpp"

#include <glib.h>

#include <algorithm>
#include <array>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/triage/notification.hpp"

namespace ndr {

namespace {

constexpr std::size_t most = 10;
constexpr std::size_t shortest_ticket = 3;
constexpr std::size_t longest_ticket = 40;

void add_once(std::vector<std::string>& values, std::string value) {
    if (values.size() < most && std::find(values.begin(), values.end(), value) == values.end())
        values.push_back(std::move(value));
}

bool is_ticket_char(char c) {
    return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == '/';
}

// A run of ticket characters with a digit in it, at `at`; "" if there is none.
std::string_view ticket_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_ticket_char(text[end]))
        ++end;
    while (end > at && !g_ascii_isalnum(text[end - 1]))
        --end;
    const std::string_view token = text.substr(at, end - at);
    const bool has_digit =
        std::any_of(token.begin(), token.end(), [](char c) { return g_ascii_isdigit(c); });
    return has_digit && token.size() >= shortest_ticket && token.size() <= longest_ticket
               ? token
               : std::string_view();
}

// "[#1234]", "[Ticket#2024]", "[name #17]": a number sign within brackets.
void add_bracketed(std::string_view text, std::vector<std::string>& tickets) {
    for (auto open = text.find('['); open != std::string_view::npos;
         open = text.find('[', open + 1)) {
        const auto close = text.find(']', open);
        if (close == std::string_view::npos) return;
        const auto sign = text.find('#', open);
        if (sign == std::string_view::npos || sign > close) continue;
        const auto begin = text.find_first_not_of(" :", sign + 1);
        if (begin == std::string_view::npos || begin >= close) continue;
        std::size_t end = begin;
        while (end < close && is_ticket_char(text[end]))
            ++end;
        if (end > begin && g_ascii_isdigit(text[end - 1]))
            add_once(tickets, std::string(text.substr(begin, end - begin)));
    }
}

// "ticket number: ABC-123", "案件编号：2024-17", "case 4711": a label, then within a few words a
// number.
void add_labelled(std::string_view text, std::vector<std::string>& tickets) {
    constexpr std::size_t reach = 40;
    const std::string low = ascii_lower(text);
    for (const std::string_view label :
         {"ticket",   "case",    "incident", "reference", "request",
          "tracking", "vorgang", "dossier",  "caso",      "billet",
          "обращени", "заявк",   "номер",    "编号",      "編號",
          "工单",     "案件",    "单号",     "受付番号",  "お問い合わせ番号",
          "접수번호", "번호"}) {
        for (auto at = low.find(label); at != std::string::npos; at = low.find(label, at + 1)) {
            const bool word = at == 0 || !g_ascii_isalnum(low[at - 1]);
            if (!word && g_ascii_isalpha(label.front())) continue;
            std::size_t next = at + label.size();
            const std::size_t limit = std::min(low.size(), next + reach);
            while (next < limit && low[next] != '\n') {
                const bool begins = is_ticket_char(low[next]) && !is_ticket_char(low[next - 1]);
                const auto token = begins ? ticket_at(text, next) : std::string_view();
                if (!token.empty()) {
                    add_once(tickets, std::string(token));
                    break;
                }
                ++next;
            }
        }
    }
}

std::vector<std::string> links_in(std::string_view text) {
    std::vector<std::string> links;
    for (auto at = ascii_ifind(text, "http"); at != std::string_view::npos;
         at = ascii_ifind(text, "http", at + 4)) {
        const auto rest = text.substr(at);
        if (!ascii_istarts_with(rest, "http://") && !ascii_istarts_with(rest, "https://")) continue;
        auto end = std::min(rest.find_first_of(" \t\n<>\"'()[]{}"), rest.size());
        end = std::min<std::size_t>(end, 300);
        std::string link(cut(rest, end));
        while (!link.empty() &&
               std::string_view(".,;:!").find(link.back()) != std::string_view::npos)
            link.pop_back();
        add_once(links, std::move(link));
    }
    return links;
}

bool is_form(std::string_view link) {
    constexpr std::array words{"abuse",     "report", "form",   "contact",
                               "complaint", "ticket", "support"};
    return std::any_of(words.begin(), words.end(), [&](const char* word) {
        return ascii_ifind(link, word) != std::string_view::npos;
    });
}

}  // namespace

AcknowledgementFacts named_in(const ReplyFacts& facts, std::string_view words) {
    AcknowledgementFacts named;
    add_bracketed(facts.subject, named.tickets);
    add_labelled(facts.subject, named.tickets);
    add_bracketed(words, named.tickets);
    add_labelled(words, named.tickets);
    std::vector<std::string> known{comparable_address(facts.sender)};
    for (const auto* list : {&facts.to, &facts.original_to, &facts.envelope_to}) {
        for (const auto& address : *list)
            known.push_back(comparable_address(address));
    }
    for (const auto& address : addresses_in(words)) {
        const std::string comparable = comparable_address(address);
        if (std::find(known.begin(), known.end(), comparable) == known.end())
            add_once(named.addresses, comparable);
    }
    for (auto& link : links_in(words)) {
        if (is_form(link)) add_once(named.links, std::move(link));
    }
    return named;
}

}  // namespace ndr
