#include "crowdsec_listing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

using Json = nlohmann::json;

std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// Nothing is null.
std::optional<Json> list_of(std::string_view json) {
    auto list = Json::parse(json, nullptr, false);
    if (list.is_null()) return Json::array();
    if (!list.is_array()) return std::nullopt;
    return list;
}

bool is_ours(const Json& decision) {
    return decision.is_object() && text_of(decision, "scenario") == crowdsec_scenario;
}

std::optional<Decision> decision_of(const Json& json, Instant now) {
    if (!is_ours(json) || !json.contains("id") || !json["id"].is_number_integer())
        return std::nullopt;
    const auto left = parse_go_duration(text_of(json, "duration"));
    if (!left || *left <= Seconds(0)) return std::nullopt;
    Decision decision{json["id"].get<std::int64_t>(), text_of(json, "value"), std::nullopt,
                      now + *left};
    const auto simulated = json.find("simulated");
    if (text_of(json, "scope") == "Range" && text_of(json, "type") == "ban" &&
        (simulated == json.end() || *simulated == false))
        decision.range = AddressRange::parse(decision.value);
    return decision;
}

struct Unit {
    std::string_view name;
    double seconds;
};
// The longer name first where one begins with another.
constexpr std::array<Unit, 7> units{
    {{"ms", 1e-3}, {"us", 1e-6}, {"µs", 1e-6}, {"ns", 1e-9}, {"h", 3600}, {"m", 60}, {"s", 1}}};

}  // namespace

std::optional<Seconds> parse_go_duration(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    if (text.empty() || text.size() > 40) return std::nullopt;
    double seconds = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_not_of("0123456789."), text.size());
        const std::string number(text.substr(0, end));
        text.remove_prefix(end);
        const auto unit = std::find_if(units.begin(), units.end(), [text](const Unit& one) {
            return text.starts_with(one.name);
        });
        if (unit == units.end() || number.empty() || number.front() == '.' || number.size() > 20)
            return std::nullopt;
        seconds += std::stod(number) * unit->seconds;
        text.remove_prefix(unit->name.size());
    }
    constexpr double longest = 1e10;  // Go's is 292 years
    if (seconds > longest) return std::nullopt;
    const Seconds whole(static_cast<std::int64_t>(seconds));
    return is_negative ? -whole : whole;
}

std::optional<std::vector<Decision>> read_decisions(std::string_view json, Instant now) {
    const auto alerts = list_of(json);
    if (!alerts) return std::nullopt;
    std::vector<Decision> decisions;
    for (const auto& alert : *alerts) {
        if (!alert.is_object() || !alert.contains("decisions")) continue;
        for (const auto& one : alert["decisions"]) {
            if (auto decision = decision_of(one, now)) decisions.push_back(std::move(*decision));
        }
    }
    return decisions;
}

std::string decisions_text(const std::vector<ActiveBlock>& parts, Instant now) {
    std::vector<std::string> rows;
    rows.reserve(parts.size());
    for (const auto& part : parts) {
        const Json row{{"duration", fmt::format("{}s", (part.ends_at - now).count())},
                       {"reason", crowdsec_scenario},
                       {"scope", "range"},
                       {"type", "ban"},
                       {"value", part.prefix.text()}};
        rows.push_back(row.dump());
    }
    return "[" + joined(rows, ",\n") + "]\n";
}

std::optional<std::vector<std::string>> bouncer_faults(std::string_view json, Instant since) {
    const auto bouncers = list_of(json);
    if (!bouncers) return std::nullopt;
    std::vector<std::string> found;
    bool is_any = false;
    for (const auto& bouncer : *bouncers) {
        if (!bouncer.is_object() || bouncer.value("revoked", Json()) == true ||
            text_of(bouncer, "type") == crowdsec_scenario)
            continue;
        is_any = true;
        const auto pulled = parse_instant(text_of(bouncer, "last_pull"));
        if (!pulled || *pulled < since)
            found.push_back(fmt::format(
                "bouncer {}: {}, what it protects is open", printable(text_of(bouncer, "name")),
                pulled ? "last pulled " + iso_text(*pulled) : std::string("it has never pulled")));
    }
    if (!is_any) found.emplace_back("no bouncer is registered, nothing is blocked");
    return found;
}

std::optional<bool> answers_with_ours(std::string_view json) {
    const auto decisions = list_of(json);
    if (!decisions) return std::nullopt;
    return std::any_of(decisions->begin(), decisions->end(), [](const Json& decision) {
        return is_ours(decision) && text_of(decision, "type") == "ban";
    });
}

}  // namespace ndr
