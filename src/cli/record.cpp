#include <fmt/core.h>

#include "envelope.hpp"
#include "judging.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/view/classification.hpp"
#include "taking.hpp"

namespace ndr {

namespace {

std::optional<Address> attacker_of(const Options& options) {
    const auto given = options.value("ip");
    if (!given) return std::nullopt;
    const auto address = Address::parse(*given);
    if (!address) throw UsageError(fmt::format("--ip {}: no IP address", printable(*given)));
    return address;
}

std::string line_of(const std::string& name, const Complaint& complaint,
                    const ComplaintReceipt& receipt) {
    std::vector<std::string> contacts;
    for (const auto& copy : complaint.copies)
        contacts.push_back(copy.contact);
    std::string line = fmt::format(
        "{}: complaint {} about {} to {}, network {}", printable(name, 1000), receipt.complaint,
        complaint.address.text(), printable(joined(contacts, ", ")), receipt.network.range.text());
    if (receipt.network.is_guess()) line += " (guess)";
    if (!receipt.is_new) line += "; recorded before";
    if (receipt.replies_found > 0)
        line += fmt::format("; {} found", counted(receipt.replies_found, "reply", "replies"));
    return line + "\n";
}

// Files by hand: whoever names them answers for them.
ExitStatus record_files(Context& context) {
    outlive_reader();
    const auto attacker = attacker_of(context.options());
    set_up_mail(true);
    const RuleSet rules = context.rules();
    JudgePool pool(rules);
    const Configuration& configuration = context.configuration();
    const House house = context.house();
    MessageSource source(context.operands(), configuration.sizes);
    Ledger ledger = context.ledger(Ledger::Access::write);
    Faults faults;
    for_each_message(pool, source, faults, [&](Examined& examined) {
        const SourceItem& item = examined.item;
        const std::string name = item_name(item.path, item.index);
        const auto reading = read_complaint(examined.examination.judgement->facts, attacker,
                                            configuration.addresses, context.now());
        if (!reading.complaint) {
            faults.add(ExitStatus::data_error, fmt::format("{}: {}", name, reading.fault));
            return;
        }
        const auto receipt = take_in_complaint(ledger, house, *reading.complaint,
                                               item.message.digest, context.now());
        print(line_of(name, *reading.complaint, receipt));
    });
    return faults.status();
}

ExitStatus record(Context& context) {
    const auto& paths = context.operands();
    if (paths != std::vector<std::string>{"-"}) return record_files(context);
    // A pipe, that is, mail: only what is proven counts, and what is not goes to hold.
    take_standard_input(context, true);
    return ExitStatus::ok;
}

}  // namespace

Subcommand record_command() {
    auto options = envelope_options();
    options.push_back({"ip", "ADDRESS", "of a file: the attacker, where no Subject names it"});
    return {"record",
            "PATH... | -",
            "Record complaints that were sent by other means: saved ones, or from an MTA's pipe",
            options,
            1,
            any_number,
            record};
}

}  // namespace ndr
