#include "ndr_triage/action/mail_hosts.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/action/act.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/processes.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/lost_connection.hpp"
#include "ndr_triage/ledger/blocks.hpp"
#include "ndr_triage/ledger/probes.hpp"
#include "ndr_triage/network/address_words.hpp"

namespace ndr {

namespace {

constexpr std::chrono::seconds limit{60};     // of one question
constexpr std::chrono::seconds patience{65};  // with the program's start and end
constexpr std::chrono::minutes all_of_it{4};  // of one run: the timer comes after five
constexpr std::size_t most_output = 16 * 1024;
constexpr std::size_t most_questions = 20;  // of one run
constexpr Seconds good_for = std::chrono::hours(1);
constexpr Seconds first_wait = std::chrono::hours(1);
constexpr Seconds longest_wait = std::chrono::days(1);
constexpr std::ptrdiff_t most_without_answer = 12;

bool is_state(const KnownProbe& probe, MailHostState state) {
    return probe.answer.state == state;
}

bool is_fresh(const KnownProbe& probe, Instant now) {
    return probe.asked_at <= now && now - probe.asked_at < good_for;
}

Seconds wait_after(std::ptrdiff_t questions) {
    Seconds wait = first_wait;
    for (std::ptrdiff_t i = 1; i < questions && wait < longest_wait; ++i)
        wait *= 2;
    return std::min(wait, longest_wait);
}

bool must_be_asked(const LostDomain& lost, const std::vector<KnownProbe>& probes, Instant now) {
    if (probes.empty()) return true;
    const KnownProbe& last = probes.back();
    if (is_state(last, MailHostState::unreachable)) return lost.is_due && !is_fresh(last, now);
    if (std::any_of(probes.begin(), probes.end(), [](const KnownProbe& probe) {
            return is_state(probe, MailHostState::answers);
        }))
        return false;
    const auto unanswered = std::count_if(
        probes.begin(), probes.end(),
        [](const KnownProbe& probe) { return !is_state(probe, MailHostState::unreachable); });
    return unanswered < most_without_answer && now - last.asked_at >= wait_after(unanswered);
}

// What our own block lets nobody answer tells nothing.
MailHostAnswer without_own_blocks(MailHostAnswer answer, const std::vector<RunningBlock>& blocks) {
    if (answer.state != MailHostState::unreachable) return answer;
    for (const auto& address : addresses_in_words(answer.detail)) {
        for (const auto& block : blocks) {
            const AddressRange& range = block.block.range;
            if (range.contains(address))
                return {MailHostState::unsure,
                        fmt::format("our own block of {} covers {}", range.text(), address.text())};
        }
    }
    return answer;
}

}  // namespace

std::vector<std::string> mail_hosts_to_ask(Ledger& ledger, Instant now) {
    std::vector<std::string> domains;
    ledger.read([&] {
        for (const auto& lost : lost_domains(ledger, now)) {
            const bool is_known =
                std::find(domains.begin(), domains.end(), lost.domain) != domains.end();
            if (!is_known && must_be_asked(lost, probes_of(ledger, lost.domain, lost.since), now))
                domains.push_back(lost.domain);
        }
    });
    return domains;
}

MailHostAnswer ask_mail_host(const MailHostSettings& settings, const std::string& domain) {
    std::vector<std::string> arguments{settings.program, "--limit", std::to_string(limit.count())};
    for (const auto& control : settings.controls)
        arguments.insert(arguments.end(), {"--control", control});
    arguments.insert(arguments.end(), {"mail-host", domain});
    Finished ran;
    try {
        ran = run_program(arguments, "", patience, most_output);
    } catch (const IoError& error) {
        return {MailHostState::unsure, error.what()};
    }
    if (ran.status == static_cast<int>(ExitStatus::ok)) {
        if (const auto answer = mail_host_answer_of(ran.output)) return *answer;
    }
    return {MailHostState::unsure, ran.was_late
                                       ? "it took too long"
                                       : fmt::format("the helper ended with status {}: {}",
                                                     ran.status, printable(trimmed(ran.errors)))};
}

std::vector<KnownProbe> ask_mail_hosts(Ledger& ledger, const Policy& policy,
                                       const MailHostSettings& settings, Instant now) {
    std::vector<KnownProbe> found;
    if (settings.controls.empty()) return found;
    std::vector<RunningBlock> blocks;
    ledger.read([&] { blocks = running_blocks(ledger, now); });
    const auto begun = std::chrono::steady_clock::now();
    bool is_offline = false;
    for (const auto& domain : mail_hosts_to_ask(ledger, now)) {
        const bool has_time = std::chrono::steady_clock::now() - begun < all_of_it - patience;
        if (!is_offline && (found.size() == most_questions || !has_time)) break;
        // Out of reach for one is out of reach for all.
        const MailHostAnswer answer =
            is_offline ? found.back().answer
                       : without_own_blocks(ask_mail_host(settings, domain), blocks);
        is_offline = answer.state == MailHostState::offline;
        found.push_back({domain, now, answer});
    }
    ledger.write([&] {
        for (const auto& probe : found)
            save_probe(ledger, probe);
    });
    if (!found.empty()) decide_pending_cases(ledger, policy, now);
    return found;
}

std::string reason_to_wait(const CaseFile& file, const Decision& decision, Instant now) {
    for (const auto& contact : decision.contacts) {
        if (!has_lost_connection(contact)) continue;
        const auto probes = probes_since_failure(contact, file.history);
        if (!probes.empty() && is_state(probes.back(), MailHostState::unreachable) &&
            is_fresh(probes.back(), now))
            continue;
        return fmt::format(
            "whether the mail host of {} is out of reach for us alone was not asked within the "
            "last hour: a later 'act' asks",
            printable(contact.contact));
    }
    return {};
}

}  // namespace ndr
