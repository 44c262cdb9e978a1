#include "ndr_triage/ledger/contacts.hpp"

#include <fmt/core.h>
#include <sys/stat.h>

#include "command.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/view/lists.hpp"

namespace ndr {

namespace {

ExitStatus list(Context& context) {
    std::vector<ContactHistory> contacts;
    Ledger ledger = context.ledger(Ledger::Access::read);
    ledger.read(
        [&] { contacts = list_contacts(ledger, context.configuration().policy, context.now()); });
    const Listing listing = listing_of(contacts);
    if (context.options().has("csv")) {
        print(listing.csv());
    } else {
        context.print(listing, "no contacts: 'record' brings complaints in");
    }
    return ExitStatus::ok;
}

// Before the first complaint there is no ledger, and nothing is known of anybody.
ContactHistory history_of(Context& context, const std::string& address) {
    ContactHistory contact;
    contact.address = address;
    struct stat there {};
    if (stat(context.configuration().ledger.c_str(), &there) != 0) return contact;
    Ledger ledger = context.ledger(Ledger::Access::read);
    ledger.read([&] {
        contact = contact_history(ledger, address, context.configuration().policy, context.now());
    });
    return contact;
}

ExitStatus check(Context& context, const std::string& word) {
    const std::string address = comparable_address(word);
    const std::string reason =
        reason_not_to_mail(history_of(context, address), context.configuration().policy);
    if (context.wants_json()) {
        print(Listing{{{"address", ""}, {"may_be_mailed", ""}, {"reason", ""}},
                      {{address, reason.empty(), text_value(reason)}}}
                  .json_lines());
    } else if (reason.empty()) {
        print(fmt::format("yes: {} may be mailed\n", printable(address)));
    } else {
        print(fmt::format("no: {}: {}\n", printable(address), reason));
    }
    return reason.empty() ? ExitStatus::ok : ExitStatus::differences;
}

ExitStatus contacts(Context& context) {
    const auto& words = context.operands();
    if (words.empty() || (words.front() == "list" && words.size() == 1)) return list(context);
    if (words.front() == "check" && words.size() == 2) return check(context, words.back());
    throw UsageError("contacts: write 'contacts [list]' or 'contacts check ADDRESS'");
}

}  // namespace

Subcommand contacts_command() {
    return {"contacts",
            "[list | check ADDRESS]",
            "What became of each contact; whether one may be mailed",
            {{"json", "", "one object a line"}, {"csv", "", "list: as CSV (RFC 4180)"}},
            0,
            2,
            contacts};
}

}  // namespace ndr
