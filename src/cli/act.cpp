#include "ndr_triage/action/act.hpp"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>

#include "correspondence.hpp"
#include "drafting.hpp"
#include "enforcing.hpp"
#include "ndr_triage/base/file_lock.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/view/agenda.hpp"
#include "ndr_triage/view/lists.hpp"

namespace ndr {

namespace {

constexpr const char* letters_lock = ".letters";

// What one run is to do: all of it, or what one unit has the rights for.
struct Part {
    bool settles = true;
    bool sends_letters = true;
    bool carries_out_blocks = true;
    bool applies_blocks = true;
    BackEndSettings back_ends;
    std::string lock = ".act";  // behind the ledger's name
};

void show_agenda(Context& context) {
    const Configuration& configuration = context.configuration();
    Ledger ledger = context.ledger(Ledger::Access::read);
    std::vector<std::string> retry_folders;  // else they were emptied a moment ago
    if (context.options().has("dry-run")) retry_folders = configuration.retry_folders;
    const Agenda agenda = agenda_of(ledger, configuration.policy, Hold(configuration.hold),
                                    retry_folders, context.now());
    if (context.wants_json()) {
        print(listing_of(agenda.follow_ups).json_lines());
    } else {
        print(agenda_text(agenda, context.now()));
    }
}

// No question is asked; none is due either before the first block was allowed.
void show_questions(Context& context) {
    const Configuration& configuration = context.configuration();
    if (!enforces(configuration, FollowUpKind::block) || context.wants_json()) return;
    if (!configuration.policy.asks_mail_hosts) return;
    Ledger ledger = context.ledger(Ledger::Access::read);
    for (const auto& domain : mail_hosts_to_ask(ledger, context.now()))
        print(fmt::format("would ask the mail host of {}, before a block for its lost connection\n",
                          printable(domain)));
}

// What runs, and what is due to, as each back end would have it.
void show_plans(Context& context, const Part& part) {
    const Configuration& configuration = context.configuration();
    if (!enforces(configuration, FollowUpKind::block) || context.wants_json()) return;
    Ledger ledger = context.ledger(Ledger::Access::read);
    const InForce wanted = would_be_in_force(ledger, configuration.policy, context.now());
    for (const auto reach : {Reach::files, Reach::tools}) {
        for (const auto& back_end : back_ends_of(part.back_ends, reach))
            print(fmt::format("\n{} would have:\n{}", back_end->name(),
                              back_end->plan(wanted.blocks, context.now())));
    }
}

// A block that no back end knows would stand as done, and nothing would be blocked.
void require_back_ends(const Configuration& configuration) {
    if (enforces(configuration, FollowUpKind::block) && configuration.back_ends.names.empty())
        throw ConfigError(
            "enforce = block, but back_ends names none: nothing would be blocked; name one, or "
            "write enforce = nothing");
}

// fail2ban's socket is root's: where others run, a unit of root's own makes it equal.
void leave_out_what_is_roots(BackEndSettings& settings) {
    if (getuid() != 0) std::erase(settings.names, "fail2ban");
}

Part part_of(Context& context) {
    const Configuration& configuration = context.configuration();
    Part part;
    part.back_ends = configuration.back_ends;
    part.carries_out_blocks = part.applies_blocks = enforces(configuration, FollowUpKind::block);
    const auto only = context.options().value("only");
    if (!only) return part;
    if (*only == "blocks") {
        leave_out_what_is_roots(part.back_ends);
        part.sends_letters = false;
        return part;
    }
    if (*only == "letters") return {false, true, false, false, {}, letters_lock};
    auto& names = part.back_ends.names;
    if (std::find(names.begin(), names.end(), *only) == names.end())
        throw UsageError(
            fmt::format("act: --only: '{}' is none: blocks, letters, or one of back_ends ({})",
                        printable(*only), names.empty() ? "none" : joined(names, ", ")));
    names = {*only};
    part.settles = part.sends_letters = part.carries_out_blocks = false;
    part.lock = ".act-" + *only;
    return part;
}

// What went wrong, a line each.
std::vector<std::string> settle_all(Context& context) {
    const Configuration& configuration = context.configuration();
    const RuleSet rules = context.rules();
    const House house = context.house();
    Hold hold(configuration.hold);
    const Delivery delivery{rules,      house, configuration.ledger, hold,
                            Envelope(), false, context.now()};
    const Settled settled = settle(delivery, configuration.sizes, configuration.retry_folders);
    for (const auto& delivered : settled.retried) {
        if (!delivered.held.empty())
            log::warn("{}: still held: {}", delivered.held, printable(delivered.reason));
    }
    return settled.faults;
}

bool has_blocked(Ledger& ledger) {
    bool has = false;
    ledger.read([&] { has = was_ever_done(ledger, FollowUpKind::block); });
    return has;
}

void ask(Context& context, Ledger& ledger) {
    const Configuration& configuration = context.configuration();
    const auto found =
        ask_mail_hosts(ledger, configuration.policy, configuration.mail_hosts, context.now());
    if (context.wants_json()) return;
    for (const auto& probe : found)
        print(fmt::format("asked: mail host of {}: {}: {}\n", printable(probe.domain),
                          text(probe.answer.state), printable(probe.answer.detail, 1000)));
}

void carry_out(Context& context) {
    Ledger ledger = context.ledger(Ledger::Access::write);
    if (context.options().has("first") || has_blocked(ledger)) ask(context, ledger);
    const Conditions conditions{context.options().has("first"),
                                enforces(context.configuration(), FollowUpKind::notice)};
    const CarriedOut result =
        carry_out_blocks(ledger, context.configuration().policy, conditions, context.now());
    if (context.wants_json()) return;
    for (const auto& row : result.done)
        print(fmt::format("done: {}, complaint {}\n", description_of(row.follow_up.deed),
                          row.complaint));
    for (const auto& line : result.waiting)
        print(fmt::format("waits: {}\n", line));
}

using Faults = std::vector<std::string>;

void add(Faults& all, Faults more) {
    std::move(more.begin(), more.end(), std::back_inserter(all));
}

void draft_reports(Context& context) {
    if (!enforces(context.configuration(), FollowUpKind::report)) return;
    for (const auto& path : write_drafts(context)) {
        if (!context.wants_json()) print(fmt::format("drafted: {}\n", path));
    }
}

// Unless the unit for letters is at it.
void write_letters(Context& context, const Part& part, Faults& faults) {
    std::optional<FileLock> lock;
    if (part.lock != letters_lock) {
        lock = FileLock::if_free(context.configuration().ledger + letters_lock);
        if (!lock) return;
    }
    draft_reports(context);
    add(faults, send_letters(context));
    add(faults, pass_on_replies(context));
}

// Letters before blocks: a block might keep their answers out.
Faults work(Context& context, const Part& part) {
    Faults faults;
    if (part.settles) add(faults, settle_all(context));
    if (part.sends_letters) write_letters(context, part, faults);
    if (part.carries_out_blocks) carry_out(context);
    if (part.applies_blocks) add(faults, put_in_force(context, part.back_ends));
    if (part.settles) add(faults, tell_news(context, faults));
    return faults;
}

ExitStatus act(Context& context) {
    const Configuration& configuration = context.configuration();
    require_back_ends(configuration);
    const Part part = part_of(context);
    if (!configuration.enforced.empty()) context.require_own_files();
    bool is_well = true;
    if (!context.options().has("dry-run")) {
        context.ledger(
            Ledger::Access::read);  // must be there: only replies and complaints make one
        const auto lock = FileLock::if_free(configuration.ledger + part.lock);
        if (!lock) {
            log::warn("another 'act' is at work: this one ends");
            return ExitStatus::ok;
        }
        is_well = tell(work(context, part));
    }
    if (part.settles) show_agenda(context);
    if (context.options().has("dry-run")) {
        show_questions(context);
        show_plans(context, part);
    }
    return is_well ? ExitStatus::ok : ExitStatus::unavailable;
}

}  // namespace

Subcommand act_command() {
    return {"act",
            "",
            "Take up held messages and cases whose time has come, carry out what is due",
            {{"dry-run", "", "change nothing, only show what would happen and why"},
             {"only", "PART", "blocks or letters; or make one back end equal, and nothing else"},
             {"first", "", "carry out the first block, too"},
             {"json", "", "the follow-ups, one object a line"}},
            0,
            0,
            act};
}

}  // namespace ndr
