#include "ndr_triage/ledger/reports.hpp"

#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "tried.hpp"

namespace ndr {

ReportFacts report_facts(Ledger& ledger, const FollowUpRow& report) {
    const auto& deed = std::get<RegistryReport>(report.follow_up.deed);
    ReportFacts facts;
    facts.network = get_network(ledger, network_of_complaint(ledger, report.complaint));
    if (!facts.network.registry) facts.network.registry = deed.registry;
    if (const auto parent = network_around(ledger, facts.network.range))
        facts.parent = get_network(ledger, *parent);
    facts.attacker = report.address;
    facts.complained_at = get_complaint(ledger, report.complaint).sent_at;
    facts.attempts = attempts_of(ledger, report.complaint);
    if (AddressRange::parse(deed.about)) return facts;
    facts.contact = deed.about;
    if (const auto returned = returned_copy(ledger, report.complaint, facts.contact)) {
        facts.bounce = returned->bounce;
        facts.complained_at = returned->complained_at;
    }
    return facts;
}

}  // namespace ndr
