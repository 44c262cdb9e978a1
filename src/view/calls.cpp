#include "ndr_triage/view/calls.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/token.hpp"
#include "ndr_triage/network/time_zones.hpp"

namespace ndr {

namespace {

std::string day_of(Instant at) {
    return iso_text(at).substr(0, 10);
}

// ---- the time there
// ------------------------------------------------------------------------------

std::optional<LocalHours> hours_there(const Network& network, Instant now) {
    return local_hours(time_zones_of(network.country, network.region), now);
}

std::string clock_text(const LocalHours& hours) {
    return hours.is_one_time() ? hours.west.text
                               : fmt::format("{} to {}", hours.west.text, hours.east.text);
}

std::string offices_text(const LocalHours& hours) {
    const std::string next = ", open at " + local_text(hours.next_open);
    switch (hours.offices) {
        case LocalHours::Offices::open:
            return "open";
        case LocalHours::Offices::partly_open:
            return "open in part of it" + next + " in all of it";
        case LocalHours::Offices::closed:
            break;
    }
    return "closed" + next;
}

std::string time_lines(const Network& network, Instant now) {
    const auto hours = hours_there(network, now);
    if (!hours) return "time there   unknown: no time zone is known for its country\n";
    std::string zones = hours->west_zone;
    if (!hours->is_one_time()) zones += " to " + hours->east_zone;
    const std::string where =
        network.country + (network.region.empty() ? "" : "-" + network.region);
    return fmt::format("time there   {} ({}, {})\noffices      {} (Monday to Friday, 9 to 17)\n",
                       clock_text(*hours), where, zones, offices_text(*hours));
}

// ---- whom --------------------------------------------------------------------------------------

// "Network Abuse (abuse)" of whoever has the number.
std::string person_text(const Network& network, const std::string& telephone) {
    for (const auto& contact : network.contacts) {
        if (contact.telephone == telephone && !contact.name.empty())
            return fmt::format("{} ({})", quotable(contact.name), text(contact.role));
    }
    return "whoever sees to abuse";
}

std::string whom_lines(const CallFacts& facts, const std::string& telephone) {
    const Network& network = facts.network;
    std::string named = network.range.text();
    if (!network.name.empty()) named += ", " + quotable(network.name);
    std::string whom = person_text(network, telephone);
    if (!network.organisation.empty()) whom = quotable(network.organisation) + ", " + whom;
    return fmt::format("whom         {}\nnetwork      {}\nnumber       {}\n", whom, named,
                       quotable(telephone));
}

// ---- what bounced ------------------------------------------------------------------------------

std::string_view fault_of(Outcome outcome) {
    if (outcome == Outcome::mailbox_full) return "the mailbox is full";
    if (outcome == Outcome::lost_connection) return "no mail host took it";
    return "there is no such mailbox";
}

std::string bounce_lines(const CallFacts& facts) {
    std::string lines = "\nwhat bounced\n";
    for (const auto& contact : facts.contacts) {
        if (!contact.bounce) {
            lines += fmt::format("    {}: nothing came back\n", quotable(contact.address));
            continue;
        }
        const ReportedBounce& bounce = *contact.bounce;
        lines += fmt::format("    {}: {} (reply {} of {})\n", quotable(contact.address),
                             fault_of(bounce.outcome), bounce.reply, day_of(bounce.at));
        if (!bounce.status.empty())
            lines += fmt::format("        status {}\n", quotable(bounce.status));
        if (!bounce.remote_mta.empty())
            lines += fmt::format("        said by {}\n", quotable(bounce.remote_mta));
        if (!bounce.diagnostic_code.empty())
            lines += fmt::format("        {}\n", quotable(bounce.diagnostic_code));
    }
    if (facts.contacts.empty())
        lines += "    nothing: the network publishes no address to write to\n";
    return lines;
}

std::string attempt_lines(const CallFacts& facts) {
    std::string lines = "\nwhat was tried\n";
    for (const auto& attempt : facts.attempts)
        lines += fmt::format("    {}  {}: {}\n", day_of(attempt.at), quotable(attempt.what),
                             quotable(attempt.result));
    return facts.attempts.empty() ? "" : lines;
}

// ---- what to say -------------------------------------------------------------------------------

std::string published_by(const Network& network) {
    return network.registry ? std::string(display_name(*network.registry)) : "the registry";
}

std::string contact_sentence(const CallFacts& facts) {
    const auto failed = std::find_if(facts.contacts.begin(), facts.contacts.end(),
                                     [](const DeadContact& contact) { return contact.bounce; });
    if (failed == facts.contacts.end())
        return fmt::format("{} publishes no mail address for abuse of your network.",
                           published_by(facts.network));
    return fmt::format(
        "Our complaint of {} to {}, which {} publishes for your network, came back: {}.",
        day_of(failed->complained_at), quotable(failed->address), published_by(facts.network),
        fault_of(failed->bounce->outcome));
}

std::string words_to_say(const CallFacts& facts, const std::string& reporter) {
    return fmt::format(
        "\nwhat to say\n"
        "    Good day, I call for {}.\n"
        "    {}, an address of your network {}, attacks our servers.\n"
        "    {}\n"
        "    Can you see to it that this ends?\n"
        "    To which mail address may I send the log lines?\n",
        reporter, facts.row.address.text(), facts.network.range.text(), contact_sentence(facts));
}

// ---- how it ends -------------------------------------------------------------------------------

std::string without_satisfaction_lines(const CallFacts& facts) {
    std::string lines;
    for (const auto& follow_up : facts.without_satisfaction)
        lines += fmt::format("        then {}: {}\n", text(follow_up.state),
                             printable(description_of(follow_up.deed)));
    return lines.empty() ? "        then nothing\n" : lines;
}

std::string end_lines(const CallFacts& facts) {
    if (facts.row.done_at)
        return fmt::format("\nhow it ended\n    {}\n",
                           facts.end ? printable(description_of(*facts.end))
                                     : "done on " + day_of(*facts.row.done_at));
    const std::string done = fmt::format("ndr-triage calls done {}", facts.row.id);
    return fmt::format(
        "\nhow it ends\n"
        "    they see to it:        {0} --satisfied\n"
        "        then nothing more follows from this complaint\n"
        "    they name an address:  {0} --contact NEW@ADDRESS\n"
        "        then it is the contact of {1}, and the complaint can be sent to it\n"
        "    neither:               {0} --no-satisfaction\n{2}"
        "    '--why TEXT' keeps what was said.\n",
        done, facts.network.range.text(), without_satisfaction_lines(facts));
}

std::string standing_of(const FollowUpRow& row) {
    if (row.done_at) return "done on " + local_text(*row.done_at);
    if (row.follow_up.state != FollowUpState::due) return std::string(text(row.follow_up.state));
    return "due, not before " + local_text(row.follow_up.due_at);
}

}  // namespace

Listing listing_of(const std::vector<CallRow>& calls, Instant now) {
    Listing listing{{{"id", "ID"},
                     {"state", "STATE"},
                     {"telephone", "NUMBER"},
                     {"time_there", "TIME THERE"},
                     {"network", "NETWORK"},
                     {"name", "NAME"},
                     {"country", ""},
                     {"outcome", "OUTCOME"},
                     {"due_at", ""},
                     {"done_at", ""},
                     {"complaint", "COMPLAINT"},
                     {"reason", "WHY"}},
                    {}};
    for (const auto& [row, network] : calls) {
        const FollowUp& follow_up = row.follow_up;
        const auto hours = hours_there(network, now);
        const bool is_due = !row.done_at && follow_up.state == FollowUpState::due;
        listing.rows.push_back(
            {row.id, row.done_at ? "done" : std::string(text(follow_up.state)),
             target_of(follow_up.deed), hours ? Value(clock_text(*hours)) : Value(),
             network.range.text(), text_value(network.name), text_value(network.country),
             follow_up.outcome ? Value(std::string(text(*follow_up.outcome))) : Value(),
             is_due ? Value(iso_text(follow_up.due_at)) : Value(),
             row.done_at ? Value(iso_text(*row.done_at)) : Value(), row.complaint,
             follow_up.reason});
    }
    return listing;
}

std::string call_sheet(const CallFacts& facts, const std::string& reporter, Instant now) {
    const FollowUpRow& row = facts.row;
    return fmt::format("call {}: {}\ncomplaint {} about {} of {}: {}\n\n", row.id, standing_of(row),
                       row.complaint, row.address.text(), day_of(facts.complained_at),
                       printable(row.follow_up.reason)) +
           whom_lines(facts, target_of(row.follow_up.deed)) + time_lines(facts.network, now) +
           bounce_lines(facts) + attempt_lines(facts) + words_to_say(facts, reporter) +
           end_lines(facts);
}

}  // namespace ndr
