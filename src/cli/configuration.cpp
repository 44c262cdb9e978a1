#include "configuration.hpp"

#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include <boost/program_options/parsers.hpp>
#include <cstdlib>
#include <functional>
#include <map>
#include <sstream>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/network/fetched.hpp"

namespace ndr {

namespace po = boost::program_options;

namespace {

// How one key is set and shown; `set` gives false for a value that is none.
struct Setting {
    std::string key;
    std::string help;
    std::function<bool(Configuration&, const std::string&)> set;
    std::function<std::string(const Configuration&)> show;
};

std::vector<std::string> words_of(std::string_view list) {
    std::vector<std::string> words;
    for (const auto word : split(list, ',')) {
        if (const auto bare = trimmed(word); !bare.empty()) words.emplace_back(bare);
    }
    return words;
}

Setting path_setting(std::string key, std::string help, std::string Configuration::*member) {
    return {std::move(key), std::move(help),
            [member](Configuration& c, const std::string& value) {
                c.*member = value;
                return value.starts_with('/');
            },
            [member](const Configuration& c) { return c.*member; }};
}

// `owner` gives the part of the configuration that has the member.
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

Setting span_setting(std::string key, std::string help, Seconds Policy::*member) {
    return span_setting(
        std::move(key), std::move(help), member, [](auto& c) -> auto& { return c.policy; });
}

Setting span_setting(std::string key, std::string help, Seconds Configuration::*member) {
    return span_setting(
        std::move(key), std::move(help), member, [](auto& c) -> auto& { return c; });
}

Setting relay_setting() {
    return {"relay", "who sends our letters: HOST:PORT of an MTA, or the path of sendmail",
            [](Configuration& c, const std::string& value) {
                const auto relay = Relay::parse(value);
                if (relay) c.desk.relay = *relay;
                return relay.has_value();
            },
            [](const Configuration& c) { return c.desk.relay.text(); }};
}

Setting records_setting() {
    return {"records", "address of the ledger's host that is told of complaints sent here",
            [](Configuration& c, const std::string& value) {
                c.desk.records = value;
                return value.empty() || is_plain_address(value);
            },
            [](const Configuration& c) { return c.desk.records; }};
}

Setting from_name_setting() {
    return {"from_name", "the name that stands before our address in From",
            [](Configuration& c, const std::string& value) {
                c.desk.from_name = value;
                return is_utf8(value);
            },
            [](const Configuration& c) { return c.desk.from_name; }};
}

Setting complaint_lines_setting() {
    return {"complaint_lines", "log lines in a complaint, 0 to 50",
            [](Configuration& c, const std::string& value) {
                const auto count = parse_number(value);
                if (!count || *count > 50) return false;
                c.complaint_lines = static_cast<std::size_t>(*count);
                return true;
            },
            [](const Configuration& c) { return std::to_string(c.complaint_lines); }};
}

Setting own_mta_setting() {
    return {"own_mta", "IP addresses of clients whose mail counts as written by our own MTA",
            [](Configuration& c, const std::string& value) {
                c.own_mta.clear();
                for (const auto& word : words_of(value)) {
                    const auto address = Address::parse(word);
                    if (!address) return false;
                    c.own_mta.push_back(*address);
                }
                return true;
            },
            [](const Configuration& c) {
                std::vector<std::string> words;
                for (const auto& address : c.own_mta)
                    words.push_back(address.text());
                return joined(words, ", ");
            }};
}

Setting addresses_setting() {
    return {"address", "addresses where replies arrive; they are nobody's contact",
            [](Configuration& c, const std::string& value) {
                c.addresses.clear();
                for (const auto& word : words_of(value)) {
                    if (!is_plain_address(word)) return false;
                    c.addresses.push_back(comparable_address(word));
                }
                return true;
            },
            [](const Configuration& c) { return joined(c.addresses, ", "); }};
}

Setting max_size_setting() {
    return {"max_size", "octets of a message that is read whole; a larger one is held",
            [](Configuration& c, const std::string& value) {
                const auto size = parse_number(value);
                if (!size || *size < 65536 || *size > (std::int64_t{1} << 30)) return false;
                c.sizes.max_size = static_cast<std::uint64_t>(*size);
                return true;
            },
            [](const Configuration& c) { return std::to_string(c.sizes.max_size); }};
}

Setting home_countries_setting() {
    return {
        "home_countries", "where one phones before blocking (ISO 3166-1)",
        [](Configuration& c, const std::string& value) {
            c.policy.home_countries.clear();
            for (const auto& word : words_of(value)) {
                const bool two_capitals = word.size() == 2 && word[0] >= 'A' && word[0] <= 'Z' &&
                                          word[1] >= 'A' && word[1] <= 'Z';
                if (!two_capitals) return false;
                c.policy.home_countries.insert(word);
            }
            return true;
        },
        [](const Configuration& c) {
            return joined({c.policy.home_countries.begin(), c.policy.home_countries.end()}, ", ");
        }};
}

Setting word_setting(std::string key, std::string help, std::string LookupSettings::*member,
                     bool (*is_one)(const std::string&)) {
    return {std::move(key), std::move(help),
            [=](Configuration& c, const std::string& value) {
                c.lookup.*member = value;
                return is_one(value);
            },
            [member](const Configuration& c) { return c.lookup.*member; }};
}

bool is_path(const std::string& word) {
    return word.starts_with('/');
}

bool is_path_or_url(const std::string& word) {
    return is_path(word) || word.starts_with("https://") || word.starts_with("http://");
}

bool is_server(const std::string& word) {
    return server_of(word, 43).has_value();
}

// `owner` gives the part of the configuration that has the member.
template <typename Part, typename Owner>
Setting switch_setting(std::string key, std::string help, bool Part::*member, Owner owner) {
    return {std::move(key), std::move(help) + ": yes or no",
            [=](Configuration& c, const std::string& value) {
                owner(c).*member = value == "yes";
                return value == "yes" || value == "no";
            },
            [=](const Configuration& c) { return std::string(owner(c).*member ? "yes" : "no"); }};
}

Setting cell_setting(Outcome failure, Column column) {
    return {fmt::format("policy.{}.{}", text(failure), text(column)),
            "what follows: nothing, or some of block, report, notice, call",
            [=](Configuration& c, const std::string& value) {
                const auto cell = cell_of(value);
                if (cell) c.policy.cell(failure, column) = *cell;
                return cell.has_value();
            },
            [=](const Configuration& c) { return text(c.policy.cell(failure, column)); }};
}

std::vector<Setting> make_settings() {
    std::vector<Setting> settings{
        path_setting("ledger", "the SQLite database (absolute path)", &Configuration::ledger),
        path_setting("hold", "Maildir of messages that could not be taken in",
                     &Configuration::hold),
        path_setting("rules_dir", "directory of the site's own *.rules", &Configuration::rules_dir),
        addresses_setting(),
        path_setting("keys", "the keys that sign our tokens; mode 0600", &Configuration::keys),
        span_setting("token_age", "how long after its complaint a token is good",
                     &Configuration::token_age),
        own_mta_setting(),
        relay_setting(),
        from_name_setting(),
        records_setting(),
        path_setting("complaint_template", "the words of a complaint, a file",
                     &Configuration::letter_template),
        complaint_lines_setting(),
        span_setting(
            "complaint_interval", "between two complaints about one address",
            &ComplaintDesk::interval, [](auto& c) -> auto& { return c.desk; }),
        max_size_setting(),
        home_countries_setting(),
        span_setting("block_term", "how long a network is blocked", &Policy::block_term),
        span_setting("settle", "how long a signed reply from outside waits", &Policy::settle),
        span_setting("silence", "after which a silent contact's network is proposed",
                     &Policy::silence),
        span_setting("reply_age", "an older reply is recorded, nothing follows",
                     &Policy::reply_age),
        span_setting("repeat_limit", "between two reports or notices to the same",
                     &Policy::repeat_limit),
        switch_setting(
            "allow_documentation", "let networks of documentation space be blocked",
            &Policy::allow_documentation, [](auto& c) -> auto& { return c.policy; }),
        switch_setting(
            "lookup", "ask the registries about networks", &LookupSettings::is_on,
            [](auto& c) -> auto& { return c.lookup; }),
        word_setting("lookup_program", "ndr-triage-fetch (absolute path)", &LookupSettings::program,
                     is_path),
        word_setting("lookup_cache", "directory of the registries' answers", &LookupSettings::cache,
                     is_path),
        word_setting("lookup_bootstrap", "file or URL that names RDAP servers, else IANA's",
                     &LookupSettings::bootstrap, is_path_or_url),
        word_setting("lookup_whois", "whois server, HOST or HOST:PORT, else the registry's",
                     &LookupSettings::whois, is_server),
        span_setting("network_age", "after which the network of an open case is asked for again",
                     &Configuration::network_age)};
    for (const auto failure : failure_outcomes) {
        for (const auto column : all_columns)
            settings.push_back(cell_setting(failure, column));
    }
    return settings;
}

const std::vector<Setting>& settings() {
    static const std::vector<Setting> all = make_settings();
    return all;
}

// ---- the file ----------------------------------------------------------------------------------

// Where each key stands; '#' inside a value and lines that are nothing are found here, for the
// library would take the first for a comment and knows no line numbers.
std::map<std::string, std::size_t> lines_of_keys(const std::string& octets,
                                                 const std::string& file) {
    std::map<std::string, std::size_t> lines;
    std::string section;
    std::size_t number = 0;
    for (const auto raw : split_lines(octets)) {
        ++number;
        const auto line = trimmed(raw);
        if (line.empty() || line.front() == '#') continue;
        const auto fault = [&](const std::string& what) {
            return ConfigError(fmt::format("{}:{}: {}", file, number, what));
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
        if (!lines.emplace(key, number).second)
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
