#include "ndr_triage/action/block/back_ends.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "ndr_triage/action/block/plain_list.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

using Made = std::unique_ptr<BackEnd>;
using Settings = BackEndSettings;

struct Kind {
    std::string_view name;
    Reach reach;
    Made (*make)(const Settings& settings);
};

void require(bool is_set, const char* what) {
    if (!is_set) throw ConfigError(std::string("back_ends: ") + what);
}

Made make_nftables(const Settings& settings) {
    return std::make_unique<Nftables>(settings.nftables);
}

Made make_ipset(const Settings& settings) {
    return std::make_unique<Ipset>(settings.ipset);
}

Made make_fail2ban(const Settings& settings) {
    Fail2banSettings own = settings.fail2ban;
    own.keeps_port_25_open = settings.nftables.keeps_port_25_open;
    return std::make_unique<Fail2ban>(own);
}

Made make_crowdsec(const Settings& settings) {
    require(!settings.crowdsec.config.empty(),
            "'crowdsec' needs a configuration for cscli: set crowdsec.config");
    return std::make_unique<Crowdsec>(settings.crowdsec);
}

Made make_command(const Settings& settings) {
    require(!settings.command.add.empty() && !settings.command.remove.empty(),
            "'command' needs command.add and command.remove");
    return std::make_unique<CommandBackEnd>(settings.command);
}

Made make_list(const Settings& settings) {
    require(!settings.list.empty(), "'list' needs a file: set list.path");
    return std::make_unique<PlainList>(settings.list);
}

Made make_postfix(const Settings& settings) {
    require(!settings.postfix.path.empty(), "'postfix' needs a file: set postfix.path");
    return std::make_unique<CidrMap>(settings.postfix);
}

Made make_rbldnsd(const Settings& settings) {
    const RbldnsdSettings& own = settings.rbldnsd;
    require(!own.ipv4_path.empty() && !own.ipv6_path.empty() && !own.zone.empty(),
            "'rbldnsd' needs rbldnsd.zone, rbldnsd.ipv4_path and rbldnsd.ipv6_path");
    return std::make_unique<Rbldnsd>(own);
}

constexpr std::array kinds{
    Kind{"nftables", Reach::tools, make_nftables}, Kind{"ipset", Reach::tools, make_ipset},
    Kind{"fail2ban", Reach::tools, make_fail2ban}, Kind{"crowdsec", Reach::tools, make_crowdsec},
    Kind{"command", Reach::tools, make_command},   Kind{"list", Reach::files, make_list},
    Kind{"postfix", Reach::files, make_postfix},   Kind{"rbldnsd", Reach::files, make_rbldnsd}};

}  // namespace

bool is_back_end(std::string_view name) {
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](const Kind& kind) { return kind.name == name; });
}

std::vector<std::unique_ptr<BackEnd>> back_ends_of(const BackEndSettings& settings, Reach reach) {
    std::vector<std::unique_ptr<BackEnd>> made;
    for (const auto& kind : kinds) {
        const bool is_named = std::find(settings.names.begin(), settings.names.end(), kind.name) !=
                              settings.names.end();
        if (is_named && kind.reach == reach) made.push_back(kind.make(settings));
    }
    return made;
}

std::unique_ptr<BackEnd> back_end_for_export(const BackEndSettings& settings,
                                             std::string_view name) {
    const auto* kind = std::find_if(kinds.begin(), kinds.end(),
                                    [&](const Kind& known) { return known.name == name; });
    if (kind == kinds.end())
        throw UsageError(
            fmt::format("'{}' is no back end: nftables, ipset, fail2ban, command, list, postfix, "
                        "rbldnsd",
                        printable(name)));
    Settings anywhere = settings;
    for (auto* path : {&anywhere.list, &anywhere.postfix.path, &anywhere.rbldnsd.ipv4_path,
                       &anywhere.rbldnsd.ipv6_path}) {
        if (path->empty()) *path = "/nowhere";
    }
    return kind->make(anywhere);
}

}  // namespace ndr
