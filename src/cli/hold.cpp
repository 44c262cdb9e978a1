#include "ndr_triage/intake/hold.hpp"

#include <fmt/core.h>

#include "command.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/delivery.hpp"
#include "ndr_triage/view/lists.hpp"

namespace ndr {

namespace {

HeldMessage held_message(const Hold& hold, const std::string& word) {
    auto message = hold.find(word);
    if (!message)
        throw Failure(ExitStatus::no_input,
                      fmt::format("hold: '{}' is not in {}: 'hold list' shows what is",
                                  printable(word), hold.directory()));
    return std::move(*message);
}

std::vector<HeldMessage> held_messages(const Hold& hold, const std::vector<std::string>& words) {
    std::vector<HeldMessage> messages;
    for (std::size_t i = 1; i < words.size(); ++i)
        messages.push_back(held_message(hold, words[i]));
    return messages;
}

ExitStatus retry_all(Context& context, Hold& hold, const std::vector<HeldMessage>& messages) {
    const Configuration& configuration = context.configuration();
    const RuleSet rules = context.rules();
    const House house = context.house();
    ExitStatus status = ExitStatus::ok;
    for (const auto& message : messages) {
        const Delivered delivered = retry({rules, house, configuration.ledger, hold,
                                           message.reason.envelope, false, context.now()},
                                          message, configuration.sizes);
        if (delivered.receipt)
            print(fmt::format("{}: reply {}, {}\n", message.name, delivered.receipt->reply,
                              text(delivered.receipt->judgement.outcome)));
        if (delivered.complaint)
            print(fmt::format("{}: complaint {}\n", message.name, delivered.complaint->complaint));
        if (delivered.held.empty()) continue;
        log::warn("{}: still held: {}", message.name, printable(delivered.reason));
        if (!delivered.is_taken_in()) status = ExitStatus::data_error;
    }
    return status;
}

ExitStatus hold_verbs(Context& context) {
    context.become_ledger_owner();
    Hold hold(context.configuration().hold);
    const auto& words = context.operands();
    const std::string verb = words.empty() ? "list" : words.front();
    if (verb == "list" && words.size() <= 1) {
        context.print(listing_of(hold.list()), "nothing is held");
        return ExitStatus::ok;
    }
    const auto messages = held_messages(hold, words);
    if (verb == "retry") return retry_all(context, hold, messages.empty() ? hold.list() : messages);
    if (verb == "show" && messages.size() == 1) {
        print(read_file(messages.front().path));
        return ExitStatus::ok;
    }
    if (verb == "drop" && !messages.empty()) {
        for (const auto& message : messages) {
            hold.drop(message);
            print(fmt::format("{}: dropped\n", message.name));
        }
        return ExitStatus::ok;
    }
    throw UsageError(
        "hold: write 'hold [list]', 'hold show N', 'hold retry [N]...' or 'hold drop N...'");
}

}  // namespace

Subcommand hold_command() {
    return {"hold",
            "[list | show N | retry [N]... | drop N...]",
            "Messages that could not be taken in",
            {{"json", "", "one object a line"}},
            0,
            any_number,
            hold_verbs};
}

}  // namespace ndr
