#include <fmt/core.h>

#include <algorithm>

#include "command.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/ledger/purge.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_at_once = 500;              // a delivery waits for no more than these
constexpr Seconds notes_kept = std::chrono::days(90);  // no open case rests on older ones

std::string text(const KeptMessages& messages) {
    return fmt::format("the octets of {}, {} in all",
                       counted(static_cast<std::size_t>(messages.count), "reply", "replies"),
                       messages.octets);
}

void add(KeptMessages& all, const KeptMessages& more) {
    all.count += more.count;
    all.octets += more.octets;
}

KeptMessages take_out(Ledger& ledger, Instant before, bool also_unread) {
    KeptMessages all;
    KeptMessages taken;
    do {
        ledger.write([&] { taken = purge_messages(ledger, before, also_unread, most_at_once); });
        add(all, taken);
    } while (taken.count > 0);
    return all;
}

KeptMessages would_take_out(const OldMessages& old, bool also_unread) {
    KeptMessages all = old.read;
    if (also_unread) add(all, old.unread);
    return all;
}

ExitStatus purge(Context& context) {
    const bool also_unread = context.options().has("unread");
    const bool is_dry = context.options().has("dry-run");
    const Instant before = context.now() - context.configuration().keep;
    Ledger ledger = context.ledger(is_dry ? Ledger::Access::read : Ledger::Access::write);
    OldMessages old;
    ledger.read([&] { old = old_messages(ledger, before); });
    KeptMessages taken = would_take_out(old, also_unread);
    if (!is_dry) {
        taken = take_out(ledger, before, also_unread);
        ledger.write([&] { purge_notes(ledger, std::min(before, context.now() - notes_kept)); });
    }
    print(fmt::format("{}: {}, recorded before {}; what was decided stays\n",
                      is_dry ? "would take out" : "taken out", text(taken), iso_text(before)));
    if (!also_unread && old.unread.count > 0)
        print(fmt::format(
            "kept: {}: nobody has got these yet; {}, or 'purge --unread' takes them, "
            "too\n",
            text(old.unread),
            context.configuration().answers.empty() ? "set 'answers'" : "let 'act' pass them on"));
    return ExitStatus::ok;
}

}  // namespace

Subcommand purge_command() {
    return {"purge",
            "",
            "Take out the octets of replies that are older than 'keep'",
            {{"dry-run", "", "change nothing, say what would be taken out"},
             {"unread", "", "also of replies that 'answers' should have got"}},
            0,
            0,
            purge};
}

}  // namespace ndr
