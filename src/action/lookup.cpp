#include "ndr_triage/action/lookup.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/processes.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/network/fetched.hpp"
#include "ndr_triage/network/registry.hpp"
#include "ndr_triage/network/registry_answer.hpp"

namespace ndr {

namespace {

constexpr std::chrono::seconds patience{15};  // the program's own limit is 10 s
constexpr std::size_t most_output = 4 * 1024 * 1024;

// National registries whose contacts the regional one does not have.
struct NationalServer {
    std::string_view country;
    std::string_view server;
};
constexpr std::array national_servers{NationalServer{"BR", "whois.registro.br"},
                                      NationalServer{"JP", "whois.nic.ad.jp"},
                                      NationalServer{"KR", "whois.kisa.or.kr"}};

std::string server_for(const LookupSettings& settings, const std::optional<Network>& known) {
    if (!settings.whois.empty()) return settings.whois;
    for (const auto& national : national_servers) {
        if (known && known->country == national.country) return std::string(national.server);
    }
    return {};
}

std::string host_of(const std::string& source) {
    const auto start = source.find("://");
    if (start == std::string::npos) return source;
    return source.substr(start + 3, source.find_first_of(":/", start + 3) - start - 3);
}

Looked fetched(const LookupSettings& settings, std::vector<std::string> words,
               const Address& address) {
    std::vector<std::string> arguments{settings.program};
    if (!settings.cache.empty()) arguments.insert(arguments.end(), {"--cache", settings.cache});
    arguments.insert(arguments.end(), words.begin(), words.end());
    arguments.push_back(address.text());
    const Finished ran = run_program(arguments, "", patience, most_output);
    if (ran.status == static_cast<int>(ExitStatus::ok) && !ran.was_cut)
        return read_answers(ran.output, address);
    Looked looked;
    looked.try_again = ran.was_late || ran.status == static_cast<int>(ExitStatus::temp_fail);
    constexpr std::string_view name = "ndr-triage-fetch: ";
    std::string_view errors = trimmed(ran.errors);
    errors = trimmed(errors.substr(errors.rfind('\n') + 1));  // the last line is the verdict
    if (errors.starts_with(name)) errors.remove_prefix(name.size());
    looked.fault = ran.was_late     ? "it took too long"
                   : errors.empty() ? fmt::format("the helper ended with status {}", ran.status)
                                    : printable(errors);
    return looked;
}

// The host that was asked by whois at its usual port, "" otherwise.
std::string whois_host_of(const Fetched& answer) {
    constexpr std::string_view scheme = "whois://";
    if (!answer.source.starts_with(scheme)) return {};
    const auto server = server_of(std::string_view(answer.source).substr(scheme.size()), 43);
    return server && server->port == 43 ? ascii_lower(server->host) : std::string();
}

// A referral that no holder of addresses can have turned to a server of his own.
bool is_to_registry(const Fetched& from, const Fetched& to) {
    return whois_host_of(from) == iana_whois_host || rir_at(whois_host_of(to)).has_value();
}

// The next answer. A server that a holder of addresses named is no authority: he may say more of
// what the registry gave him, and nothing of what it did not.
void take_answer(const Fetched& answer, const Address& address, bool is_authority, Looked& looked) {
    const RegistryAnswer read = read_registry_text(answer.octets);
    auto found = most_specific(read.networks, address);
    const auto note = [&](const std::string& fault) {
        if (looked.fault.empty())
            looked.fault = fmt::format("{}: {}", printable(answer.source), fault);
    };
    if (!found)
        return note(read.fault.empty() ? "the network does not hold " + address.text()
                                       : read.fault);
    if (!looked.network && !is_authority)
        return note("a referred server, and no registry gave the network");
    if (looked.network && !looked.network->range.contains(found->range)) return;
    if (looked.network && found->contacts.empty()) set_contacts(*found, looked.network->contacts);
    if (looked.network && !is_authority) found->registry = looked.network->registry;
    // The text's own mark comes before the server's name; IANA's table would be a guess.
    if (!found->registry) found->registry = registry_named(host_of(answer.source));
    found->authority = Authority::registry;
    found->source = printable(answer.source);
    found->dated = answer.at;
    looked.network = std::move(found);
}

bool has_contacts(const std::optional<Network>& network) {
    return network && !complaint_contacts(*network).empty();
}

}  // namespace

Looked read_answers(std::string_view text, const Address& address) {
    Looked looked;
    const auto answers = read_fetched(text);
    if (!answers) {
        looked.fault = "the helper's output cannot be read";
        return looked;
    }
    bool is_authority = true;  // who was asked first is whom we chose
    const Fetched* before = nullptr;
    for (const auto& answer : *answers) {
        if (before != nullptr) is_authority = is_authority && is_to_registry(*before, answer);
        before = &answer;
        take_answer(answer, address, is_authority, looked);
    }
    if (looked.network) looked.fault.clear();
    if (!looked.network && looked.fault.empty()) looked.fault = "no answer";
    return looked;
}

Looked look_up(const LookupSettings& settings, const Address& address, Instant now) {
    if (!settings.is_on) return {std::nullopt, "look-ups are switched off (lookup = no)", false};
    std::vector<std::string> words;
    if (!settings.bootstrap.empty()) words = {"--bootstrap", settings.bootstrap};
    words.emplace_back("rdap");
    Looked looked = fetched(settings, std::move(words), address);
    if (!has_contacts(looked.network)) {
        words.clear();
        if (const auto server = server_for(settings, looked.network); !server.empty())
            words = {"--server", server};
        words.emplace_back("whois");
        Looked second = fetched(settings, std::move(words), address);
        const bool is_narrower =
            second.network &&
            (!looked.network || looked.network->range.contains(second.network->range));
        if (!looked.network && !second.network) {
            looked.fault += "; " + second.fault;
            looked.try_again = looked.try_again || second.try_again;
        } else if (is_narrower && (!looked.network || has_contacts(second.network))) {
            looked = std::move(second);
        }
    }
    // A clock that is set back must not make the answer older than what is known.
    if (looked.network && looked.network->dated > now) looked.network->dated = now;
    return looked;
}

void refresh_networks(Ledger& ledger, const Policy& policy, const LookupSettings& settings,
                      const std::vector<Address>& addresses, bool all, Instant now,
                      const std::function<void(const Address&)>& asking,
                      const std::function<void(const Refreshed&)>& take) {
    std::vector<AddressRange> learnt;
    for (const auto& address : addresses) {
        const bool is_known = std::any_of(learnt.begin(), learnt.end(), [&](const auto& range) {
            return range.contains(address);
        });
        if (is_known && !all) continue;
        asking(address);
        Refreshed refreshed{address, look_up(settings, address, now), {}};
        if (refreshed.looked.network) {
            learnt.push_back(refreshed.looked.network->range);
            refreshed.learnt =
                learn_networks(ledger, policy, {*refreshed.looked.network}, address, now);
        }
        take(refreshed);
    }
}

}  // namespace ndr
