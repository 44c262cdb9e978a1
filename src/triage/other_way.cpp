#include "other_way.hpp"

#include <glib.h>

#include <algorithm>

#include "facts.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/triage/notification.hpp"

namespace ndr {

namespace {

constexpr std::size_t most = 10;
constexpr std::size_t longest_link = 300;

using Strings = std::vector<std::string>;

bool contains(const Strings& values, const std::string& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
}

void add_once(Strings& values, std::string value) {
    if (values.size() < most && !contains(values, value)) values.push_back(std::move(value));
}

bool begins_link(std::string_view text, std::size_t at) {
    const auto rest = text.substr(at);
    if (ascii_istarts_with(rest, "http://") || ascii_istarts_with(rest, "https://")) return true;
    const bool is_word = at == 0 || !(g_ascii_isalnum(text[at - 1]) || text[at - 1] == '/');
    return is_word && ascii_istarts_with(rest, "www.");
}

Strings links_in(std::string_view text) {
    Strings links;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!begins_link(text, at)) continue;
        const auto rest = text.substr(at);
        const auto stop = std::find_if(rest.begin(), rest.end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0x80 ||
                   std::string_view(" \t\n<>\"'()[]{}").find(c) != std::string_view::npos;
        });
        const auto end = static_cast<std::size_t>(stop - rest.begin());
        std::string link(rest.substr(0, std::min(end, longest_link)));
        while (!link.empty() &&
               std::string_view(".,;:!").find(link.back()) != std::string_view::npos)
            link.pop_back();
        at += end - 1;
        add_once(links, std::move(link));
    }
    return links;
}

// "form", "webform", "formular", but no "platform" and no "information".
bool has_word_form(std::string_view low) {
    for (auto at = low.find("form"); at != low.npos; at = low.find("form", at + 1)) {
        const bool begins = at == 0 || !g_ascii_isalpha(low[at - 1]);
        const bool ends = at + 4 == low.size() || !g_ascii_isalpha(low[at + 4]);
        const bool is_platform = at >= 4 && low.substr(at - 4, 4) == "plat";
        if ((begins || ends || low.substr(at).starts_with("formul")) && !is_platform) return true;
    }
    return false;
}

bool is_form(std::string_view link) {
    const std::string low = ascii_lower(link);
    return FormTable::standard().has("form-link", low) || has_word_form(low);
}

// The page of the very ticket is where to look, not where to write.
bool is_page_of(const Strings& tickets, std::string_view link) {
    return std::any_of(tickets.begin(), tickets.end(), [&](const std::string& ticket) {
        return link.find(ticket) != std::string_view::npos;
    });
}

}  // namespace

Strings other_addresses_in(const ReplyFacts& facts, std::string_view words) {
    // Ours comes back with another token, or none: "complaints+efgh@" and "complaints@".
    Strings known{comparable_address(facts.sender)};
    for (const auto* list : {&facts.to, &facts.original_to, &facts.envelope_to}) {
        for (const auto& address : *list) {
            known.push_back(comparable_address(address));
            known.push_back(without_detail(known.back()));
        }
    }
    Strings others;
    for (const auto& address : addresses_in(with_separate_addresses(words))) {
        std::string other = comparable_address(address);
        if (!contains(known, other) && !contains(known, without_detail(other)))
            add_once(others, std::move(other));
    }
    return others;
}

bool has_link(std::string_view words) {
    return !links_in(words).empty();
}

Strings form_links_in(std::string_view words, const Strings& tickets) {
    Strings links = links_in(words);
    std::erase_if(links, [&](const std::string& link) {
        return !is_form(link) || is_page_of(tickets, link);
    });
    return links;
}

Strings pages_in(std::string_view words) {
    Strings pages = links_in(words);
    std::erase_if(pages, [](const std::string& link) {
        const auto slashes = link.find("//");
        const auto path = link.find_first_of("/?#", slashes == link.npos ? 0 : slashes + 2);
        return path == link.npos || path + 1 == link.size();
    });
    return pages;
}

bool names_complaint_desk(const ReplyFacts& facts, const AcknowledgementFacts& named) {
    const auto& forms = FormTable::standard();
    const std::string own = ascii_lower(domain_of(facts.sender));
    return std::any_of(named.addresses.begin(), named.addresses.end(),
                       [&](const std::string& address) {
                           return domain_of(address) != own &&
                                  forms.has("complaint-desk", local_part(address));
                       }) ||
           std::any_of(named.links.begin(), named.links.end(), [&](const std::string& link) {
               return forms.has("complaint-desk", ascii_lower(link));
           });
}

}  // namespace ndr
