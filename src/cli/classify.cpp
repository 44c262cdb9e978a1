#include <fmt/core.h>

#include "judging.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/view/classification.hpp"

namespace ndr {

namespace {

ExitStatus classify(Context& context) {
    set_up_mail(true);
    const RuleSet rules = context.rules();
    JudgePool pool(rules);
    MessageSource source(context.operands(), context.configuration().sizes);
    Faults faults;
    for_each_message(pool, source, faults, [&](Examined& examined) {
        const SourceItem& item = examined.item;
        const Judgement& judgement = *examined.examination.judgement;
        if (context.wants_json()) {
            print(classification_json(item.path, item.index, judgement) + "\n");
        } else {
            print(fmt::format("{}: {}\n", printable(item_name(item.path, item.index), 1000),
                              classification_line(judgement)));
        }
    });
    return faults.status();
}

}  // namespace

Subcommand classify_command() {
    return {"classify",
            "PATH...",
            "Say what each reply means; no ledger is needed",
            {{"json", "", "one object a line"}},
            1,
            any_number,
            classify};
}

}  // namespace ndr
