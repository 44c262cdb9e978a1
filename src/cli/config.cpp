#include <fmt/core.h>

#include "command.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

namespace {

ExitStatus show(Context& context) {
    const Configuration& configuration = context.configuration();
    if (context.wants_json()) {
        Listing listing{{{"key", "KEY"}, {"value", "VALUE"}, {"help", "MEANING"}}, {}};
        for (const auto& key : keys_of(configuration))
            listing.rows.push_back({key.key, key.value, key.help});
        print(listing.json_lines());
        return ExitStatus::ok;
    }
    std::string text = fmt::format("# read from {}\n", configuration.file.empty()
                                                           ? "no file: these are the defaults"
                                                           : configuration.file);
    for (const auto& key : keys_of(configuration))
        text += fmt::format("# {}\n{}{} = {}\n", key.help, key.value.empty() ? "# " : "", key.key,
                            key.value);
    print(text);
    return ExitStatus::ok;
}

ExitStatus check(Context& context) {
    const Configuration& configuration = context.configuration();
    const auto rules = context.rules();
    print(fmt::format("{}: no fault; {}\n",
                      configuration.file.empty() ? "defaults" : configuration.file,
                      counted(rules.lines().size(), "rule")));
    return ExitStatus::ok;
}

ExitStatus config(Context& context) {
    const auto& words = context.operands();
    if (words.empty() || words.front() == "show") return show(context);
    if (words.front() == "check") return check(context);
    throw UsageError("config: write 'config show' or 'config check'");
}

}  // namespace

Subcommand config_command() {
    return {"config",
            "[show | check]",
            "Show the configuration in force, or check it",
            {{"json", "", "one object a line"}},
            0,
            1,
            config};
}

}  // namespace ndr
