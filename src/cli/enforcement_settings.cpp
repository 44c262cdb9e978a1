// The keys of what is carried out, and by what.
#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "setting.hpp"

namespace ndr {

namespace {

Setting enforce_setting() {
    return {"enforce", "what `act` carries out: nothing, or block",
            [](Configuration& c, const std::string& value) {
                c.carries_out_blocks = value == "block";
                return value == "block" || value == "nothing";
            },
            [](const Configuration& c) {
                return std::string(c.carries_out_blocks ? "block" : "nothing");
            }};
}

Setting back_ends_setting() {
    return {"back_ends", "what blocks: some of nftables, list and command",
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

Setting list_setting() {
    return {"list.path", "the plain list, a prefix a line (absolute path)",
            [](Configuration& c, const std::string& value) {
                c.back_ends.list = value;
                return value.starts_with('/');
            },
            [](const Configuration& c) { return c.back_ends.list; }};
}

}  // namespace

std::vector<Setting> enforcement_settings() {
    return {enforce_setting(),
            back_ends_setting(),
            switch_setting(
                "nftables.port_25_open", "leave port 25 open to blocked networks",
                &NftablesSettings::keeps_port_25_open,
                [](auto& c) -> auto& { return c.back_ends.nftables; }),
            list_setting(),
            command_setting("command.add", "a program and its arguments with {prefix}",
                            &CommandSettings::add),
            command_setting("command.remove", "likewise, for a prefix that goes",
                            &CommandSettings::remove),
            command_setting("command.check", "likewise; it succeeds if the prefix is blocked",
                            &CommandSettings::check)};
}

}  // namespace ndr
