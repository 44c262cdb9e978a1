#include "ndr_triage/network/mail_domains.hpp"

#include <string>
#include <unordered_set>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

struct Table {
    std::unordered_set<std::string> placeholders;
    std::unordered_set<std::string> local_parts;  // of placeholders, whatever the domain
    std::unordered_set<std::string> registries;
    std::unordered_set<std::string> providers;

    std::unordered_set<std::string>& of_kind(std::string_view kind) {
        if (kind == "placeholder") return placeholders;
        if (kind == "local-part") return local_parts;
        return kind == "registry" ? registries : providers;
    }
};

Table read_table() {
    Table table;
    for (const auto& line : table_lines(embedded::mail_domains_table)) {
        const auto blank = line.text.find(' ');
        table.of_kind(line.text.substr(0, blank)).emplace(line.text.substr(blank + 1));
    }
    return table;
}

const Table& table() {
    static const Table read = read_table();
    return read;
}

// The domain itself, or one that it lies below.
bool lies_in(const std::unordered_set<std::string>& domains, std::string_view domain) {
    std::string name = ascii_lower(domain);
    while (name.ends_with('.'))
        name.pop_back();
    for (;;) {
        if (domains.count(name) > 0) return true;
        const auto dot = name.find('.');
        if (dot == std::string::npos) return false;
        name.erase(0, dot + 1);
    }
}

}  // namespace

bool is_placeholder(std::string_view address) {
    const std::string name = comparable_address(address);
    return table().placeholders.count(name) > 0 ||
           table().local_parts.count(std::string(local_part(name))) > 0 ||
           domain_of(name).ends_with(".invalid");
}

bool is_registry_domain(std::string_view domain) {
    return lies_in(table().registries, domain);
}

bool is_provider_domain(std::string_view domain) {
    return lies_in(table().providers, domain);
}

}  // namespace ndr
