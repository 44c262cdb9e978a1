#include <sys/stat.h>

#include "judging.hpp"
#include "ndr_triage/view/classification.hpp"
#include "ndr_triage/view/explanation.hpp"

namespace ndr {

namespace {

ExitStatus explain(Context& context) {
    Examined examined = one_message(context, context.operands().front());
    const SourceItem& item = examined.item;
    Judgement judgement = std::move(*examined.examination.judgement);
    struct stat there {};
    if (stat(context.configuration().ledger.c_str(), &there) != 0) {
        print(explanation(item_name(item.path, item.index), judgement, terminal_width()) +
              "\nwhat follows\n  nothing is known of it: there is no ledger yet\n");
        return ExitStatus::ok;
    }
    Ledger ledger = context.ledger(Ledger::Access::read);
    const House house = context.house();
    const Preview preview =
        preview_of(ledger, house, item.message.digest, {}, std::move(judgement), context.now());
    print(explanation(item_name(item.path, item.index), preview.judgement, terminal_width()) +
          explanation(preview, house.policy));
    return ExitStatus::ok;
}

}  // namespace

Subcommand explain_command() {
    return {"explain", "PATH", "Show the evidence in order, what decided, and what follows", {}, 1,
            1,         explain};
}

}  // namespace ndr
