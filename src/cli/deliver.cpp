#include "taking.hpp"

namespace ndr {

namespace {

ExitStatus run_deliver(Context& context) {
    take_standard_input(context);
    return ExitStatus::ok;
}

}  // namespace

Subcommand deliver_command() {
    return {"deliver",
            "",
            "Take one reply from standard input into the ledger: for MTAs and delivery agents",
            taking_options(),
            0,
            0,
            run_deliver};
}

}  // namespace ndr
