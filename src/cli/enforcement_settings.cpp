// The keys of what is carried out, and by what.
#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/network/fetched.hpp"
#include "setting.hpp"

namespace ndr {

namespace {

// A call is a person's, and a lift goes with blocks.
Setting enforce_setting() {
    return {"enforce", "what `act` carries out: nothing, or some of block, report, notice",
            [](Configuration& c, const std::string& value) {
                const auto kinds = cell_of(value);
                c.enforced = kinds.value_or(Cell());
                return kinds && c.enforced.count(FollowUpKind::call) == 0;
            },
            [](const Configuration& c) { return text(c.enforced); }};
}

Setting answers_setting() {
    return {"answers", "who reads what people wrote: an address, or the path of a Maildir",
            [](Configuration& c, const std::string& value) {
                c.answers = value;
                return value.starts_with('/') || is_plain_address(value);
            },
            [](const Configuration& c) { return c.answers; }};
}

Setting notify_setting() {
    return {"notify", "address that is told of what is new, at most once an hour",
            [](Configuration& c, const std::string& value) {
                c.notify = value;
                return is_plain_address(value);
            },
            [](const Configuration& c) { return c.notify; }};
}

Setting control_host_setting() {
    return {"control_host",
            "HOST or HOST:PORT that answer if we are online, asked before a lost connection blocks",
            [](Configuration& c, const std::string& value) {
                c.mail_hosts.controls = words_of(value);
                return std::all_of(
                    c.mail_hosts.controls.begin(), c.mail_hosts.controls.end(),
                    [](const std::string& word) { return server_of(word, 25).has_value(); });
            },
            [](const Configuration& c) { return joined(c.mail_hosts.controls, ", "); }};
}

Setting back_ends_setting() {
    return {
        "back_ends",
        "what blocks: some of nftables, ipset, fail2ban, crowdsec, command, list, postfix, rbldnsd",
        [](Configuration& c, const std::string& value) {
            c.back_ends.names = words_of(value);
            return std::all_of(c.back_ends.names.begin(), c.back_ends.names.end(), is_back_end);
        },
        [](const Configuration& c) { return joined(c.back_ends.names, ", "); }};
}

// A program and its arguments, separated by blanks; no shell reads it.
Setting command_setting(std::string key, std::string help,
                        std::vector<std::string> CommandSettings::*member) {
    return {std::move(key), std::move(help),
            [member](Configuration& c, const std::string& value) {
                auto& words = c.back_ends.command.*member;
                words.clear();
                for (const auto word : split(value, ' ')) {
                    if (!word.empty()) words.emplace_back(word);
                }
                return words.empty() || words.front().starts_with('/');
            },
            [member](const Configuration& c) { return joined(c.back_ends.command.*member, " "); }};
}

// The path of a file that a back end writes; `owner` gives what has the member.
template <typename Part, typename Owner>
Setting file_setting(std::string key, std::string help, std::string Part::*member, Owner owner) {
    return {std::move(key), std::move(help) + " (absolute path)",
            [=](Configuration& c, const std::string& value) {
                owner(c).*member = value;
                return value.starts_with('/');
            },
            [=](const Configuration& c) { return owner(c).*member; }};
}

Setting jail_setting() {
    return {"fail2ban.jail", "the jail of fail2ban's that is all ours",
            [](Configuration& c, const std::string& value) {
                c.back_ends.fail2ban.jail = value;
                return !value.empty();
            },
            [](const Configuration& c) { return c.back_ends.fail2ban.jail; }};
}

Setting lapi_setting() {
    return {"crowdsec.url", "of CrowdSec's LAPI, without a path",
            [](Configuration& c, const std::string& value) {
                c.back_ends.crowdsec.url = value;
                return value.starts_with("http://") || value.starts_with("https://");
            },
            [](const Configuration& c) { return c.back_ends.crowdsec.url; }};
}

Setting zone_setting() {
    return {"rbldnsd.zone", "the DNS list that rbldnsd serves, to ask it",
            [](Configuration& c, const std::string& value) {
                c.back_ends.rbldnsd.zone = value;
                return is_plain_address("a@" + value);
            },
            [](const Configuration& c) { return c.back_ends.rbldnsd.zone; }};
}

}  // namespace

std::vector<Setting> enforcement_settings() {
    return {
        enforce_setting(),
        answers_setting(),
        notify_setting(),
        switch_setting(
            "report_by_mail", "mail reports to registries that take mail",
            &Configuration::reports_by_mail, [](auto& c) -> auto& { return c; }),
        control_host_setting(),
        back_ends_setting(),
        switch_setting(
            "nftables.port_25_open", "leave port 25 open to blocked networks",
            &NftablesSettings::keeps_port_25_open,
            [](auto& c) -> auto& { return c.back_ends.nftables; }),
        jail_setting(),
        file_setting(
            "crowdsec.config", "a configuration for cscli with a machine of our own",
            &CrowdsecSettings::config, [](auto& c) -> auto& { return c.back_ends.crowdsec; }),
        lapi_setting(),
        file_setting(
            "crowdsec.bouncer_key", "a file with the key of a bouncer of our own, for verify",
            &CrowdsecSettings::bouncer_key, [](auto& c) -> auto& { return c.back_ends.crowdsec; }),
        switch_setting(
            "crowdsec.lists_bouncers", "verify asks cscli which bouncers pull",
            &CrowdsecSettings::lists_bouncers,
            [](auto& c) -> auto& { return c.back_ends.crowdsec; }),
        file_setting(
            "list.path", "the plain list, a prefix a line", &BackEndSettings::list,
            [](auto& c) -> auto& { return c.back_ends; }),
        file_setting(
            "postfix.path", "the table for Postfix", &CidrMapSettings::path,
            [](auto& c) -> auto& { return c.back_ends.postfix; }),
        zone_setting(),
        file_setting(
            "rbldnsd.ipv4_path", "IPv4 data for rbldnsd", &RbldnsdSettings::ipv4_path,
            [](auto& c) -> auto& { return c.back_ends.rbldnsd; }),
        file_setting(
            "rbldnsd.ipv6_path", "IPv6 data for rbldnsd", &RbldnsdSettings::ipv6_path,
            [](auto& c) -> auto& { return c.back_ends.rbldnsd; }),
        command_setting("command.add", "a program and its arguments with {prefix}",
                        &CommandSettings::add),
        command_setting("command.remove", "likewise, for a prefix that goes",
                        &CommandSettings::remove),
        command_setting("command.check", "likewise; it succeeds if the prefix is blocked",
                        &CommandSettings::check)};
}

}  // namespace ndr
