#include "ndr_triage/cli/run.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "command.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "version.hpp"

namespace ndr {

namespace {

std::vector<OptionSpec> global_options() {
    return {{"config", "FILE", "configuration to use"},
            {"ledger", "FILE", "ledger to use"},
            {"now", "TIME", "set the clock: 2026-11-23T10:00:00Z, for demonstrations"},
            {"help", "", "show this, or the help of a command"},
            {"version", "", "show the version"}};
}

std::vector<Subcommand> all_commands() {
    return {
        deliver_command(), filter_command(),   complain_command(), record_command(),
        replay_command(),  classify_command(), explain_command(),  status_command(),
        summary_command(), replies_command(),  networks_command(), contacts_command(),
        act_command(),     blocks_command(),   allow_command(),    verify_command(),
        review_command(),  approve_command(),  dismiss_command(),  reports_command(),
        calls_command(),   hold_command(),     rules_command(),    config_command(),
        keys_command(),    ledger_command(),   purge_command(),    doctor_command(),
    };
}

std::string general_help() {
    std::string help =
        "usage: ndr-triage [--config FILE] [--ledger FILE] COMMAND ...\n\n"
        "Reads the replies to abuse complaints and sees the follow-up through.\n\n";
    for (const auto& command : all_commands())
        help += fmt::format("  {:<22}{}\n", command.name, command.summary);
    return help + "\n" + help_of(global_options()) +
           "\n'ndr-triage COMMAND --help' tells more; so does ndr-triage(1).\n";
}

std::string help_of(const Subcommand& command) {
    std::string help = fmt::format("usage: ndr-triage {}", command.name);
    if (!command.options.empty()) help += " [OPTION]...";
    if (!command.operands.empty()) help += fmt::format(" {}", command.operands);
    return help + fmt::format("\n\n{}.\n\n", command.summary) + ndr::help_of(command.options);
}

Subcommand command_of(const std::string& name) {
    for (auto& command : all_commands()) {
        if (command.name == name) return command;
    }
    throw UsageError(
        fmt::format("'{}' is no command: 'ndr-triage --help' lists them", printable(name)));
}

Globals globals_of(const Options& options) {
    Globals globals;
    globals.config = options.value("config").value_or("");
    globals.ledger = options.value("ledger").value_or("");
    if (const auto now = options.value("now")) {
        globals.now = parse_instant(*now);
        if (!globals.now)
            throw UsageError(
                fmt::format("--now {}: no time: write 2026-11-23T10:00:00Z", printable(*now)));
    }
    return globals;
}

void require_operands(const Subcommand& command, const Options& options) {
    const auto given = options.operands().size();
    if (given < command.least_operands)
        throw UsageError(fmt::format("{}: what? usage: ndr-triage {} {}", command.name,
                                     command.name, command.operands));
    if (given > command.most_operands)
        throw UsageError(fmt::format("{}: '{}' is one word too many", command.name,
                                     printable(options.operands()[command.most_operands])));
}

ExitStatus print_version() {
    print(fmt::format("ndr-triage {}\n", version));
    return ExitStatus::ok;
}

ExitStatus run_command(const Globals& globals, std::vector<std::string> words) {
    const Subcommand command = command_of(words.front());
    auto specs = command.options;
    specs.push_back({"help", "", "show this"});
    specs.push_back({"version", "", "show the version"});
    const Options options = Options::parse(specs, {std::next(words.begin()), words.end()});
    if (options.has("help")) {
        print(help_of(command));
        return ExitStatus::ok;
    }
    if (options.has("version")) return print_version();
    require_operands(command, options);
    Context context(globals, options);
    return command.run(context);
}

// What people type who look for help: "-h", "help", "help COMMAND".
void read_as_help(std::vector<std::string>& words) {
    for (auto& word : words) {
        if (word == "-h") word = "--help";
    }
    if (words.empty() || words.front() != "help") return;
    words.erase(words.begin());
    words.push_back("--help");
}

ExitStatus run_words(std::vector<std::string> words) {
    read_as_help(words);
    const Options options = Options::parse_leading(global_options(), words);
    if (options.has("version")) return print_version();
    if (options.has("help")) {
        print(general_help());
        return ExitStatus::ok;
    }
    if (words.empty()) throw UsageError("no command: 'ndr-triage --help' lists them");
    return run_command(globals_of(options), std::move(words));
}

// The number of a standard stream that is closed would go to the next file that is opened, and our
// words into that file. What stands there instead can be neither read nor written.
void occupy_closed_streams() {
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(fd, F_GETFD) >= 0) continue;
        const int lowest = open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        if (lowest != fd) _exit(static_cast<int>(ExitStatus::temp_fail));
    }
}

// Whoever writes to us must not get a broken pipe because something failed early.
void drain_standard_input() {
    std::array<char, 64 * 1024> buffer{};
    while (read(STDIN_FILENO, buffer.data(), buffer.size()) > 0) {
    }
}

// `deliver --help` in the place of a pipe's command would answer 0 and lose the mail: true if there
// is something to read. Whoever asks for help at a terminal or in a script has nothing there.
bool is_given_mail() {
    struct stat input {};
    const bool can_bring_mail =
        fstat(STDIN_FILENO, &input) == 0 &&
        (S_ISFIFO(input.st_mode) || S_ISSOCK(input.st_mode) || S_ISREG(input.st_mode));
    if (!can_bring_mail) return false;
    constexpr int patience = 200;  // milliseconds: an MTA begins to write at once
    pollfd waiting{STDIN_FILENO, POLLIN, 0};
    char octet = 0;
    return poll(&waiting, 1, patience) > 0 && read(STDIN_FILENO, &octet, 1) == 1;
}

bool has(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_asking(const std::vector<std::string>& words) {
    return has(words, "--help") || has(words, "-h") || has(words, "help") ||
           has(words, "--version");
}

// True where an MTA is waiting: the command is one that takes a message from a pipe.
bool is_delivery(std::vector<std::string> words) {
    const auto takes_mail = [&] { return has(words, "deliver") || has(words, "filter"); };
    try {
        Options::parse_leading(global_options(), words);
    } catch (const UsageError&) {
        return takes_mail();
    }
    if (words.empty()) return false;
    const std::string command = words.front();
    return command == "deliver" || command == "filter" || (command == "record" && has(words, "-"));
}

ExitStatus status_of_run(const std::vector<std::string>& words) {
    try {
        return run_words(words);
    } catch (const Failure& failure) {
        log::error("{}", failure.what());
        return failure.status();
    } catch (const std::exception& error) {
        log::error("software fault: {}", error.what());
        return ExitStatus::software;
    }
}

}  // namespace

int run(const std::vector<std::string>& words) {
    occupy_closed_streams();
    ExitStatus status = status_of_run(words);
    if (!is_delivery(words)) return static_cast<int>(status);
    if (status == ExitStatus::ok && is_asking(words) && is_given_mail()) {
        log::error("there is mail, but only help was asked for: deferred");
        status = ExitStatus::temp_fail;
    }
    if (status != ExitStatus::ok) drain_standard_input();
    return static_cast<int>(as_seen_by_mta(status));
}

}  // namespace ndr
