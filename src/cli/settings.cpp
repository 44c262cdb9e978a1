#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/network/fetched.hpp"
#include "setting.hpp"

namespace ndr {

namespace {

bool is_path(const std::string& word) {
    return word.starts_with('/');
}

Setting path_setting(std::string key, std::string help, std::string Configuration::*member) {
    return {std::move(key), std::move(help),
            [member](Configuration& c, const std::string& value) {
                c.*member = value;
                return value.starts_with('/');
            },
            [member](const Configuration& c) { return c.*member; }};
}

Setting span_setting(std::string key, std::string help, Seconds Configuration::*member) {
    return span_setting(
        std::move(key), std::move(help), member, [](auto& c) -> auto& { return c; });
}

Setting keep_setting() {
    return {"keep", "how long the octets of a reply are kept, at least 1d",
            [](Configuration& c, const std::string& value) {
                const auto span = parse_span(value);
                if (span) c.keep = *span;
                return span && *span >= std::chrono::days(1);
            },
            [](const Configuration& c) { return span_text(c.keep); }};
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

Setting retry_folders_setting() {
    return {"retry_folders", "Maildirs of what callers that cannot defer could not hand over",
            [](Configuration& c, const std::string& value) {
                c.retry_folders = words_of(value);
                return std::all_of(c.retry_folders.begin(), c.retry_folders.end(), is_path);
            },
            [](const Configuration& c) { return joined(c.retry_folders, ", "); }};
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

Setting word_setting(std::string key, std::string help, std::string LookupSettings::*member,
                     bool (*is_one)(const std::string&)) {
    return {std::move(key), std::move(help),
            [=](Configuration& c, const std::string& value) {
                c.lookup.*member = value;
                return is_one(value);
            },
            [member](const Configuration& c) { return c.lookup.*member; }};
}

bool is_path_or_url(const std::string& word) {
    return is_path(word) || word.starts_with("https://") || word.starts_with("http://");
}

bool is_server(const std::string& word) {
    return server_of(word, 43).has_value();
}

std::vector<Setting> make_settings() {
    std::vector<Setting> settings{
        path_setting("ledger", "the SQLite database (absolute path)", &Configuration::ledger),
        path_setting("hold", "Maildir of messages that could not be taken in",
                     &Configuration::hold),
        keep_setting(),
        retry_folders_setting(),
        path_setting("rules_dir", "directory of the site's own *.rules", &Configuration::rules_dir),
        addresses_setting(),
        path_setting("keys", "the keys that sign our tokens; mode 0600", &Configuration::keys),
        span_setting("token_age", "how long after its complaint a token is good",
                     &Configuration::token_age),
        hosts_setting(
            "own_mta", "IP addresses of clients whose mail counts as written by our own MTA",
            &Configuration::own_mta, [](auto& c) -> auto& { return c; }),
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
    for (auto* part : {policy_settings, enforcement_settings, report_settings}) {
        for (auto& setting : part())
            settings.push_back(std::move(setting));
    }
    return settings;
}

}  // namespace

std::vector<std::string> words_of(std::string_view list) {
    std::vector<std::string> words;
    for (const auto word : split(list, ',')) {
        if (const auto bare = trimmed(word); !bare.empty()) words.emplace_back(bare);
    }
    return words;
}

std::optional<std::vector<Address>> addresses_of_words(std::string_view list) {
    std::vector<Address> addresses;
    for (const auto& word : words_of(list)) {
        const auto address = Address::parse(word);
        if (!address) return std::nullopt;
        addresses.push_back(*address);
    }
    return addresses;
}

std::string words_of_addresses(const std::vector<Address>& addresses) {
    std::vector<std::string> words;
    words.reserve(addresses.size());
    for (const auto& address : addresses)
        words.push_back(address.text());
    return joined(words, ", ");
}

const std::vector<Setting>& settings() {
    static const std::vector<Setting> all = make_settings();
    return all;
}

}  // namespace ndr
