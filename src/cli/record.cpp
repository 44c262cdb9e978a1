#include <fmt/core.h>

#include "judging.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/view/classification.hpp"

namespace ndr {

namespace {

std::optional<Address> attacker_of(const Options& options) {
    const auto given = options.value("ip");
    if (!given) return std::nullopt;
    const auto address = Address::parse(*given);
    if (!address) throw UsageError(fmt::format("--ip {}: no IP address", printable(*given)));
    return address;
}

std::string line_of(const SourceItem& item, const Complaint& complaint,
                    const ComplaintReceipt& receipt) {
    std::vector<std::string> contacts;
    for (const auto& copy : complaint.copies)
        contacts.push_back(copy.contact);
    std::string line = fmt::format("{}: complaint {} about {} to {}, network {}",
                                   printable(item_name(item.path, item.index), 1000),
                                   receipt.complaint, complaint.address.text(),
                                   printable(joined(contacts, ", ")), receipt.network.range.text());
    if (receipt.network.is_guess()) line += " (guess)";
    if (!receipt.is_new) line += "; recorded before";
    if (receipt.replies_found > 0) line += fmt::format("; {} replies found", receipt.replies_found);
    return line + "\n";
}

ExitStatus record(Context& context) {
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
        const auto reading = read_complaint(examined.examination.judgement->facts, attacker,
                                            configuration.addresses, context.now());
        if (!reading.complaint) {
            faults.add(ExitStatus::data_error,
                       fmt::format("{}: {}", item_name(item.path, item.index), reading.fault));
            return;
        }
        const auto receipt = take_in_complaint(ledger, house, *reading.complaint,
                                               item.message.digest, context.now());
        print(line_of(item, *reading.complaint, receipt));
    });
    return faults.status();
}

}  // namespace

Subcommand record_command() {
    return {"record",
            "PATH...",
            "Record complaints that were sent by other means, from saved copies",
            {{"ip", "ADDRESS", "the attacker's address, where the Subject does not hold it"}},
            1,
            any_number,
            record};
}

}  // namespace ndr
