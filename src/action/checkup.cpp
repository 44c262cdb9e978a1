#include "ndr_triage/action/checkup.hpp"

#include <fmt/core.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include <type_traits>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/named.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/key_file.hpp"
#include "ndr_triage/intake/parsing_child.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/ledger/outages.hpp"
#include "ndr_triage/ledger/probes.hpp"
#include "ndr_triage/ledger/purge.hpp"
#include "ndr_triage/ledger/replies.hpp"
#include "ndr_triage/mail/message.hpp"

namespace ndr {

namespace {

constexpr std::array healths = std::to_array<Named<Health>>({
    {Health::works, "works"},
    {Health::warning, "warning"},
    {Health::broken, "broken"},
});

bool has_signed_letters(const std::string& path) {
    struct stat there {};
    if (stat(path.c_str(), &there) != 0) return false;
    Ledger ledger(path, Ledger::Access::read);
    bool has = false;
    ledger.read([&] { has = has_tokens(ledger); });
    return has;
}

Checked missing_ledger(const std::string& path, const std::string& user) {
    const std::string directory = directory_of(path);
    struct stat there {};
    if (stat(directory.c_str(), &there) == 0 && access(directory.c_str(), W_OK) != 0)
        return {Health::broken,
                fmt::format("ledger {}: not there, and {} may not write {}", path, user, directory),
                fmt::format("chown {} {}", user, directory)};
    return {Health::warning, fmt::format("ledger {}: not there yet", path),
            "'ndr-triage record PATH' or the first delivery makes it"};
}

std::string counts_of(Ledger& ledger) {
    std::int64_t complaints = 0;
    std::int64_t replies = 0;
    ledger.read([&] {
        complaints = count_complaints(ledger);
        for (const auto& [outcome, count] : count_replies(ledger))
            replies += count;
    });
    return fmt::format("{}, {}", counted(static_cast<std::size_t>(complaints), "complaint"),
                       counted(static_cast<std::size_t>(replies), "reply", "replies"));
}

// What `get` finds in the ledger; nothing where it cannot be read, which check_ledger_file() tells.
template <typename Get>
std::invoke_result_t<Get, Ledger&> read_of(const std::string& path, Get get) {
    if (access(path.c_str(), R_OK) != 0) return {};
    try {
        Ledger ledger(path, Ledger::Access::read);
        std::invoke_result_t<Get, Ledger&> found;
        ledger.read([&] { found = get(ledger); });
        return found;
    } catch (const Failure&) {
        return {};
    }
}

}  // namespace

Checked check_ledger_file(const std::string& path, const std::string& user) {
    struct stat file {};
    if (stat(path.c_str(), &file) != 0) return missing_ledger(path, user);
    const std::string owner = name_of_user(file.st_uid);
    try {
        if (access(path.c_str(), W_OK) != 0)
            return {Health::broken, fmt::format("ledger {}: {} may not write it", path, user),
                    fmt::format("run as {}, who owns it", owner)};
        Ledger ledger(path, Ledger::Access::read);
        const std::string damage = check_ledger(ledger);
        if (!damage.empty())
            return {Health::broken, fmt::format("ledger {}: damaged: {}", path, damage),
                    "restore a backup ('ledger backup' makes one)"};
        if ((file.st_mode & 077) != 0)
            return {Health::warning,
                    fmt::format("ledger {}: others may read it (mode {:o})", path,
                                file.st_mode & 0777U),
                    "chmod 600 " + path};
        return {Health::works,
                fmt::format("ledger {}: {}, owner {}", path, counts_of(ledger), owner), ""};
    } catch (const Failure& failure) {
        return {Health::broken, failure.what(), ""};
    }
}

Checked check_hold(const Hold& hold, Instant now) {
    constexpr Seconds patience = std::chrono::hours(1);
    try {
        const auto held = hold.list();
        if (held.empty())
            return {Health::works, fmt::format("hold {}: empty", hold.directory()), ""};
        const auto waiting = std::count_if(held.begin(), held.end(), [&](const HeldMessage& one) {
            return !one.was_retried && one.reason.held_at + patience < now;
        });
        if (waiting > 0)
            return {
                Health::broken,
                fmt::format("hold {}: nobody takes up {}, for more than an hour", hold.directory(),
                            counted(static_cast<std::size_t>(waiting), "message")),
                "let a timer run 'ndr-triage act' every five minutes"};
        return {Health::warning,
                fmt::format("hold {}: {} could not be taken in", hold.directory(),
                            counted(held.size(), "message")),
                "'ndr-triage hold list' says why, 'hold retry' tries again"};
    } catch (const Failure& failure) {
        return {Health::broken, failure.what(), "let this user read and write it"};
    }
}

Checked check_keys(const std::string& path, const std::string& ledger) {
    try {
        const Keyring keyring = load_keyring(path);
        if (keyring.empty() && has_signed_letters(ledger))
            return {Health::broken,
                    fmt::format("keys {}: none, so each reply to a letter is deferred", path),
                    "put back your copy of that file; 'ndr-triage keys new' if there is none"};
        if (keyring.empty())
            return {Health::warning, fmt::format("keys {}: none yet", path),
                    "the first complaint makes one, or 'ndr-triage keys new'"};
        return {Health::works,
                fmt::format("keys {}: {}", path, counted(keyring.keys().size(), "key")), ""};
    } catch (const Failure& failure) {
        return {Health::broken, failure.what(), ""};
    }
}

Checked check_rules(const RuleSet& rules) {
    auto faults = check(rules);
    std::erase_if(faults, [](const RuleFault& fault) { return fault.is_override; });
    if (faults.empty())
        return {Health::works, fmt::format("rules: {}, each proven", rules.lines().size()), ""};
    return {Health::broken,
            fmt::format("rules: {}, the first: {}", counted(faults.size(), "fault"),
                        faults.front().text),
            "'ndr-triage rules check' lists them"};
}

Checked check_parsing_child(const RuleSet& rules) {
    constexpr std::string_view sample =
        "From: Mail Delivery System <MAILER-DAEMON@example.net>\n"
        "Subject: Undelivered Mail Returned to Sender\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
        "--b\nContent-Type: text/plain\n\nYour message was not delivered.\n"
        "--b\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; example.net\n\nFinal-Recipient: rfc822; abuse@example.net\n"
        "Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n\n--b--\n";
    try {
        set_up_mail(true);
        ParsingChild child(rules);
        const auto examination = child.judge(sample);
        if (examination.judgement && examination.judgement->outcome == Outcome::recipient_unknown)
            return {Health::works, "parsing child: judges a sample bounce rightly", ""};
        return {Health::broken,
                "parsing child: " + (examination.fault.empty() ? "judges a sample bounce wrongly"
                                                               : examination.fault),
                "without it every message goes to hold; is memory or the number of processes "
                "limited?"};
    } catch (const Failure& failure) {
        return {Health::broken, failure.what(), "is the number of processes limited?"};
    }
}

Checked check_seccomp() {
    if (has_seccomp()) return {Health::works, "seccomp: the parsing child is locked in", ""};
    return {Health::warning,
            "seccomp: not in this kernel, or not in this build; the parsing child has limits only",
            "use a kernel with CONFIG_SECCOMP_FILTER, and a build without sanitizers"};
}

Checked check_lookup(const LookupSettings& settings) {
    if (!settings.is_on)
        return {Health::warning, "look-ups: switched off; networks are guesses unless imported",
                "set lookup = yes"};
    if (access(settings.program.c_str(), X_OK) != 0)
        return {Health::broken, fmt::format("look-ups: {} cannot be run", settings.program),
                "install ndr-triage-fetch, or set lookup_program"};
    return {Health::works, "look-ups: by " + settings.program, ""};
}

Checked check_control_hosts(const MailHostSettings& settings, const std::string& ledger) {
    if (settings.controls.empty())
        return {Health::warning,
                "control_host: not set, so each block for a lost connection waits for a person",
                "set control_host to mail servers outside that answer if we are online"};
    const auto last = read_of(ledger, last_probe);
    if (last && last->answer.state == MailHostState::offline)
        return {
            Health::warning,
            fmt::format("control_host: out of reach on {}, so blocks for lost connections are "
                        "held: {}",
                        iso_text(last->asked_at), last->answer.detail),
            "can this host reach the Internet, and its resolver? Else set another control_host"};
    return {Health::works, "control_host: " + joined(settings.controls, ", "), ""};
}

Checked check_outage(const std::string& ledger) {
    const auto outage = read_of(ledger, current_outage);
    if (!outage) return {Health::works, "outage: none of ours is to be seen", ""};
    return {Health::warning,
            fmt::format("outage: {}: the fault may be ours, so what rests on lost connections is "
                        "held",
                        outage->reason),
            "do DNS and port 25 to the world work? It ends when other replies come; 'review' lists "
            "what is held"};
}

Checked check_purge(const std::string& ledger, Instant before) {
    constexpr Seconds patience = std::chrono::days(7);
    const auto old = read_of(
        ledger, [&](Ledger& opened) { return old_messages(opened, before - patience).read; });
    if (old.count == 0)
        return {Health::works, "purge: nothing is kept for longer than it should be", ""};
    return {Health::warning,
            fmt::format("purge: kept a week longer than 'keep' says: the octets of {}",
                        counted(static_cast<std::size_t>(old.count), "reply", "replies")),
            "let a timer run 'ndr-triage purge' every day"};
}

std::string_view text(Health health) {
    return name_in(healths, health);
}

std::string name_of_user(uid_t id) {
    const passwd* user = getpwuid(id);
    return user != nullptr ? user->pw_name : std::to_string(id);
}

std::string user_name() {
    return name_of_user(geteuid());
}

std::string home_of_user() {
    const passwd* user = getpwuid(geteuid());
    return user != nullptr ? user->pw_dir : "";
}

}  // namespace ndr
