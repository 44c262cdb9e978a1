#include "configuration.hpp"

#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include <boost/program_options/parsers.hpp>
#include <cstdlib>
#include <map>
#include <sstream>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"
#include "setting.hpp"

namespace ndr {

namespace po = boost::program_options;

namespace {

// ---- the file ----------------------------------------------------------------------------------

// Where each key stands; '#' inside a value and lines that are nothing are found here, for the
// library would take the first for a comment and knows no line numbers.
std::map<std::string, std::size_t> lines_of_keys(const std::string& octets,
                                                 const std::string& file) {
    std::map<std::string, std::size_t> lines;
    std::string section;
    for (const auto& here : table_lines(octets)) {
        const auto line = here.text;
        const auto fault = [&](const std::string& what) {
            return ConfigError(fmt::format("{}:{}: {}", file, here.number, what));
        };
        if (line.find('#') != std::string_view::npos)
            throw fault("a '#' inside a value: put the comment on a line of its own");
        if (line.front() == '[' && line.back() == ']') {
            section = std::string(line.substr(1, line.size() - 2)) + ".";
            continue;
        }
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) throw fault("neither 'key = value' nor [section]");
        const std::string key = section + std::string(trimmed(line.substr(0, equals)));
        if (!lines.emplace(key, here.number).second)
            throw fault(fmt::format("'{}' stands here for the second time", printable(key)));
    }
    return lines;
}

void apply(Configuration& configuration, const std::string& file, const std::string& octets) {
    const auto lines = lines_of_keys(octets, file);
    for (const auto& entry : lines) {
        const bool known =
            std::any_of(settings().begin(), settings().end(),
                        [&](const Setting& setting) { return setting.key == entry.first; });
        if (!known)
            throw ConfigError(fmt::format("{}:{}: unknown key '{}': 'config show' lists them", file,
                                          entry.second, printable(entry.first)));
    }
    po::options_description description;
    std::istringstream stream(octets);
    const auto parsed = po::parse_config_file(stream, description, true);
    for (const auto& option : parsed.options) {
        const auto setting =
            std::find_if(settings().begin(), settings().end(),
                         [&](const Setting& s) { return s.key == option.string_key; });
        const std::string value = option.value.empty() ? "" : option.value.front();
        if (!setting->set(configuration, value))
            throw ConfigError(fmt::format("{}:{}: '{}' is no value for {}: {}", file,
                                          lines.at(option.string_key), printable(value),
                                          option.string_key, setting->help));
    }
}

// ---- where it lies -----------------------------------------------------------------------------

constexpr const char* system_file = "/etc/ndr-triage/ndr-triage.conf";
constexpr const char* system_ledger = "/var/lib/ndr-triage/ledger.sqlite3";
constexpr const char* service_user = "ndr-triage";

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

bool is_service() {
    if (geteuid() == 0) return true;
    const passwd* user = getpwuid(geteuid());
    return user != nullptr && std::string_view(user->pw_name) == service_user;
}

// XDG Base Directory Specification: an empty or relative value counts as unset.
std::string xdg_directory(const char* variable, const char* below_home) {
    const std::string value = environment(variable);
    return value.starts_with('/') ? value : environment("HOME") + below_home;
}

std::string user_file() {
    return xdg_directory("XDG_CONFIG_HOME", "/.config") + "/ndr-triage/ndr-triage.conf";
}

std::string default_file() {
    if (is_service()) return access(system_file, F_OK) == 0 ? system_file : "";
    if (access(user_file().c_str(), F_OK) == 0) return user_file();
    return access(system_file, R_OK) == 0 ? system_file : "";
}

std::string default_ledger(const std::string& file) {
    if (is_service() || file == system_file) return system_ledger;
    return xdg_directory("XDG_STATE_HOME", "/.local/state") + "/ndr-triage/ledger.sqlite3";
}

Configuration defaults_for(const std::string& file) {
    Configuration configuration;
    configuration.file = file;
    configuration.ledger = default_ledger(file);
    configuration.rules_dir = file.empty() ? "" : directory_of(file) + "/rules.d";
    return configuration;
}

}  // namespace

Configuration load_configuration(const std::string& named) {
    std::string file = named.empty() ? environment("NDR_TRIAGE_CONFIG") : named;
    if (file.empty()) file = default_file();
    Configuration configuration = defaults_for(file);
    if (!file.empty()) apply(configuration, file, read_file(file));
    return configuration;
}

Configuration default_configuration() {
    return defaults_for(default_file());
}

std::vector<ConfigKey> keys_of(const Configuration& configuration) {
    std::vector<ConfigKey> keys;
    for (const auto& setting : settings())
        keys.push_back({setting.key, setting.help, setting.show(configuration)});
    return keys;
}

}  // namespace ndr
