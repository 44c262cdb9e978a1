#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iostream>

#include "command.hpp"
#include "ndr_triage/action/complaining.hpp"
#include "ndr_triage/base/file_lock.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/key_file.hpp"
#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/network/address_words.hpp"

namespace ndr {

namespace {

constexpr std::size_t longest_text = 256 * 1024;  // of a letter that somebody else wrote

Address address_of_option(const std::string& word) {
    const auto address = Address::parse(word);
    if (!address) throw UsageError(fmt::format("--ip {}: no IP address", printable(word)));
    return *address;
}

// In place of mail(1) the Subject names the attacker; what log lines say is the attacker's.
Address attacker_of(const Options& options) {
    const std::string subject = options.value("subject").value_or("");
    auto named = addresses_in_words(subject);
    named.erase(std::unique(named.begin(), named.end()), named.end());
    if (named.size() == 1) return named.front();
    if (const auto word = options.value("ip")) return address_of_option(*word);
    if (named.empty())
        throw UsageError("complain: who attacked? write --ip ADDRESS, or name it in the Subject");
    throw UsageError("complain: several IP addresses in the Subject: write --ip ADDRESS");
}

void read_log(std::istream& stream, const std::string& name, LogExcerpt& excerpt) {
    std::string line;
    while (std::getline(stream, line))
        excerpt.take(line);
    if (stream.bad()) throw_io_error("read", name, EIO);
}

// Before the program becomes the ledger's owner: logs are often root's alone.
void read_log_option(const Options& options, LogExcerpt& excerpt) {
    const auto name = options.value("log");
    if (!name) return;
    if (*name == "-") return read_log(std::cin, "standard input", excerpt);
    std::ifstream file(*name);
    if (!file) throw_io_error("read", *name, errno);
    read_log(file, *name, excerpt);
}

std::string own_text(const Options& options) {
    if (!options.has("mail")) return {};
    std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    if (text.size() > longest_text) text = std::string(cut(text, longest_text)) + "\n[cut here]\n";
    const std::string letters = utf8_only(text);
    std::string lines;
    for (const auto line : split_lines(letters))
        lines += printable(line, 2000) + "\n";
    return lines;
}

ComplaintDesk desk_of(const Configuration& configuration, const Options& options) {
    ComplaintDesk desk = configuration.complaint_desk();
    const std::string name = options.value("template").value_or(configuration.letter_template);
    if (name.empty()) return desk;
    desk.letter_template = read_file(name);
    desk.template_name = name;
    return desk;
}

void require_attackable(const Address& address, const Policy& policy) {
    for (const auto& special : special_uses({address, address})) {
        if (policy.allow_documentation && special.name.starts_with("documentation")) continue;
        throw UsageError(
            fmt::format("complain: {} is {}: nobody to complain to", address.text(), special.name));
    }
}

std::string line_of(const ComplaintPlan& plan, const PlannedCopy& copy, const std::string& done) {
    const std::string about = plan.complaint.address.text();
    if (copy.is_sent)
        return fmt::format("complaint about {} to {}: {}\n", about, copy.contact, done);
    return fmt::format("complaint about {} to {}: not sent: {}\n", about, printable(copy.contact),
                       copy.reason);
}

void show(const ComplaintPlan& plan, const std::string& done) {
    for (const auto& copy : plan.copies)
        print(line_of(plan, copy, done));
    if (plan.copies.empty())
        print(fmt::format("complaint about {}: network {} publishes no contact; recorded only\n",
                          plan.complaint.address.text(), plan.network.range.text()));
}

ExitStatus dry_run(const ComplaintPlan& plan) {
    show(plan, "would be sent");
    for (const auto& posting : plan.postings)
        print(fmt::format("\nMAIL FROM:<{}>\nRCPT TO:<{}>\n\n{}", posting.sender, posting.recipient,
                          posting.octets));
    return ExitStatus::ok;
}

ExitStatus send(Ledger& ledger, const House& house, const ComplaintDesk& desk,
                const ComplaintPlan& plan, Instant now) {
    const auto sent = send_complaint(ledger, house, desk, plan, now);
    for (const auto& fault : sent.faults)
        log::error("{}", fault);
    if (sent.id == 0) {
        log::error("nothing was sent, and nothing recorded: try again");
        return sent.status;
    }
    show(plan, fmt::format("sent as complaint {}", sent.id));
    return sent.status;
}

// A dry run makes no key that stays.
Key key_for(House& house, bool is_dry_run, Instant now) {
    if (!is_dry_run) return signing_key(house.keyring, house.key_file, now);
    const Key* key = house.keyring.signing();
    return key != nullptr ? *key : house.keyring.add_new(now);
}

// Held until the letters have left, or been taken back: of two complaints about one address the
// second is none. Attackers of one network take turns, too, for what is learnt for the first need
// not be asked for the others; nobody else waits.
FileLock turn_for(const Configuration& configuration, const Address& attacker, Instant now) {
    const Network network = guessed_network(attacker, now);
    FileLock::Part part = 0;
    for (const auto octet : network.range.first.octets())
        part = (part << 8 | part >> 24) ^ octet;
    return FileLock(configuration.ledger + ".complain", part);
}

ExitStatus complain(Context& context) {
    const Options& options = context.options();
    const Address attacker = attacker_of(options);
    const Configuration& configuration = context.configuration();
    require_attackable(attacker, configuration.policy);
    LogExcerpt excerpt(attacker, configuration.complaint_lines);
    read_log_option(options, excerpt);
    auto contacts = options.all("contact");
    contacts.insert(contacts.end(), context.operands().begin(), context.operands().end());
    const ComplaintOrder order{attacker, contacts, options.value("subject").value_or(""),
                               own_text(options), excerpt};
    const ComplaintDesk desk = desk_of(configuration, options);

    set_up_mail(false);
    Ledger ledger = context.ledger(Ledger::Access::write);
    House house = context.house();
    const Key key = key_for(house, options.has("dry-run"), context.now());
    const FileLock turn = turn_for(configuration, attacker, context.now());
    const auto plan = plan_complaint(
        ledger, house, key, desk, order,
        [&](const Address& address) { return context.look_up(address); }, context.now());
    if (!plan.refusal.empty()) {
        print(fmt::format("no complaint about {}: {}\n", attacker.text(), plan.refusal));
        return ExitStatus::ok;
    }
    if (options.has("dry-run")) return dry_run(plan);
    return send(ledger, house, desk, plan, context.now());
}

}  // namespace

Subcommand complain_command() {
    return {"complain",
            "[CONTACT]...",
            "Complain to the contacts of an attacker's network, signed, and record it",
            {{"ip", "ADDRESS", "the attacker; with --mail the Subject names it"},
             {"contact", "ADDRESS...", "write to this one, not to whom the registry names"},
             {"log", "FILE", "take the lines that name the attacker; - is standard input"},
             {"template", "FILE", "the words of the letter"},
             {"dry-run", "", "send and record nothing, show the letters"},
             {"mail", "", "in place of mail(1): the letter's text comes on standard input"},
             {"subject,s", "SUBJECT", "of the letter"},
             {"escape,E", "COMMAND", "an option of mail(1), without meaning here"}},
            0,
            any_number,
            complain};
}

}  // namespace ndr
