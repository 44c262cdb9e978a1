#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "command_line.hpp"
#include "findings.hpp"
#include "ndr_triage/action/callers.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// A router or a transport: its options, where a switch has the value "true" or "false".
struct Driver {
    std::string name;
    std::map<std::string, std::string> options;

    bool has(const std::string& option) const { return options.count(option) != 0; }
    bool is_on(const std::string& option) const { return value(option) == "true"; }
    std::string value(const std::string& option, const std::string& otherwise = "") const {
        const auto found = options.find(option);
        return found == options.end() ? otherwise : found->second;
    }
};

void add_option(const std::string& line, Driver& driver) {
    const auto equals = line.find('=');
    std::string name(trimmed(line.substr(0, equals)));
    std::string value =
        equals == std::string::npos ? "true" : std::string(trimmed(line.substr(equals + 1)));
    for (const char* no : {"no_", "not_"}) {
        if (equals == std::string::npos && name.starts_with(no)) {
            name.erase(0, std::string_view(no).size());
            value = "false";
            break;
        }
    }
    driver.options[name] = value == "yes" ? "true" : value;
}

// "name:" begins one, each line until the next is an option; a line that ends in '\' goes on.
std::vector<Driver> drivers_of(const std::string& text) {
    std::vector<Driver> drivers;
    std::string line;
    for (const auto part : split_lines(text)) {
        const auto bare = trimmed(part);
        if (bare.starts_with('#')) continue;
        line += bare;
        if (line.ends_with('\\')) {
            line.back() = ' ';
            continue;
        }
        const bool has_name =
            line.ends_with(':') && line.find_first_of(" \t=") == std::string::npos;
        if (has_name)
            drivers.push_back({line.substr(0, line.size() - 1), {}});
        else if (!line.empty() && !drivers.empty() && !line.starts_with('.'))
            add_option(line, drivers.back());
        line.clear();
    }
    return drivers;
}

// The files of a directory in order, but for those that Debian's update-exim4.conf(8) leaves out.
std::string texts_in(const std::string& directory) {
    namespace fs = std::filesystem;
    std::error_code error;
    std::set<std::string> names;
    for (fs::directory_iterator entry(directory, error); !error && entry != fs::end(entry);
         entry.increment(error))
        names.insert(entry->path().filename().string());
    std::string all;
    for (const auto& name : names) {
        if (name.find_first_of(".~#") != std::string::npos) continue;
        all += text_of(fmt::format("{}/{}", directory, name));
        all += '\n';
    }
    return all;
}

bool is_split(const std::string& settings) {
    for (const auto line : split_lines(settings)) {
        constexpr std::string_view key = "dc_use_split_config=";
        if (!line.starts_with(key)) continue;
        std::string value = ascii_lower(line.substr(key.size()));
        std::erase_if(value, [](char sign) { return sign == '"' || sign == '\''; });
        return trimmed(value) == "true";
    }
    return false;
}

// What Exim reads, as Debian sets it up: one file of the site's own, else one that is made of many
// or of a template.
std::string configuration_of(const std::string& directory) {
    std::string own = text_of(directory + "/exim4.conf");
    if (!own.empty()) return own;
    if (!is_split(text_of(directory + "/update-exim4.conf.conf")))
        return text_of(directory + "/exim4.conf.template");
    return texts_in(directory + "/conf.d/router") + texts_in(directory + "/conf.d/transport");
}

// What follows when the program is missing, or killed. A shell's `|| exit 75` mends both; without
// it Exim has a switch for each, which leave the message in the queue for a person to look at.
void check_status(const Driver& transport, Findings& findings) {
    const std::string temporary = transport.value("temp_errors", "75 : 73");
    const auto codes = split(temporary, ':');
    const auto defers = [&](std::string_view code) {
        return std::any_of(codes.begin(), codes.end(), [&](std::string_view one) {
            return trimmed(one) == code || trimmed(one) == "*";
        });
    };
    if (transport.is_on("ignore_status"))
        findings.broken("ignore_status: what is not taken in is lost", "take ignore_status out");
    else if (!defers("75"))
        findings.broken("temp_errors has no 75, so what is to be tried again is bounced",
                        "temp_errors = *");
    if (ends_in_75(transport.value("command"))) return;
    const std::string remedy = "let a shell end in || exit 75, as examples/exim/transport does";
    if (!transport.is_on("freeze_signal"))
        findings.broken("a program that is killed bounces the message, whatever temp_errors says",
                        remedy);
    if (!transport.is_on("freeze_exec_fail") && !defers("127"))
        findings.broken("a program that is missing bounces the message", remedy);
}

void check_user(const Driver& transport, const std::vector<Driver>& drivers,
                const std::string& owner, Findings& findings) {
    const std::string remedy = fmt::format("user = {} in the transport", owner);
    const std::string user = transport.value("user");
    if (changes_user(transport.value("command"))) return;
    // What is expanded, a macro or a number only Exim knows.
    if (!user.empty() && user.find('$') == std::string::npos && ascii_lower(user) == user &&
        !parse_number(user))
        findings.run_by(user, owner, remedy);
    if (!user.empty()) return;
    bool is_routed = false;
    bool has_user = false;
    for (const auto& router : drivers) {
        if (router.value("transport") != transport.name) continue;
        is_routed = true;
        has_user = has_user || router.has("user") || router.is_on("check_local_user");
    }
    if (is_routed && !has_user)
        findings.broken(fmt::format("runs as Exim's own user, but the ledger is {}'s", owner),
                        remedy);
}

}  // namespace

std::vector<Checked> check_exim(const CallerSite& site) {
    const auto drivers = drivers_of(configuration_of(site.etc + "/exim4"));
    std::vector<Checked> all;
    for (const auto& transport : drivers) {
        const std::string command = transport.value("command");
        if (!names_us(command)) continue;
        Findings findings("Exim: transport " + transport.name);
        check_user(transport, drivers, site.owner, findings);
        check_status(transport, findings);
        if (transport.is_on("return_output"))
            findings.broken("return_output: an answer that goes to hold is bounced to who wrote it",
                            "take return_output out");
        if (!transport.is_on("timeout_defer") && !transport.value("timeout").starts_with('0'))
            findings.warn("what takes longer than timeout is bounced", "add timeout_defer");
        if (transport.is_on("use_shell")) check_empty_words(command, "$", findings);
        std::move(findings).add_to(all);
    }
    return all;
}

}  // namespace ndr
