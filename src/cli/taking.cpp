#include "taking.hpp"

#include <signal.h>
#include <unistd.h>

#include <optional>

#include "envelope.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

void end_fatal_signals_in_75() {
    for (const int fatal : {SIGTERM,   SIGINT,  SIGHUP,  SIGQUIT,   SIGPIPE, SIGALRM, SIGXCPU,
                            SIGTRAP,   SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGIO,   SIGPWR,
                            SIGSTKFLT, SIGSYS,  SIGSEGV, SIGBUS,    SIGFPE,  SIGILL,  SIGABRT}) {
        struct sigaction action {};
        action.sa_handler = [](int) { _exit(static_cast<int>(ExitStatus::temp_fail)); };
        sigaction(fatal, &action, nullptr);
    }
    signal(SIGXFSZ, SIG_IGN);  // what is written beyond the limit fails, and is told
}

// With --copy nothing is deferred, whatever is broken in our house: the message goes to hold.
Taken hold_standard_input(Context& context, const Failure& failure, bool is_record) {
    Hold hold(context.configuration().hold);
    Taken taken{read_incoming(STDIN_FILENO, {}, hold), {}};
    taken.delivered.reason = failure.what();
    taken.delivered.held =
        hold_unread(hold, taken.incoming,
                    {failure.what(), context.now(), envelope_of(context.options()), is_record});
    return taken;
}

// Configuration, owner and rules before a single octet is read; what is broken throws.
struct Prepared {
    House house;
    RuleSet rules;
};

Prepared prepare(Context& context) {
    return {context.house(), context.rules()};
}

Taken take(Context& context, bool is_record) {
    std::optional<Prepared> prepared;
    try {
        prepared = prepare(context);
    } catch (const Failure& failure) {
        if (!context.options().has("copy")) throw;
        context.use_default_configuration();
        return hold_standard_input(context, failure, is_record);
    }
    const Configuration& configuration = context.configuration();
    Hold hold(configuration.hold);
    Taken taken{read_incoming(STDIN_FILENO, configuration.sizes, hold), {}};
    taken.delivered = deliver(
        {prepared->rules, prepared->house, configuration.ledger, hold,
         envelope_of(context.options()), context.options().has("copy"), context.now(), is_record},
        taken.incoming);
    return taken;
}

}  // namespace

std::vector<OptionSpec> taking_options() {
    auto options = envelope_options();
    options.push_back({"copy", "", "another copy exists: hold the message rather than defer it"});
    return options;
}

Taken take_standard_input(Context& context, bool is_record) {
    end_fatal_signals_in_75();
    Taken taken = take(context, is_record);
    const Delivered& delivered = taken.delivered;
    if (!delivered.held.empty())
        log::warn("held as {}: {}", delivered.held, printable(delivered.reason));
    return taken;
}

}  // namespace ndr
