#include "rankings.hpp"

#include <algorithm>
#include <tuple>

#include "ndr_triage/network/network.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_ranked = 10;

// Complaints and failed contacts by a key of network or contact, with what names it.
std::string grouped(const std::string& name, const std::string& key) {
    return "SELECT " + name +
           ", count(DISTINCT complaint.id), "
           "count(DISTINCT CASE WHEN copy.state = 'failed' AND copy.allows <> 'proposed' "
           "THEN copy.contact END) FROM complaint "
           "JOIN network ON network.id = complaint.network "
           "LEFT JOIN copy ON copy.complaint = complaint.id "
           "LEFT JOIN contact ON contact.id = copy.contact "
           "WHERE sent_at >= ? AND sent_at < ? GROUP BY " +
           key;
}

// By complaints, then by failed contacts; the rest only keeps the order the same.
bool has_more_complaints(const RankedRow& a, const RankedRow& b) {
    return std::tie(b.complaints, b.failed_contacts, a.name) <
           std::tie(a.complaints, a.failed_contacts, b.name);
}

bool has_more_failed_contacts(const RankedRow& a, const RankedRow& b) {
    return std::tie(b.failed_contacts, b.complaints, a.name) <
           std::tie(a.failed_contacts, a.complaints, b.name);
}

Ranking ranking_of(std::vector<RankedRow> rows) {
    Ranking ranking;
    if (rows.empty()) return ranking;
    const std::size_t ranked = std::min(most_ranked, rows.size());
    std::sort(rows.begin(), rows.end(), has_more_failed_contacts);
    const RankedRow last = rows[ranked - 1];
    std::sort(rows.begin(), rows.end(), has_more_complaints);
    const auto others = std::stable_partition(
        rows.begin() + static_cast<std::ptrdiff_t>(ranked), rows.end(), [&](const RankedRow& row) {
            return row.failed_contacts > 0 && !has_more_failed_contacts(last, row);
        });
    ranking.others = rows.end() - others;
    for (auto other = others; other != rows.end(); ++other)
        ranking.complaints_of_others += other->complaints;
    rows.erase(others, rows.end());
    ranking.rows = std::move(rows);
    return ranking;
}

}  // namespace

void rank(Ledger& ledger, Summary& summary) {
    const Period& period = summary.totals.period;
    std::vector<RankedRow> networks;
    Statement network(ledger, grouped("network.first, network.last, network.name", "network.id"));
    network.bind(period.since, period.until);
    while (network.step()) {
        const AddressRange range{network.address(0), network.address(1)};
        networks.push_back({range.text(), network.text(2), network.number(3), network.number(4)});
    }
    summary.networks = ranking_of(std::move(networks));

    const auto rows_by = [&](const std::string& key) {
        std::vector<RankedRow> rows;
        Statement row(ledger, grouped(key, "1"));
        row.bind(period.since, period.until);
        while (row.step())
            rows.push_back({row.text(0), "", row.number(1), row.number(2)});
        return rows;
    };
    summary.countries = ranking_of(rows_by("network.country"));
    summary.registries = ranking_of(rows_by("ifnull(network.registry, '')"));
    auto domains = rows_by("ifnull(substr(contact.address, instr(contact.address, '@') + 1), '')");
    // A complaint without a contact belongs to no domain.
    domains.erase(std::remove_if(domains.begin(), domains.end(),
                                 [](const RankedRow& row) { return row.name.empty(); }),
                  domains.end());
    summary.domains = ranking_of(std::move(domains));
}

}  // namespace ndr
