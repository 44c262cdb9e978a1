#include <fmt/core.h>

#include "enforcing.hpp"
#include "ndr_triage/action/by_hand.hpp"
#include "ndr_triage/base/file_lock.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/login.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/lists.hpp"

namespace ndr {

namespace {

constexpr const char* usage =
    "blocks: write 'blocks [list]', 'blocks add NETWORK', 'blocks remove NETWORK', 'blocks export "
    "BACK-END' or 'blocks lift-all --yes'";

AddressRange range_of(const std::string& word) {
    if (const auto address = Address::parse(word)) return {*address, *address};
    if (const auto range = AddressRange::parse(word)) return *range;
    throw UsageError(
        fmt::format("blocks: '{}' is no network: write 198.51.100.0/24, with no bit "
                    "set behind the length, or FIRST-LAST",
                    printable(word)));
}

Hand hand_of(const Context& context) {
    return {login_name(), context.options().value("why").value_or("")};
}

ExitStatus status_of(bool is_well) {
    return is_well ? ExitStatus::ok : ExitStatus::unavailable;
}

// As `act` would, which must not run meanwhile.
FileLock exclusive(Context& context) {
    context.become_ledger_owner();
    const std::string path = context.configuration().ledger + ".act";
    if (auto lock = FileLock::if_free(path)) return std::move(*lock);
    log::info("waiting for 'act' to end");
    return FileLock(path);
}

std::vector<RunningBlock> all_running(Context& context) {
    Ledger ledger = context.ledger(Ledger::Access::read);
    std::vector<RunningBlock> running;
    ledger.read([&] { running = running_blocks(ledger, context.now()); });
    return running;
}

ExitStatus list(Context& context) {
    context.print(listing_of(all_running(context)), "no block runs");
    return ExitStatus::ok;
}

Seconds term_for(Context& context) {
    const auto word = context.options().value("for");
    if (!word) return context.configuration().policy.block_term;
    const auto term = parse_span(*word);
    if (term && term->count() > 0) return *term;
    throw UsageError(
        fmt::format("blocks: --for: '{}' is no time: write 30d or 12h", printable(*word)));
}

ExitStatus add(Context& context, const std::string& word) {
    const Block block{range_of(word), term_for(context), context.options().has("around")};
    const Hand hand = hand_of(context);
    context.require_own_files();
    const FileLock lock = exclusive(context);
    Ledger ledger = context.ledger(Ledger::Access::write);
    const auto id = block_by_hand(ledger, context.configuration().policy, block, hand,
                                  context.options().has("yes"), context.now());
    print(fmt::format("done: {}, number {}\n", description_of(block), id));
    return status_of(put_in_force(context));
}

void say_lifted(const std::vector<RunningBlock>& lifted) {
    for (const auto& block : lifted)
        print(fmt::format("lifted: block {} of {}\n", block.id, block.block.range.text()));
}

ExitStatus remove(Context& context, const std::string& word) {
    const AddressRange range = range_of(word);
    const Hand hand = hand_of(context);
    const FileLock lock = exclusive(context);
    Ledger ledger = context.ledger(Ledger::Access::write);
    say_lifted(lift_by_hand(ledger, context.configuration().policy, range, hand, context.now()));
    return status_of(put_in_force(context));
}

ExitStatus export_as(Context& context, const std::string& name) {
    const Configuration& configuration = context.configuration();
    const auto back_end = back_end_for_export(configuration.back_ends, name);
    Ledger ledger = context.ledger(Ledger::Access::read);
    const InForce wanted = in_force(ledger, configuration.policy, context.now());
    for (const auto& line : wanted.refused)
        log::warn("{}", printable(line, 1000));
    print(back_end->plan(wanted.blocks, context.now()));
    return ExitStatus::ok;
}

// For whoever is locked out: back ends are emptied whatever is wrong with the ledger.
ExitStatus lift_all(Context& context) {
    if (!context.options().has("yes"))
        throw UsageError("blocks: lift-all ends every block: write 'blocks lift-all --yes'");
    const Hand hand = hand_of(context);
    bool is_well = true;
    std::optional<FileLock> lock;
    try {
        lock = exclusive(context);
        Ledger ledger = context.ledger(Ledger::Access::write);
        say_lifted(lift_all_by_hand(ledger, context.configuration().policy, hand, context.now()));
    } catch (const Failure& failure) {
        is_well = false;
        log::error(
            "{}; the back ends are emptied all the same, and the next 'act' that can read "
            "the ledger blocks again",
            printable(failure.what(), 1000));
    }
    const auto& settings = context.configuration().back_ends;
    for (const auto& fault : make_equal(context, settings, {})) {
        is_well = false;
        log::error("{}", printable(fault, 1000));
    }
    print(fmt::format("{} emptied\n", settings.names.empty() ? "no back end is configured: none"
                                                             : joined(settings.names, ", ")));
    return status_of(is_well);
}

ExitStatus blocks(Context& context) {
    const auto& words = context.operands();
    const std::string verb = words.empty() ? "list" : words.front();
    if (verb == "list" && words.size() <= 1) return list(context);
    if (verb == "add" && words.size() == 2) return add(context, words[1]);
    if (verb == "remove" && words.size() == 2) return remove(context, words[1]);
    if (verb == "export" && words.size() == 2) return export_as(context, words[1]);
    if (verb == "lift-all" && words.size() == 1) return lift_all(context);
    throw UsageError(usage);
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
    const auto add_faults = [&](const BackEnds& back_ends) {
        for (auto& line : verify(back_ends, wanted, context.now()))
            faults.push_back(std::move(line));
    };
    add_faults(files);
    context.become_caller();
    add_faults(tools);
    for (const auto& fault : faults)
        print(printable(fault, 1000) + "\n");
    if (!faults.empty()) return ExitStatus::differences;
    print(fmt::format("{} in force in {}\n", counted(wanted.blocks.size(), "prefix", "prefixes"),
                      counted(files.size() + tools.size(), "back end")));
    return ExitStatus::ok;
}

}  // namespace

Subcommand blocks_command() {
    return {"blocks",
            "[list | add NETWORK | remove NETWORK | export BACK-END | lift-all]",
            "The blocks that run, and blocks by hand",
            {{"for", "SPAN", "add: how long (30d, 12h); block_term if not given"},
             {"why", "TEXT", "add, remove, lift-all: kept with your login name"},
             {"around", "", "add: all but what must stay open"},
             {"yes", "", "add: even if it is wide; lift-all: do it"},
             {"json", "", "list: one object a line"}},
            0,
            2,
            blocks};
}

Subcommand verify_command() {
    return {"verify", "",        "Prove that what runs is in force in every back end", {}, 0,
            0,        verify_all};
}

}  // namespace ndr
