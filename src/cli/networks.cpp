#include "command.hpp"
#include "ndr_triage/view/lists.hpp"

namespace ndr {

namespace {

ExitStatus networks(Context& context) {
    if (!context.operands().empty() && context.operands().front() != "list")
        throw UsageError("networks: write 'networks [list]'");
    std::vector<NetworkRow> rows;
    Ledger ledger = context.ledger(Ledger::Access::read);
    ledger.read([&] { rows = list_networks(ledger); });
    context.print(listing_of(rows), "no networks: 'record' brings complaints in");
    return ExitStatus::ok;
}

}  // namespace

Subcommand networks_command() {
    return {"networks",
            "[list]",
            "List networks and who says so",
            {{"json", "", "one object a line"}},
            0,
            1,
            networks};
}

}  // namespace ndr
