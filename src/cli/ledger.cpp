#include <fmt/core.h>

#include "command.hpp"

namespace ndr {

namespace {

ExitStatus check(Context& context) {
    Ledger ledger = context.ledger(Ledger::Access::read);
    const std::string findings = check_ledger(ledger);
    if (!findings.empty())
        throw LedgerError(
            ExitStatus::data_error,
            fmt::format("ledger {}: damaged: {}; restore a backup", ledger.path(), findings));
    print(fmt::format("{}: no fault, schema {}\n", ledger.path(), known_schema()));
    return ExitStatus::ok;
}

ExitStatus ledger_verbs(Context& context) {
    const auto& words = context.operands();
    const std::string& path = context.configuration().ledger;
    context.become_ledger_owner();
    if (words.front() == "check" && words.size() == 1) return check(context);
    if (words.front() == "backup" && words.size() == 2) {
        backup_ledger(path, words[1]);
        print(fmt::format("{}: copied to {}\n", path, words[1]));
        return ExitStatus::ok;
    }
    if (words.front() == "upgrade" && words.size() == 1) {
        const int steps = upgrade_ledger(path);
        print(fmt::format("{}: schema {}, {} steps applied\n", path, known_schema(), steps));
        return ExitStatus::ok;
    }
    throw UsageError("ledger: write 'ledger check', 'ledger backup FILE' or 'ledger upgrade'");
}

}  // namespace

Subcommand ledger_command() {
    return {
        "ledger",    "check | backup FILE | upgrade", "Check, copy or upgrade the ledger", {}, 1, 2,
        ledger_verbs};
}

}  // namespace ndr
