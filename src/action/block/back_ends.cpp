#include "ndr_triage/action/block/back_ends.hpp"

#include <algorithm>
#include <array>

#include "ndr_triage/action/block/plain_list.hpp"

namespace ndr {

namespace {

using Made = std::unique_ptr<BackEnd>;

struct Kind {
    std::string_view name;
    Made (*make)(const BackEndSettings& settings);
};

Made make_list(const BackEndSettings& settings) {
    if (settings.list.empty()) throw ConfigError("back_ends: 'list' needs a file: set list.path");
    return std::make_unique<PlainList>(settings.list);
}

Made make_command(const BackEndSettings& settings) {
    if (settings.command.add.empty() || settings.command.remove.empty())
        throw ConfigError("back_ends: 'command' needs command.add and command.remove");
    return std::make_unique<CommandBackEnd>(settings.command);
}

constexpr std::array kinds{Kind{"nftables",
                                [](const BackEndSettings& settings) -> Made {
                                    return std::make_unique<Nftables>(settings.nftables);
                                }},
                           Kind{"list", make_list}, Kind{"command", make_command}};

}  // namespace

bool is_back_end(std::string_view name) {
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](const Kind& kind) { return kind.name == name; });
}

std::vector<std::unique_ptr<BackEnd>> back_ends_of(const BackEndSettings& settings) {
    std::vector<std::unique_ptr<BackEnd>> made;
    for (const auto& kind : kinds) {
        if (std::find(settings.names.begin(), settings.names.end(), kind.name) !=
            settings.names.end())
            made.push_back(kind.make(settings));
    }
    return made;
}

}  // namespace ndr
