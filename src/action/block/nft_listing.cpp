#include "nft_listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

using Json = nlohmann::json;

// Before the host's own filter (priority 0).
constexpr int priority = -10;

struct Rule {
    std::string text;
    Json expression;  // its listing, counters without their counts
};

Json match(std::string_view operation, Json left, Json right) {
    return {{"match", {{"op", operation}, {"left", std::move(left)}, {"right", std::move(right)}}}};
}

Json payload(std::string_view protocol, std::string_view field) {
    return {{"payload", {{"protocol", protocol}, {"field", field}}}};
}

Json statement(const char* name) {
    return Json{{name, nullptr}};
}

// A drop rule stands behind what lets our own connections live.
std::vector<Rule> rules(bool keeps_port_25_open) {
    std::vector<Rule> result;
    result.push_back({"ct state established,related accept",
                      Json::array({match("in", {{"ct", {{"key", "state"}}}},
                                         Json::array({"established", "related"})),
                                   statement("accept")})});
    if (keeps_port_25_open)
        result.push_back(
            {"tcp dport 25 accept",
             Json::array({match("==", payload("tcp", "dport"), 25), statement("accept")})});
    const auto drop = [](const char* protocol, const char* set) {
        return Json::array({match("==", payload(protocol, "saddr"), set), statement("counter"),
                            statement("drop")});
    };
    result.push_back({"ip saddr @blocked4 counter drop", drop("ip", "@blocked4")});
    result.push_back({"ip6 saddr @blocked6 counter drop", drop("ip6", "@blocked6")});
    return result;
}

struct Set {
    const char* name;
    const char* type;
};

constexpr std::array<Set, 2> sets{{{"blocked4", "ipv4_addr"}, {"blocked6", "ipv6_addr"}}};

// ---- reading -----------------------------------------------------------------------------------

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// The objects of one kind: "set", "rule".
std::vector<Json> objects(const Json& listing, const char* kind) {
    std::vector<Json> result;
    for (const auto& object : listing) {
        if (object.is_object() && object.contains(kind) && object[kind].is_object())
            result.push_back(object[kind]);
    }
    return result;
}

std::optional<AddressRange> range_of(const Json& value) {
    if (value.is_string()) return AddressRange::parse(value.get<std::string>());
    if (!value.is_object()) return std::nullopt;
    if (value.contains("prefix") && value["prefix"].is_object()) {
        const auto& prefix = value["prefix"];
        if (!prefix.contains("len") || !prefix["len"].is_number_integer()) return std::nullopt;
        return AddressRange::parse(
            fmt::format("{}/{}", text_of(prefix, "addr"), prefix["len"].get<std::int64_t>()));
    }
    if (value.contains("range") && value["range"].is_array() && value["range"].size() == 2 &&
        value["range"][0].is_string() && value["range"][1].is_string())
        return AddressRange::parse(fmt::format("{} - {}", value["range"][0].get<std::string>(),
                                               value["range"][1].get<std::string>()));
    return std::nullopt;
}

// A plain value never ends; `expires` is cut to whole seconds.
std::optional<PresentBlock> element_of(const Json& element, Instant now) {
    const bool has_options = element.is_object() && element.contains("elem") &&
                             element["elem"].is_object() && element["elem"].contains("val");
    const auto range = range_of(has_options ? element["elem"]["val"] : element);
    if (!range) return std::nullopt;
    PresentBlock present{*range, std::nullopt};
    if (has_options && element["elem"].contains("expires") &&
        element["elem"]["expires"].is_number_integer())
        present.ends_at = now + Seconds(element["elem"]["expires"].get<std::int64_t>() + 1);
    return present;
}

bool is_as_made(const Json& set, const char* type) {
    const auto flags = set.value("flags", Json::array());
    return text_of(set, "type") == type && flags == Json::array({"interval", "timeout"}) &&
           !set.value("auto-merge", false);
}

void read_set(const Set& set, const std::vector<Json>& listed, Instant now, NftListing& result) {
    const auto found = std::find_if(listed.begin(), listed.end(), [&set](const Json& one) {
        return text_of(one, "name") == set.name;
    });
    if (found == listed.end()) {
        result.faults.push_back(fmt::format("set {}: missing", set.name));
        return;
    }
    if (!is_as_made(*found, set.type))
        result.faults.push_back(fmt::format("set {}: not of our type and flags", set.name));
    for (const auto& element : found->value("elem", Json::array())) {
        if (const auto present = element_of(element, now))
            result.present.push_back(*present);
        else
            result.faults.push_back(fmt::format("set {}: an element that cannot be read: {}",
                                                set.name, printable(element.dump())));
    }
}

