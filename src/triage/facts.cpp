// The header facts of a reply (judgement.hpp).
#include "facts.hpp"

#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

constexpr std::size_t longest_value = 1000;
constexpr std::size_t most_values = 50;

std::string bounded(std::string_view value) {
    return std::string(cut(value, longest_value));
}

// The msg-ids of a field (RFC 5322 section 3.6.4), without angle brackets.
void add_message_ids(std::string_view field, std::vector<std::string>& ids) {
    for (auto open = field.find('<'); open != std::string_view::npos && ids.size() < most_values;
         open = field.find('<', open + 1)) {
        const auto close = field.find('>', open);
        if (close == std::string_view::npos) return;
        const std::string id = bounded(trimmed(field.substr(open + 1, close - open - 1)));
        if (!id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
    }
}

void add_addresses(const Header& header, std::string_view name, std::vector<std::string>& to) {
    for (const auto value : header.all(name)) {
        for (auto& address : addresses_in(value)) {
            if (to.size() < most_values) to.push_back(bounded(address));
        }
    }
}

}  // namespace

std::string message_id_of(const Header& header) {
    std::vector<std::string> ids;
    add_message_ids(header.value("Message-ID"), ids);
    return ids.empty() ? bounded(header.value("Message-ID")) : ids.front();
}

ReplyFacts facts_of(const Header& header) {
    ReplyFacts facts;
    facts.message_id = message_id_of(header);
    facts.date = bounded(header.value("Date"));
    facts.from = bounded(header.value("From"));
    facts.sender = bounded(address_of_field(header.value("From")));
    facts.subject = bounded(header.value("Subject"));
    facts.return_path = bounded(header.value("Return-Path"));
    facts.first_received = bounded(header.value("Received"));
    facts.received_count = header.all("Received").size();
    add_addresses(header, "Delivered-To", facts.envelope_to);
    add_addresses(header, "X-Original-To", facts.envelope_to);
    add_addresses(header, "To", facts.to);
    add_addresses(header, "Cc", facts.to);
    for (const char* name : {"In-Reply-To", "References"}) {
        for (const auto value : header.all(name))
            add_message_ids(value, facts.answers);
    }
    return facts;
}

void add_original_facts(const Header& original, ReplyFacts& facts) {
    if (facts.original_message_id.empty()) facts.original_message_id = message_id_of(original);
    if (facts.original_to.empty()) add_addresses(original, "To", facts.original_to);
}

std::string without_detail(std::string_view address) {
    const auto local = local_part(address);
    return comparable_address(
        std::string(local.substr(0, local.find('+'))).append("@").append(domain_of(address)));
}

}  // namespace ndr
