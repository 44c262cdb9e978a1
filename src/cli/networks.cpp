#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "judging.hpp"
#include "ndr_triage/action/lookup.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/network/fetched.hpp"
#include "ndr_triage/network/registry_answer.hpp"
#include "ndr_triage/view/lists.hpp"
#include "ndr_triage/view/network.hpp"
#include "ndr_triage/view/progress.hpp"

namespace ndr {

namespace {

constexpr const char* usage =
    "networks: write 'networks [list]', 'networks show ADDRESS', 'networks import FILE...' or "
    "'networks refresh [ADDRESS | PREFIX]...'";

std::string counted(std::size_t count, std::string_view one) {
    return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

std::string summary_of(const Learnt& learnt) {
    return fmt::format("{} new or changed, {} moved, {} decided again\n",
                       counted(learnt.networks, "network"), counted(learnt.moved, "complaint"),
                       counted(learnt.decided, "case"));
}

void add(Learnt& all, const Learnt& some) {
    all.networks += some.networks;
    all.moved += some.moved;
    all.decided += some.decided;
}

// ---- list, show --------------------------------------------------------------------------------

ExitStatus list(Context& context) {
    std::vector<NetworkRow> rows;
    Ledger ledger = context.ledger(Ledger::Access::read);
    ledger.read([&] { rows = list_networks(ledger, context.options().has("all")); });
    context.print(listing_of(rows), "no networks: 'record' brings complaints in");
    return ExitStatus::ok;
}

Address first_address_of(const std::string& word) {
    const auto range = AddressRange::parse(word);
    if (!range)
        throw UsageError(fmt::format("networks: '{}' is no address or prefix", printable(word)));
    return range->first;
}

ExitStatus show(Context& context) {
    if (context.operands().size() != 2) throw UsageError(usage);
    const Address address = first_address_of(context.operands()[1]);
    Ledger ledger = context.ledger(Ledger::Access::read);
    std::optional<NetworkRow> row;
    ledger.read([&] {
        if (const auto id = network_holding(ledger, address)) row = network_row(ledger, *id);
    });
    if (!row)
        throw Failure(ExitStatus::no_input,
                      fmt::format("networks: none is known that holds {}: 'networks refresh {}' "
                                  "asks for it",
                                  address.text(), address.text()));
    print(context.wants_json() ? listing_of(std::vector{*row}).json_lines() : network_text(*row));
    return ExitStatus::ok;
}

// ---- import ------------------------------------------------------------------------------------

std::string octets_of(const std::string& path) {
    return path == "-" ? read_all(STDIN_FILENO, "standard input") : read_file(path);
}

// The networks of a file, of what ndr-triage-fetch printed or of a bare answer.
RegistryAnswer networks_in(const std::string& octets, const std::string& path, Instant now) {
    RegistryAnswer all;
    const auto fetched = read_fetched(octets);
    const std::string name = path == "-" ? "standard input" : path;
    const std::vector<Fetched> bare{{name, now, octets}};
    for (const auto& answer : fetched && !fetched->empty() ? *fetched : bare) {
        RegistryAnswer read = read_registry_text(answer.octets);
        for (auto& network : read.networks) {
            network.authority = Authority::imported;
            network.source = name;
            network.dated = std::min(answer.at, now);
            all.networks.push_back(std::move(network));
        }
        if (all.fault.empty()) all.fault = read.fault;
    }
    return all;
}

ExitStatus import_answers(Context& context, Ledger& ledger) {
    Learnt all;
    Faults faults;
    for (std::size_t i = 1; i < context.operands().size(); ++i) {
        const auto& path = context.operands()[i];
        const RegistryAnswer answer = networks_in(octets_of(path), path, context.now());
        if (answer.networks.empty()) {
            faults.add(ExitStatus::data_error, fmt::format("{}: {}; a registry's RDAP or whois "
                                                           "answer is wanted",
                                                           printable(path, 1000), answer.fault));
            continue;
        }
        for (const auto& network : answer.networks)
            print(fmt::format("{}: {}\n", printable(path, 1000), network_line(network)));
        add(all, learn_networks(ledger, context.configuration().policy, answer.networks, {},
                                context.now()));
    }
    print(summary_of(all));
    return faults.status();
}

ExitStatus import_statistics(Context& context, Ledger& ledger) {
    Learnt all;
    for (std::size_t i = 1; i < context.operands().size(); ++i) {
        ProgressBar bar(is_terminal(STDERR_FILENO), "octets");
        add(all, learn_delegated(
                     ledger, context.configuration().policy, context.operands()[i],
                     [&](std::uint64_t done, std::uint64_t size) { bar.update(done, size, done); },
                     context.now()));
    }
    print(summary_of(all));
    return ExitStatus::ok;
}

ExitStatus import(Context& context) {
    if (context.operands().size() < 2) throw UsageError(usage);
    Ledger ledger = context.ledger(Ledger::Access::write);
    return context.options().has("delegated") ? import_statistics(context, ledger)
                                              : import_answers(context, ledger);
}

// ---- refresh -----------------------------------------------------------------------------------

std::vector<Address> addresses_of(Context& context, Ledger& ledger) {
    std::vector<Address> addresses;
    for (std::size_t i = 1; i < context.operands().size(); ++i)
        addresses.push_back(first_address_of(context.operands()[i]));
    if (!addresses.empty()) return addresses;
    const Configuration& configuration = context.configuration();
    ledger.read([&] {
        addresses = addresses_to_look_up(ledger, context.now() - configuration.policy.reply_age,
                                         context.now() - configuration.network_age);
    });
    return addresses;
}

ExitStatus refresh(Context& context) {
    Ledger ledger = context.ledger(Ledger::Access::write);
    const Configuration& configuration = context.configuration();
    const auto addresses = addresses_of(context, ledger);
    const bool is_shown = is_terminal(STDERR_FILENO);
    const auto clear = [&] {
        if (is_shown) std::fputs("\r\x1b[K", stderr);
    };
    Faults faults(clear);
    Learnt all;
    std::size_t asked = 0;
    refresh_networks(
        ledger, configuration.policy, configuration.lookup, addresses,
        context.operands().size() > 1, context.now(),
        [&](const Address& address) {
            ++asked;
            if (is_shown)
                fmt::print(stderr, "\r\x1b[K{} of {}: {}", asked, addresses.size(), address.text());
        },
        [&](const Refreshed& refreshed) {
            add(all, refreshed.learnt);
            const std::string name = refreshed.address.text();
            if (!refreshed.looked.network) {
                faults.add(
                    refreshed.looked.try_again ? ExitStatus::temp_fail : ExitStatus::data_error,
                    fmt::format("{}: {}", name, refreshed.looked.fault));
                return;
            }
            clear();
            print(fmt::format("{}: {}\n", name, network_line(*refreshed.looked.network)));
        });
    print(fmt::format("{} asked for; {}",
                      fmt::format("{} address{}", asked, asked == 1 ? "" : "es"), summary_of(all)));
    return faults.status();
}

ExitStatus networks(Context& context) {
    const auto& words = context.operands();
    const std::string verb = words.empty() ? "list" : words.front();
    if (verb == "list" && words.size() <= 1) return list(context);
    if (verb == "show") return show(context);
    if (verb == "import") return import(context);
    if (verb == "refresh") return refresh(context);
    throw UsageError(usage);
}

}  // namespace

Subcommand networks_command() {
    return {"networks",
            "[list | show ADDRESS | import FILE... | refresh [ADDRESS | PREFIX]...]",
            "Networks, their contacts and who says so; ask the registries, import their answers",
            {{"all", "", "list: delegated networks without complaints, too"},
             {"delegated", "", "import: the files are delegated-extended statistics"},
             {"json", "", "list, show: one object a line"}},
            0,
            any_number,
            networks};
}

}  // namespace ndr
