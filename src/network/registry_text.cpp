#include "registry_text.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_attributes = 20'000;
constexpr std::size_t longest_value = 4'000;

bool is_comment(std::string_view line) {
    return line.starts_with('%') || line.starts_with('#');
}

bool is_continuation(std::string_view line) {
    return line.starts_with(' ') || line.starts_with('\t') || line.starts_with('+');
}

// "b. [Network Name]  EXAMPLE": JPNIC's names stand in brackets.
std::optional<Attribute> bracketed(std::string_view line) {
    const auto open = line.find('[');
    const auto close = line.find(']');
    if (open > 3 || close == std::string_view::npos || close < open) return std::nullopt;
    const auto name = trimmed(line.substr(open + 1, close - open - 1));
    const auto value = trimmed(line.substr(close + 1));
    if (open == 0 && value.empty()) return Attribute{"heading", std::string(name)};
    return Attribute{ascii_lower(name), std::string(value)};
}

std::optional<Attribute> attribute_of(std::string_view line) {
    if (auto found = bracketed(line)) return found;
    const auto colon = line.find(':');
    if (colon > 60) return std::nullopt;  // or nowhere
    return Attribute{ascii_lower(trimmed(line.substr(0, colon))),
                     std::string(trimmed(line.substr(colon + 1)))};
}

void append(std::string& value, std::string_view more) {
    if (more.starts_with('+')) more.remove_prefix(1);
    if (value.size() + more.size() < longest_value) (value += ' ') += trimmed(more);
}

const std::map<std::string, std::string, std::less<>>& countries() {
    static const auto read = [] {
        std::map<std::string, std::string, std::less<>> codes;
        for (const auto& line : table_lines(embedded::countries_table))
            codes.emplace(line.text.substr(3), line.text.substr(0, 2));
        return codes;
    }();
    return read;
}

// What registries answer for space that is not theirs. A customer may give his network such a name,
// but not the registry's own maintainer.
bool is_stand_in(const Network& network, const std::vector<std::string>& maintainers) {
    static constexpr std::array<std::string_view, 6> names{
        "non-ripe-ncc-managed", "iana-netblock", "iana-blk",
        "erx-netblock",         "afrinic-not-",  "not-belonging"};
    static constexpr std::array<std::string_view, 4> registries{"ripe-ncc-hm-mnt", "apnic-hm",
                                                                "maint-apnic-ap", "afrinic-hm-mnt"};
    const std::string name = ascii_lower(network.name);
    const bool is_named_so = std::any_of(names.begin(), names.end(), [&](std::string_view start) {
        return name.starts_with(start);
    });
    return is_named_so &&
           std::all_of(maintainers.begin(), maintainers.end(), [](const std::string& maintainer) {
               const std::string handle = ascii_lower(maintainer);
               return std::find(registries.begin(), registries.end(), handle) != registries.end();
           });
}

}  // namespace

std::string_view RegistryObject::first_name() const {
    return attributes.empty() ? std::string_view() : std::string_view(attributes.front().name);
}

std::string RegistryObject::value(std::string_view name) const {
    for (const auto& attribute : attributes) {
        if (attribute.name == name) return attribute.value;
    }
    return {};
}

std::vector<std::string> RegistryObject::values(std::string_view name) const {
    std::vector<std::string> found;
    for (const auto& attribute : attributes) {
        if (attribute.name == name) found.push_back(attribute.value);
    }
    return found;
}

std::vector<RegistryObject> objects_of(std::string_view text) {
    std::vector<RegistryObject> objects(1);
    std::size_t count = 0;
    for (auto line : split_lines(text)) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        auto& attributes = objects.back().attributes;
        if (trimmed(line).empty()) {
            if (!attributes.empty()) objects.emplace_back();
        } else if (is_comment(line)) {
            continue;
        } else if (is_continuation(line) && !attributes.empty()) {
            append(attributes.back().value, line);
        } else if (auto attribute = attribute_of(line)) {
            if (++count > most_attributes) break;
            attribute->value = cut(attribute->value, longest_value);
            attributes.push_back(std::move(*attribute));
        }
    }
    if (objects.back().attributes.empty()) objects.pop_back();
    return objects;
}

std::string country_of(std::string_view text) {
    text = trimmed(text.substr(0, text.find('#')));
    const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    if (text.size() == 2 && is_letter(text[0]) && is_letter(text[1])) {
        std::string code{static_cast<char>(text[0] & ~0x20), static_cast<char>(text[1] & ~0x20)};
        return code == "ZZ" ? "" : code;
    }
    const auto named = countries().find(ascii_lower(text));
    return named != countries().end() ? named->second : "";
}

