#include "ndr_triage/network/registry.hpp"

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/named.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::array names = std::to_array<Named<Rir>>({
    {Rir::afrinic, "afrinic"},
    {Rir::apnic, "apnic"},
    {Rir::arin, "arin"},
    {Rir::lacnic, "lacnic"},
    {Rir::ripe_ncc, "ripe-ncc"},
});

constexpr std::array display_names = std::to_array<Named<Rir>>({
    {Rir::afrinic, "AFRINIC"},
    {Rir::apnic, "APNIC"},
    {Rir::arin, "ARIN"},
    {Rir::lacnic, "LACNIC"},
    {Rir::ripe_ncc, "RIPE NCC"},
});

constexpr std::array whois_hosts = std::to_array<Named<Rir>>({
    {Rir::afrinic, "whois.afrinic.net"},
    {Rir::apnic, "whois.apnic.net"},
    {Rir::arin, "whois.arin.net"},
    {Rir::lacnic, "whois.lacnic.net"},
    {Rir::ripe_ncc, "whois.ripe.net"},
});

std::string_view next_word(std::string_view& line) {
    const auto blank = line.find(' ');
    const auto word = line.substr(0, blank);
    line = blank == std::string_view::npos ? std::string_view() : line.substr(blank + 1);
    return word;
}

std::vector<IanaEntry> read_table() {
    std::vector<IanaEntry> entries;
    for (auto [number, line, is_indented] : table_lines(embedded::iana_table)) {
        IanaEntry entry;
        entry.prefix = Prefix::parse(next_word(line)).value();
        const auto kind = next_word(line);
        if (kind == "special") {
            entry.name = line;
        } else {
            entry.registry = rir_of(line);
            entry.is_legacy = kind == "legacy";
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

// Special-use space stands first in the table, so the first hit is the right one.
const std::vector<IanaEntry>& table() {
    static const std::vector<IanaEntry> entries = read_table();
    return entries;
}

}  // namespace

std::string_view text(Rir registry) {
    return name_in(names, registry);
}

std::string_view display_name(Rir registry) {
    return name_in(display_names, registry);
}

std::optional<Rir> rir_of(std::string_view text) {
    return value_in(names, text);
}

std::string_view whois_host(Rir registry) {
    return name_in(whois_hosts, registry);
}

std::optional<Rir> rir_at(std::string_view whois_host) {
    return value_in(whois_hosts, whois_host);
}

std::optional<IanaEntry> iana_entry(const Address& address) {
    for (const auto& entry : table()) {
        if (entry.prefix.contains(address)) return entry;
    }
    return std::nullopt;
}

std::vector<IanaEntry> special_uses(const AddressRange& range) {
    std::vector<IanaEntry> found;
    for (const auto& entry : table()) {
        if (!entry.registry && range.overlaps(entry.prefix)) found.push_back(entry);
    }
    return found;
}

}  // namespace ndr
