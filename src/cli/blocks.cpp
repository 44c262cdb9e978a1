#include <fmt/core.h>

#include "command.hpp"
#include "ndr_triage/action/enforcement.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/lists.hpp"

namespace ndr {

namespace {

ExitStatus blocks(Context& context) {
    if (!context.operands().empty() && context.operands().front() != "list")
        throw UsageError("blocks: write 'blocks [list]'");
    std::vector<RunningBlock> running;
    Ledger ledger = context.ledger(Ledger::Access::read);
    ledger.read([&] { running = running_blocks(ledger, context.now()); });
    context.print(listing_of(running), "no block runs");
    return ExitStatus::ok;
}

ExitStatus verify_all(Context& context) {
    const Configuration& configuration = context.configuration();
    const BackEnds files = back_ends_of(configuration.back_ends, Reach::files);
    const BackEnds tools = back_ends_of(configuration.back_ends, Reach::tools);
    context.require_own_files();
    InForce wanted;
    {
        Ledger ledger = context.ledger(Ledger::Access::read);
        wanted = in_force(ledger, configuration.policy, context.now());
    }
    std::vector<std::string> faults = wanted.refused;
    if (configuration.back_ends.names.empty() && !wanted.blocks.empty())
        faults.push_back(fmt::format("back_ends names none: {} in force nowhere",
                                     counted(wanted.blocks.size(), "prefix is", "prefixes are")));
    const auto add = [&](const BackEnds& back_ends) {
        for (auto& line : verify(back_ends, wanted, context.now()))
            faults.push_back(std::move(line));
    };
    add(files);
    context.become_caller();
    add(tools);
    for (const auto& fault : faults)
        print(printable(fault, 1000) + "\n");
    if (!faults.empty()) return ExitStatus::differences;
    print(fmt::format("{} in force in {}\n", counted(wanted.blocks.size(), "prefix", "prefixes"),
                      counted(files.size() + tools.size(), "back end")));
    return ExitStatus::ok;
}

}  // namespace

Subcommand blocks_command() {
    return {"blocks", "[list]", "List the blocks that run", {{"json", "", "one object a line"}}, 0,
            1,        blocks};
}

Subcommand verify_command() {
    return {"verify", "",        "Prove that what runs is in force in every back end", {}, 0,
            0,        verify_all};
}

}  // namespace ndr
