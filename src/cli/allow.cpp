#include <fmt/core.h>

#include <algorithm>

#include "enforcing.hpp"
#include "ndr_triage/action/allow_list.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

namespace {

// The file alone counts here: it may be what is missing or faulty.
std::string list_of(Context& context) {
    std::string file = context.configuration_as_written().surroundings.allow_list;
    if (file.empty())
        throw ConfigError(
            "allow: no file is configured: write 'allow_list = /etc/ndr-triage/allow' into the "
            "configuration");
    return file;
}

Prefix prefix_of(const std::string& word) {
    const auto address = Address::parse(word);
    const auto prefix = address ? std::optional(Prefix(*address, 128)) : Prefix::parse(word);
    if (prefix) return *prefix;
    throw UsageError(fmt::format(
        "allow: '{}' is no prefix: write 198.51.100.0/24, with no bit set behind the length",
        printable(word)));
}

std::string comment_of(const Options& options) {
    std::string why = options.value("why").value_or("");
    if (why.find_first_of("\r\n") != std::string::npos)
        throw UsageError("allow: --why: one line, please");
    return why;
}

ExitStatus list(Context& context) {
    const std::string file = list_of(context);
    Listing listing{{{"prefix", "PREFIX"}, {"what", "WHAT"}}, {}};
    if (read_file_if_there(file)) {
        for (const auto& entry : read_allow_list(file))
            listing.rows.push_back({entry.prefix.text(), entry.name});
    }
    context.print(listing, file + ": nothing is allow-listed");
    return ExitStatus::ok;
}

ExitStatus add(Context& context, const Prefix& prefix) {
    const std::string file = list_of(context);
    const bool is_new = add_to_allow_list(file, prefix, comment_of(context.options()));
    print(fmt::format(
        "{}: {} {}\n", file, prefix.text(),
        is_new ? "is never blocked: from the next 'act' on no block that touches it is in "
                 "force"
               : "was there already"));
    return ExitStatus::ok;
}

ExitStatus remove(Context& context, const Prefix& prefix) {
    const std::string file = list_of(context);
    if (!remove_from_allow_list(file, prefix))
        throw Failure(
            ExitStatus::no_input,
            fmt::format("{}: {} is not in it: 'allow list' shows what is", file, prefix.text()));
    print(fmt::format("{}: {} taken out\n", file, prefix.text()));
    return ExitStatus::ok;
}

ExitStatus allow(Context& context) {
    const auto& words = context.operands();
    const std::string verb = words.empty() ? "list" : words.front();
    if (verb == "list" && words.size() <= 1) return list(context);
    if (verb == "add" && words.size() == 2) return add(context, prefix_of(words[1]));
    if (verb == "remove" && words.size() == 2) return remove(context, prefix_of(words[1]));
    throw UsageError("allow: write 'allow [list]', 'allow add PREFIX' or 'allow remove PREFIX'");
}

}  // namespace

Subcommand allow_command() {
    return {"allow",
            "[list | add PREFIX | remove PREFIX]",
            "Prefixes that are never blocked",
            {{"why", "TEXT", "add: what it is, kept beside it"},
             {"json", "", "list: one object a line"}},
            0,
            2,
            allow};
}

}  // namespace ndr
