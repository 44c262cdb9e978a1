#include "ndr_triage/casework/lost_connection.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

constexpr std::size_t shown_detail = 200;

std::string said_of(const KnownProbe& probe) {
    const std::string on = fmt::format("on {} ({})", iso_text(probe.asked_at),
                                       printable(probe.answer.detail, shown_detail));
    switch (probe.answer.state) {
        case MailHostState::answers:
            return fmt::format("the mail host of {} answered {}", probe.domain, on);
        case MailHostState::unreachable:
            return fmt::format("the mail host of {} was out of reach {}", probe.domain, on);
        case MailHostState::unsure:
            return fmt::format("the mail host of {} could not be asked {}", probe.domain, on);
        case MailHostState::offline:
            break;
    }
    return fmt::format("the control host was out of reach {}, so the fault may be ours", on);
}

}  // namespace

bool has_lost_connection(const ContactStanding& contact) {
    return contact.state == ContactStanding::State::failed &&
           contact.outcome == Outcome::lost_connection;
}

bool rests_on_lost_connection(const Deed& deed, const ContactStanding& contact) {
    if (!has_lost_connection(contact)) return false;
    const auto kind = kind_of(deed);
    return kind == FollowUpKind::block ||
           (kind == FollowUpKind::report && target_of(deed) == contact.contact);
}

std::vector<KnownProbe> probes_since_failure(const ContactStanding& contact,
                                             const History& history) {
    std::vector<KnownProbe> found;
    std::copy_if(history.probes.begin(), history.probes.end(), std::back_inserter(found),
                 [&](const KnownProbe& probe) {
                     return probe.domain == domain_of(contact.contact) &&
                            probe.asked_at >= contact.since.value_or(probe.asked_at);
                 });
    std::sort(found.begin(), found.end(),
              [](const KnownProbe& a, const KnownProbe& b) { return a.asked_at < b.asked_at; });
    return found;
}

// A host that answered once since then is there, whatever is found later.
LostConnection lost_connection_of(const ContactStanding& contact, FollowUpKind kind,
                                  const Policy& policy, const History& history) {
    if (!history.outage.empty()) return {true, "the fault may be ours: " + history.outage};
    if (kind != FollowUpKind::block) return {};
    if (!policy.asks_mail_hosts)
        return {true, fmt::format("whether the mail host of {} is out of reach for us alone cannot "
                                  "be asked, for control_host is not set",
                                  contact.contact)};
    const auto probes = probes_since_failure(contact, history);
    if (probes.empty()) return {};
    const auto answered = std::find_if(probes.begin(), probes.end(), [](const KnownProbe& probe) {
        return probe.answer.state == MailHostState::answers;
    });
    const KnownProbe& telling = answered == probes.end() ? probes.back() : *answered;
    return {telling.answer.state != MailHostState::unreachable, said_of(telling)};
}

std::string doubt_about(const Deed& deed, const std::vector<ContactStanding>& contacts,
                        const Policy& policy, const History& history) {
    const auto kind = kind_of(deed);
    for (const auto& contact : contacts) {
        if (!rests_on_lost_connection(deed, contact)) continue;
        const auto lost = lost_connection_of(contact, kind, policy, history);
        if (lost.is_doubtful) return lost.what;
        if (kind == FollowUpKind::block && lost.what.empty())
            return fmt::format("the mail host of {} was not asked yet", contact.contact);
    }
    return {};
}

}  // namespace ndr
