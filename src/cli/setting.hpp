// cli/setting.hpp -- one key of the configuration: how it is set and shown.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "configuration.hpp"

namespace ndr {

// `set` gives false for a value that is none.
struct Setting {
    std::string key;
    std::string help;
    std::function<bool(Configuration&, const std::string&)> set;
    std::function<std::string(const Configuration&)> show;
};

// All, in the order of the manual; and parts of them.
const std::vector<Setting>& settings();
std::vector<Setting> policy_settings();
std::vector<Setting> enforcement_settings();
std::vector<Setting> report_settings();

// What stands between commas, without blanks.
std::vector<std::string> words_of(std::string_view list);

// A span of time; `owner` gives the part of the configuration that has the member.
template <typename Part, typename Owner>
Setting span_setting(std::string key, std::string help, Seconds Part::*member, Owner owner) {
    return {std::move(key), std::move(help),
            [=](Configuration& c, const std::string& value) {
                const auto span = parse_span(value);
                if (span) owner(c).*member = *span;
                return span.has_value();
            },
            [=](const Configuration& c) { return span_text(owner(c).*member); }};
}

// A switch, with ": yes or no" behind its help.
template <typename Part, typename Owner>
Setting switch_setting(std::string key, std::string help, bool Part::*member, Owner owner) {
    return {std::move(key), std::move(help) + ": yes or no",
            [=](Configuration& c, const std::string& value) {
                owner(c).*member = value == "yes";
                return value == "yes" || value == "no";
            },
            [=](const Configuration& c) { return std::string(owner(c).*member ? "yes" : "no"); }};
}

// IP addresses, separated by commas.
std::optional<std::vector<Address>> addresses_of_words(std::string_view list);
std::string words_of_addresses(const std::vector<Address>& addresses);
template <typename Part, typename Owner>
Setting hosts_setting(std::string key, std::string help, std::vector<Address> Part::*member,
                      Owner owner) {
    return {std::move(key), std::move(help),
            [=](Configuration& c, const std::string& value) {
                const auto addresses = addresses_of_words(value);
                if (addresses) owner(c).*member = *addresses;
                return addresses.has_value();
            },
            [=](const Configuration& c) { return words_of_addresses(owner(c).*member); }};
}

}  // namespace ndr
