#include <fmt/core.h>

#include <algorithm>

#include "command_line.hpp"
#include "findings.hpp"
#include "ndr_triage/base/text.hpp"
#include "postfix.hpp"

namespace ndr {

namespace {

// What an alias expands to, as local(8) parts it: by commas and blanks outside double quotes, which
// are taken off.
std::vector<std::string> destinations_of(std::string_view text) {
    std::vector<std::string> destinations;
    std::string destination;
    bool is_quoted = false;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char sign = i < text.size() ? text[i] : ',';
        if (sign == '\\' && i + 1 < text.size()) {
            destination += text[++i];
        } else if (sign == '"') {
            is_quoted = !is_quoted;
        } else if (is_quoted || (sign != ',' && sign != ' ' && sign != '\t')) {
            destination += sign;
        } else if (!destination.empty()) {
            destinations.push_back(std::move(destination));
            destination.clear();
        }
    }
    return destinations;
}

// Anything else than these and local(8) has a shell run the command (Postfix, exec_command.c): its
// 127 and 137 for a program that is missing or killed are then final.
bool needs_shell(std::string_view command) {
    return command.find_first_not_of(
               " \t1234567890!@%-_=+:,./"
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos;
}

// A file that may name commands, and whether main.cf lets it.
struct Source {
    std::string path;
    std::string kind;   // as allow_mail_to_commands names it
    std::string owner;  // who runs what it names
    std::string remedy;
};

class LocalDelivery {
public:
    LocalDelivery(const CallerSite& site, const MainCf& main_cf, std::vector<Checked>& all)
        : site_(site), main_cf_(main_cf), all_(all) {}

    void check_aliases();
    void check_forward();

private:
    void check_include(const std::string& path);
    void check_all(const std::vector<std::string>& destinations, const Source& source);
    void check_command(std::string_view command, const Source& source, Findings& findings);
    void check_file(const Source& source, Findings& findings);
    // A command of root's file runs as the nobody of main.cf.
    std::string runner(const std::string& path) const;

    const CallerSite& site_;
    const MainCf& main_cf_;
    std::vector<Checked>& all_;
};

std::string LocalDelivery::runner(const std::string& path) const {
    const std::string owner = owner_of(path);
    return owner == "root" ? main_cf_.value("default_privs", "nobody") : owner;
}

void LocalDelivery::check_file(const Source& source, Findings& findings) {
    if (source.kind == "include" && is_writable_by_others(source.path))
        findings.broken("everybody may write the file, so Postfix bounces all mail",
                        "chmod 644 " + source.path);
    if (source.kind == "forward")
        check_own_file(source.path, site_.owner, {true, true, false, "Postfix does not read it"},
                       findings);
}

void LocalDelivery::check_command(std::string_view command, const Source& source,
                                  Findings& findings) {
    if (!changes_user(command)) findings.run_by(source.owner, site_.owner, source.remedy);
    const std::string allowed = main_cf_.value("allow_mail_to_commands", "alias, forward");
    if (allowed.find(source.kind) == std::string::npos && allowed.find('$') == std::string::npos)
        findings.broken(
            fmt::format("bounces all mail: allow_mail_to_commands has no {}", source.kind),
            fmt::format("allow_mail_to_commands = {}, {} in main.cf", allowed, source.kind));
    const bool has_shell = !main_cf_.value("local_command_shell").empty() || needs_shell(command);
    if (has_shell && !ends_in_75(command))
        findings.broken("a program that is missing or killed bounces the message",
                        "end the command in || exit 75, as examples/postfix/command.include does");
    check_empty_words(command, "$", findings);
    check_file(source, findings);
}

void LocalDelivery::check_all(const std::vector<std::string>& destinations, const Source& source) {
    for (std::size_t i = 0; i < destinations.size(); ++i) {
        const std::string& one = destinations[i];
        Findings findings("Postfix: |command in " + source.path);
        if (one.starts_with(":include:")) {
            if (source.kind != "include") check_include(one.substr(9));
        } else if (one.starts_with('|') && names_us(one)) {
            check_command(std::string_view(one).substr(1), source, findings);
            std::move(findings).add_to(all_);
        } else if (one.starts_with('|') && i + 1 < destinations.size() &&
                   names_us(one + " " + destinations[i + 1])) {
            findings.broken("Postfix runs its first word alone, which bounces the message",
                            "put double quotes around the whole, | and all");
            std::move(findings).add_to(all_);
        }
    }
}

void LocalDelivery::check_include(const std::string& path) {
    const std::string remedy = fmt::format("chown {} {}", site_.owner, path);
    if (!is_there(path) && path.find("ndr-triage") != std::string::npos)
        all_.push_back({Health::broken,
                        fmt::format("Postfix: {}: not there, so Postfix bounces all mail", path),
                        "make it, as examples/postfix/command.aliases says"});
    for (const auto& line : logical_lines(text_of(path)))
        check_all(destinations_of(line), {path, "include", runner(path), remedy});
}

void LocalDelivery::check_aliases() {
    const std::string path = site_.etc + "/aliases";
    if (main_cf_.value("alias_maps", path).find("/etc/aliases") == std::string::npos) return;
    const std::string table = is_there(path + ".db") ? path + ".db" : path;
    const Source source{path, "alias", runner(table),
                        "use an :include: file, as examples/postfix/command.aliases has it"};
    for (const auto& line : logical_lines(text_of(path))) {
        if (const auto colon = line.find(':'); colon != std::string::npos)
            check_all(destinations_of(line.substr(colon + 1)), source);
    }
}

void LocalDelivery::check_forward() {
    const std::string path = site_.home + "/.forward";
    for (const auto& line : logical_lines(text_of(path)))
        check_all(destinations_of(line), {path, "forward", site_.owner, ""});
}

}  // namespace

void check_local_commands(const CallerSite& site, const MainCf& main_cf,
                          std::vector<Checked>& all) {
    if (!main_cf.is_there()) return;
    LocalDelivery delivery(site, main_cf, all);
    delivery.check_aliases();
    delivery.check_forward();
}

}  // namespace ndr
