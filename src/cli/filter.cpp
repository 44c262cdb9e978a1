#include <unistd.h>

#include "ndr_triage/intake/passing_on.hpp"
#include "taking.hpp"

namespace ndr {

namespace {

ExitStatus run_filter(Context& context) {
    const Taken taken = take_standard_input(context);
    pass_on(taken.incoming, marks_of(taken.delivered), STDOUT_FILENO);
    return ExitStatus::ok;
}

}  // namespace

Subcommand filter_command() {
    return {"filter",
            "",
            "The same, and the message goes to standard output with what it says in its header",
            taking_options(),
            0,
            0,
            run_filter};
}

}  // namespace ndr
