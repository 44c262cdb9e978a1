#include <fmt/core.h>
#include <unistd.h>

#include "judging.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/view/classification.hpp"
#include "ndr_triage/view/lists.hpp"
#include "ndr_triage/view/progress.hpp"

namespace ndr {

namespace {

std::string line_of(const SourceItem& item, const Receipt& receipt) {
    return fmt::format("{}: {}  {} ({})\n", printable(item_name(item.path, item.index), 1000),
                       classification_line(receipt.judgement), text(receipt.filing),
                       text(receipt.identity.trust));
}

ExitStatus replay(Context& context) {
    outlive_reader();
    set_up_mail(true);
    const RuleSet rules = context.rules();
    JudgePool pool(rules);
    MessageSource source(context.operands(), context.configuration().sizes);
    Ledger ledger = context.ledger(Ledger::Access::write);
    const House house = context.house();
    const bool shows_bar = is_terminal(STDERR_FILENO) && !context.options().has("verbose");
    ProgressBar bar(shows_bar);
    Tally tally;
    Faults faults([&] { bar.clear(); });
    for_each_message(
        pool, source, faults,
        [&](Examined& examined) {
            const Receipt receipt =
                take_in(ledger, house, examined.item.message, {},
                        std::move(*examined.examination.judgement), context.now());
            tally.add(receipt.judgement, receipt.filing);
            if (!shows_bar && !context.wants_json()) print(line_of(examined.item, receipt));
        },
        [&] { bar.update(source.octets_read(), source.octets_known(), tally.count()); });
    bar.clear();
    if (!context.wants_json()) print("\n");
    context.print(tally.listing(), "");
    if (faults.count() > 0 && !context.wants_json())
        print(counted(faults.count(), "fault") + ", told above\n");
    return faults.status();
}

}  // namespace

Subcommand replay_command() {
    return {"replay",
            "PATH...",
            "Take saved replies into the ledger: .eml, mbox, Maildir, directories, '-'",
            {{"verbose", "", "a line for each message, on a terminal too"},
             {"json", "", "the summary as JSON"}},
            1,
            any_number,
            replay};
}

}  // namespace ndr
