#include <fmt/core.h>

#include "command.hpp"
#include "ndr_triage/action/callers.hpp"
#include "ndr_triage/action/checkup.hpp"
#include "ndr_triage/action/mail_test.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/key_file.hpp"
#include "ndr_triage/mail/message.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

namespace {

Checked configuration_finding(Context& context) {
    const Configuration& configuration = context.configuration();
    if (configuration.file.empty())
        return {Health::warning, "configuration: no file, the defaults hold",
                "copy examples/ndr-triage.conf to a place that ndr-triage(1) names"};
    return {Health::works, "configuration: " + configuration.file, ""};
}

Checked addresses_finding(const Configuration& configuration) {
    if (configuration.addresses.empty())
        return {Health::warning, "address: not set, so our own address could count as a contact",
                "set 'address' to where replies arrive"};
    return {Health::works, "address: " + joined(configuration.addresses, ", "), ""};
}

Checked answers_finding(const std::string& answers) {
    if (answers.empty())
        return {Health::warning, "answers: not set, so nobody is given what a person wrote",
                "set 'answers' to an address or a Maildir that somebody reads"};
    return {Health::works, "answers: " + answers, ""};
}

Checked surroundings_finding(const Configuration& configuration) {
    const std::string& list = configuration.surroundings.allow_list;
    return {Health::works,
            fmt::format(
                "never blocked: {} around this host, {}",
                counted(configuration.policy.surroundings.prefixes.size(), "prefix", "prefixes"),
                list.empty() ? "no allow list" : "with those of " + list),
            ""};
}

constexpr Seconds usual_wait = std::chrono::minutes(1);
constexpr Seconds longest_wait = std::chrono::hours(1);

Seconds wait_of(const Options& options) {
    const auto word = options.value("wait");
    if (!word) return usual_wait;
    if (!options.has("mail-test")) throw UsageError("doctor: --wait goes with --mail-test");
    const auto wait = parse_span(*word);
    if (!wait || *wait > longest_wait)
        throw UsageError(fmt::format("--wait {}: no span of time up to {}: write 30s or 5m",
                                     printable(*word), span_text(longest_wait)));
    return *wait;
}

Checked mail_finding(Context& context, Seconds wait) {
    const Configuration& configuration = context.configuration();
    if (configuration.addresses.empty())
        return {Health::broken, "mail test: not sent, for no 'address' is configured",
                "set 'address' to where replies arrive"};
    const ComplaintDesk desk = configuration.complaint_desk();
    try {
        set_up_mail(false);
        Ledger ledger = context.ledger(Ledger::Access::write);
        House house = context.house();
        const Key key = signing_key(house.keyring, house.key_file, context.now());
        return check_mail(ledger, key, desk, wait, context.now());
    } catch (const Failure& failure) {
        return {Health::broken, fmt::format("mail test: {}", failure.what()), ""};
    }
}

std::vector<Checked> findings(Context& context) {
    std::vector<Checked> found{configuration_finding(context)};
    context.become_ledger_owner();
    const Configuration& configuration = context.configuration();
    const RuleSet rules = context.rules();
    found.push_back({Health::works, "user: " + user_name(), ""});
    found.push_back(addresses_finding(configuration));
    found.push_back(answers_finding(configuration.answers));
    found.push_back(surroundings_finding(configuration));
    found.push_back(check_rules(rules));
    found.push_back(check_parsing_child(rules));
    found.push_back(check_seccomp());
    found.push_back(check_lookup(configuration.lookup));
    if (enforces(configuration, FollowUpKind::block))
        found.push_back(check_control_hosts(configuration.mail_hosts, configuration.ledger));
    found.push_back(check_outage(configuration.ledger));
    found.push_back(check_purge(configuration.ledger, context.now() - configuration.keep));
    found.push_back(check_ledger_file(configuration.ledger, user_name()));
    found.push_back(check_keys(configuration.keys, configuration.ledger));
    found.push_back(check_hold(Hold(configuration.hold), context.now()));
    const auto callers =
        check_callers({"/etc", home_of_user(), user_name(), !configuration.retry_folders.empty()});
    found.insert(found.end(), callers.begin(), callers.end());
    return found;
}

ExitStatus doctor(Context& context) {
    const Seconds wait = wait_of(context.options());
    auto found = findings(context);
    if (context.options().has("mail-test")) found.push_back(mail_finding(context, wait));
    bool is_broken = false;
    Listing listing{{{"health", ""}, {"what", ""}, {"remedy", ""}}, {}};
    std::string lines;
    for (const auto& finding : found) {
        is_broken = is_broken || finding.health == Health::broken;
        listing.rows.push_back(
            {std::string(text(finding.health)), finding.what, text_value(finding.remedy)});
        lines += fmt::format("{:<9}{}\n", text(finding.health), printable(finding.what, 1000));
        if (!finding.remedy.empty())
            lines += fmt::format("         -> {}\n", printable(finding.remedy, 1000));
    }
    print(context.wants_json() ? listing.json_lines() : lines);
    return is_broken ? ExitStatus::config : ExitStatus::ok;
}

}  // namespace

Subcommand doctor_command() {
    return {"doctor",
            "",
            "Say what works, what does not, and how to mend it",
            {{"mail-test", "", "send a letter to our address, and see it come back"},
             {"wait", "SPAN", "how long to wait for it, 1m unless told"},
             {"json", "", "one object a line"}},
            0,
            0,
            doctor};
}

}  // namespace ndr