void read_chain(const std::vector<Json>& chains, std::vector<std::string>& faults) {
    const auto found = std::find_if(chains.begin(), chains.end(), [](const Json& chain) {
        return text_of(chain, "name") == "input";
    });
    if (found == chains.end()) {
        faults.emplace_back("chain input: missing, nothing is blocked");
        return;
    }
    if (text_of(*found, "type") != "filter" || text_of(*found, "hook") != "input")
        faults.emplace_back("chain input: not hooked on input, nothing is blocked");
    else if (found->value("prio", Json()) != priority || text_of(*found, "policy") != "accept")
        faults.emplace_back("chain input: not of our priority and policy");
}

Json without_counts(Json expression) {
    if (!expression.is_array()) return expression;
    for (auto& one : expression) {
        if (one.is_object() && one.contains("counter")) one["counter"] = nullptr;
    }
    return expression;
}

void read_rules(const std::vector<Json>& listed, bool keeps_port_25_open,
                std::vector<std::string>& faults) {
    std::vector<Json> there;
    for (const auto& rule : listed) {
        if (text_of(rule, "chain") == "input")
            there.push_back(without_counts(rule.value("expr", Json())));
    }
    const auto wanted = rules(keeps_port_25_open);
    const std::size_t faults_before = faults.size();
    for (const auto& rule : wanted) {
        if (std::find(there.begin(), there.end(), rule.expression) == there.end())
            faults.push_back(fmt::format("chain input: no rule '{}'", rule.text));
    }
    if (faults.size() == faults_before &&
        !std::equal(there.begin(), there.end(), wanted.begin(), wanted.end(),
                    [](const Json& a, const Rule& b) { return a == b.expression; }))
        faults.emplace_back("chain input: rules that are not ours, or out of order");
}

// The list of objects in an answer of nft.
std::optional<Json> objects_of(std::string_view json) {
    auto document = Json::parse(json, nullptr, false);
    if (!document.is_object() || !document.contains("nftables") || !document["nftables"].is_array())
        return std::nullopt;
    return std::move(document["nftables"]);
}

}  // namespace

bool has_nft_table(std::string_view json, std::string_view table) {
    const auto tables = objects(objects_of(json).value_or(Json::array()), "table");
    return std::any_of(tables.begin(), tables.end(),
                       [table](const Json& one) { return text_of(one, "name") == table; });
}

std::optional<NftListing> read_nft_listing(std::string_view json, bool keeps_port_25_open,
                                           Instant now) {
    const auto answer = objects_of(json);
    if (!answer) return std::nullopt;
    const auto& listing = *answer;
    NftListing result;
    const auto tables = objects(listing, "table");
    // nft 1.0.6 writes a dormant table's flags wrongly, but it writes some.
    if (tables.empty())
        result.faults.emplace_back("table: missing, nothing is blocked");
    else if (tables.front().contains("flags"))
        result.faults.emplace_back("table: dormant, nothing is blocked");
    if (tables.empty()) return result;
    read_chain(objects(listing, "chain"), result.faults);
    read_rules(objects(listing, "rule"), keeps_port_25_open, result.faults);
    const auto listed_sets = objects(listing, "set");
    for (const auto& set : sets)
        read_set(set, listed_sets, now, result);
    return result;
}

std::string nft_frame(const std::string& table, bool keeps_port_25_open) {
    std::string text = fmt::format("table inet {} {{\n", table);
    for (const auto& set : sets)
        text += fmt::format("\tset {} {{\n\t\ttype {}\n\t\tflags interval,timeout\n\t}}\n",
                            set.name, set.type);
    text += fmt::format(
        "\tchain input {{\n\t\ttype filter hook input priority {}; policy accept;\n", priority);
    for (const auto& rule : rules(keeps_port_25_open))
        text += fmt::format("\t\t{}\n", rule.text);
    return text + "\t}\n}\n";
}

}  // namespace ndr