void note_validation(std::string_view remark, std::vector<NetworkContact>& contacts) {
    constexpr std::string_view words = " was validated on ";
    const auto at = ascii_ifind(remark, words);
    if (at == std::string_view::npos) return;
    const auto date = parse_instant(remark.substr(at + words.size(), 10));
    const auto named = remark.substr(0, at);
    const auto blank = named.rfind(' ');
    const std::string address =
        comparable_address(blank == std::string_view::npos ? named : named.substr(blank + 1));
    for (auto& contact : contacts) {
        if (date && comparable_address(contact.address) == address) contact.validated_at = date;
    }
}

std::string fault_of(const Network& network) {
    const auto& [first, last] = network.range;
    if (last < first || first.is_ipv4() != last.is_ipv4())
        return fmt::format("a range that runs backwards: {} - {}", first.text(), last.text());
    const int widest = first.is_ipv4() ? 96 + 8 : 12;
    if (common_bits(first, last) < widest)
        return fmt::format("{} is wider than any registered network", network.range.text());
    return {};
}

void note_elsewhere(RegistryAnswer& answer, const Network& network) {
    note_fault(answer, fmt::format("{} ({}) says only that the network is registered elsewhere",
                                   network.range.text(), printable(network.name, 60)));
}

void add_network(RegistryAnswer& answer, Network network,
                 const std::vector<std::string>& maintainers) {
    constexpr std::size_t longest_word = 200;
    network.name = cut(network.name, longest_word);
    network.handle = cut(network.handle, longest_word);
    network.organisation = cut(network.organisation, longest_word);
    std::string fault = fault_of(network);
    if (fault.empty() && is_stand_in(network, maintainers)) {
        note_elsewhere(answer, network);
    } else if (fault.empty()) {
        answer.networks.push_back(std::move(network));
    } else {
        note_fault(answer, std::move(fault));
    }
}

void note_fault(RegistryAnswer& answer, std::string fault) {
    if (answer.fault.empty()) answer.fault = std::move(fault);
}

void finish(RegistryAnswer& answer) {
    if (answer.networks.empty()) {
        note_fault(answer, "no network in it");
        return;
    }
    answer.fault.clear();
    const std::vector<Network> said = answer.networks;
    for (auto& network : answer.networks) {
        if (!network.contacts.empty()) continue;
        const Network* next = nullptr;
        for (const auto& larger : said) {
            const bool helps = larger.range.contains(network.range) && !larger.contacts.empty();
            if (helps && (next == nullptr || larger.range.width() < next->range.width()))
                next = &larger;
        }
        if (next == nullptr) continue;
        set_contacts(network, next->contacts);
        // Whose telephone it is.
        network.region = next->country == network.country ? next->region : std::string();
    }
}

std::optional<Network> most_specific(const std::vector<Network>& networks, const Address& address) {
    std::optional<Network> found;
    for (const auto& network : networks) {
        const bool is_smaller = !found || network.range.width() < found->range.width();
        if (network.range.contains(address) && is_smaller) found = network;
    }
    return found;
}

std::optional<Rir> registry_named(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, Rir>, 22> names{
        {{"ripe", Rir::ripe_ncc},   {"apnic", Rir::apnic},     {"arin", Rir::arin},
         {"lacnic", Rir::lacnic},   {"afrinic", Rir::afrinic}, {"registro.br", Rir::lacnic},
         {"nic.br", Rir::lacnic},   {"iar.mx", Rir::lacnic},   {"nic.ad.jp", Rir::apnic},
         {"jpnic", Rir::apnic},     {"krnic", Rir::apnic},     {"kisa.or.kr", Rir::apnic},
         {"whois.kr", Rir::apnic},  {"twnic", Rir::apnic},     {"twnic.net.tw", Rir::apnic},
         {"vnnic", Rir::apnic},     {"cnnic", Rir::apnic},     {"idnic", Rir::apnic},
         {"irinn", Rir::apnic},     {"idnic.net", Rir::apnic}, {"cnnic.cn", Rir::apnic},
         {"ripencc", Rir::ripe_ncc}}};
    const std::string word = ascii_lower(trimmed(name.substr(0, name.find('#'))));
    for (const auto& [part, registry] : names) {
        const std::string label(part);
        const bool is_it = word == label || word.ends_with("." + label) ||
                           word.find("." + label + ".") != std::string::npos ||
                           word.starts_with(label + ".");
        if (is_it) return registry;
    }
    return std::nullopt;
}

}  // namespace ndr
