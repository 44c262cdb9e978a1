#include <fmt/core.h>
#include <signal.h>
#include <unistd.h>

#include <optional>

#include "command.hpp"
#include "envelope.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/delivery.hpp"

namespace ndr {

namespace {

// Not every caller defers when we die of a signal; every one does on 75.
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

void say_where(const std::string& held, const std::string& reason) {
    log::warn("held as {}: {}", held, printable(reason));
}

// With --copy nothing is deferred, whatever is broken in our house: the message goes to hold.
ExitStatus hold_standard_input(Context& context, const Failure& failure) {
    Hold hold(context.configuration().hold);
    say_where(hold_unread(hold, read_incoming(STDIN_FILENO, {}, hold),
                          {failure.what(), context.now(), envelope_of(context.options())}),
              failure.what());
    return ExitStatus::ok;
}

// Configuration, owner and rules before a single octet is read; what is broken throws.
struct Prepared {
    House house;
    RuleSet rules;
};

Prepared prepare(Context& context) {
    return {context.house(), context.rules()};
}

ExitStatus take_standard_input(Context& context, const Prepared& prepared) {
    const Configuration& configuration = context.configuration();
    Hold hold(configuration.hold);
    Incoming incoming = read_incoming(STDIN_FILENO, configuration.sizes, hold);
    const Delivery delivery{prepared.rules,
                            prepared.house,
                            configuration.ledger,
                            hold,
                            envelope_of(context.options()),
                            context.options().has("copy"),
                            context.now()};
    const Delivered delivered = deliver(delivery, std::move(incoming));
    if (!delivered.held.empty()) say_where(delivered.held, delivered.reason);
    return ExitStatus::ok;
}

ExitStatus run_deliver(Context& context) {
    end_fatal_signals_in_75();
    std::optional<Prepared> prepared;
    try {
        prepared = prepare(context);
    } catch (const Failure& failure) {
        if (!context.options().has("copy")) throw;
        context.use_default_configuration();
        return hold_standard_input(context, failure);
    }
    return take_standard_input(context, *prepared);
}

}  // namespace

Subcommand deliver_command() {
    auto options = envelope_options();
    options.push_back({"copy", "", "another copy exists: hold the message rather than defer it"});
    return {"deliver",
            "",
            "Take one reply from standard input into the ledger: for MTAs and delivery agents",
            options,
            0,
            0,
            run_deliver};
}

}  // namespace ndr
