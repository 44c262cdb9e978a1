// RDAP answers about IP networks, RFC 9083 section 5.4, and what registries make of it.
#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"
#include "rdap_entities.hpp"
#include "registry_text.hpp"

namespace ndr {

namespace {

constexpr int deepest = 32;

// Not deeper than the parser's own stack can tell: 10,000 brackets are no answer.
Json parsed(std::string_view text, std::string& fault) {
    bool is_deep = false;
    const auto watch = [&](int depth, Json::parse_event_t, Json&) {
        is_deep = is_deep || depth > deepest;
        return depth <= deepest;
    };
    Json json = Json::parse(text, watch, false);
    if (is_deep) {
        fault = fmt::format("JSON nested deeper than {}", deepest);
    } else if (json.is_discarded()) {
        fault = "broken JSON";
    }
    return json;
}

std::optional<Prefix> cidr_of(const Json& cidr) {
    std::string prefix = word_in(cidr, "v4prefix");
    if (prefix.empty()) prefix = word_in(cidr, "v6prefix");
    const auto length = cidr.is_object() ? cidr.find("length") : cidr.end();
    if (!cidr.is_object() || length == cidr.end() || !length->is_number_unsigned())
        return std::nullopt;
    return Prefix::parse(fmt::format("{}/{}", prefix, length->get<std::uint64_t>()));
}

// The prefixes of the cidr0 extension, one after the other; nullopt if they are no single range.
std::optional<AddressRange> range_of_cidrs(const Json& cidrs) {
    std::optional<AddressRange> range;
    for (const auto& cidr : cidrs) {
        const auto prefix = cidr_of(cidr);
        if (!prefix) return std::nullopt;
        if (!range) {
            range = AddressRange::of(*prefix);
        } else if (range->last.next() == prefix->start()) {
            range->last = prefix->last();
        } else {
            return std::nullopt;
        }
    }
    return range;
}

// Start and end, and cidr0 where it is there: both, and they agree.
std::optional<AddressRange> range_of(const Json& object, std::string& fault) {
    const std::string start = word_in(object, "startAddress");
    const std::string end = word_in(object, "endAddress");
    const Json* cidrs = list_in(object, "cidr0_cidrs");
    std::optional<AddressRange> range;
    if (!start.empty() || !end.empty()) {
        range = AddressRange::parse(start + " - " + end);
        if (!range)
            fault = fmt::format("'{} - {}' is no range of addresses", printable(start, 60),
                                printable(end, 60));
    } else if (cidrs != nullptr) {
        range = range_of_cidrs(*cidrs);
        if (!range) fault = "cidr0_cidrs is no single range of addresses";
    } else {
        fault = "neither startAddress and endAddress nor cidr0_cidrs";
    }
    if (range && !start.empty() && cidrs != nullptr && !cidrs->empty() &&
        range_of_cidrs(*cidrs) != range) {
        fault = fmt::format("cidr0_cidrs and {} differ", range->text());
        return std::nullopt;
    }
    return range;
}

void read_network(const Json& object, RegistryAnswer& answer) {
    std::string fault;
    const auto range = range_of(object, fault);
    if (!range) {
        note_fault(answer, std::move(fault));
        return;
    }
    Network network;
    network.range = *range;
    network.name = word_in(object, "name");
    network.handle = word_in(object, "handle");
    network.country = country_of(word_in(object, "country"));
    network.registry = registry_named(word_in(object, "port43"));
    RdapEntities entities = entities_of(object);
    if (network.country.empty()) network.country = entities.registrant_country;
    network.organisation = entities.registrant;
    if (network.country == entities.registrant_country) network.region = entities.registrant_region;
    set_contacts(network, std::move(entities.contacts));
    add_network(answer, std::move(network), entities.registrant_handles);
}

std::string error_in(const Json& object) {
    const auto code = object.find("errorCode");
    if (code == object.end() || !code->is_number_integer()) return {};
    return fmt::format("the registry answers {}: {}", code->get<std::int64_t>(),
                       printable(word_in(object, "title"), 100));
}

void read_object(const Json& object, RegistryAnswer& answer) {
    if (!object.is_object()) {
        note_fault(answer, "JSON, but no RDAP object");
    } else if (auto error = error_in(object); !error.empty()) {
        note_fault(answer, std::move(error));
    } else if (word_in(object, "objectClassName") == "ip network") {
        read_network(object, answer);
    } else {
        note_fault(answer, fmt::format("an RDAP object of class '{}', no network",
                                       printable(word_in(object, "objectClassName"), 40)));
    }
}

// One object, or several: in a list of ours, or as the result of a search.
void read_objects(const Json& json, RegistryAnswer& answer) {
    const Json* list = json.is_array() ? &json : list_in(json, "ipSearchResults");
    if (list == nullptr) return read_object(json, answer);
    for (const auto& object : *list)
        read_object(object, answer);
}

}  // namespace

RegistryAnswer read_rdap(std::string_view json) {
    RegistryAnswer answer;
    if (json.size() > longest_answer) {
        answer.fault = fmt::format("{} octets are no registry's answer", json.size());
    } else if (trimmed(json).starts_with('<')) {
        answer.fault = "HTML instead of RDAP";
    } else {
        const Json read = parsed(utf8_only(json), answer.fault);
        if (answer.fault.empty()) read_objects(read, answer);
    }
    finish(answer);
    return answer;
}

}  // namespace ndr
