#include "repercussion.hpp"

#include <algorithm>

#include "statement.hpp"

namespace ndr {

namespace {

// Complaints by the date they were sent, each once.
class Touched {
public:
    Touched(Ledger& ledger, std::int64_t complaint) : ledger_(ledger), complaint_(complaint) {}

    // A statement that gives (sent_at, id).
    template <typename... Values>
    void add(const char* sql, const Values&... values) {
        Statement row(ledger_, sql);
        row.bind(values...);
        while (row.step()) {
            if (row.number(1) != complaint_) found_.emplace_back(row.number(0), row.number(1));
        }
    }

    std::vector<std::int64_t> complaints() {
        std::sort(found_.begin(), found_.end());
        found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
        std::vector<std::int64_t> result;
        for (const auto& [sent_at, id] : found_)
            result.push_back(id);
        return result;
    }

private:
    Ledger& ledger_;
    std::int64_t complaint_;
    std::vector<std::pair<std::int64_t, std::int64_t>> found_;
};

// Whoever asks for the same leaves it to this one now.
void add_askers(Touched& touched, const Appearance::Due& due) {
    touched.add(
        "SELECT sent_at, complaint.id FROM follow_up "
        "JOIN complaint ON complaint.id = follow_up.complaint "
        "WHERE kind = ? AND target = ? AND state <> 'done'",
        due.kind, due.target);
}

// Complaints about a network whose contacts failed, or that has none.
constexpr const char* of_network =
    "SELECT DISTINCT sent_at, complaint.id FROM complaint "
    "LEFT JOIN copy ON copy.complaint = complaint.id "
    "WHERE network = (SELECT id FROM network WHERE first = ? AND last = ?) "
    "AND (state = 'failed' OR state IS NULL)";
constexpr const char* to_contact =
    "SELECT sent_at, complaint.id FROM contact JOIN copy ON copy.contact = contact.id "
    "JOIN complaint ON complaint.id = complaint WHERE contact.address = ? AND state = 'failed'";
constexpr const char* to_domain =
    "SELECT DISTINCT sent_at, complaint.id FROM contact JOIN copy ON copy.contact = contact.id "
    "JOIN complaint ON complaint.id = complaint "
    "WHERE substr(contact.address, instr(contact.address, '@') + 1) = ? AND state = 'failed'";
constexpr const char* of_telephone =
    "SELECT DISTINCT sent_at, complaint.id FROM complaint "
    "JOIN copy ON copy.complaint = complaint.id "
    "WHERE network = (SELECT network FROM complaint WHERE id = ?) AND state = 'failed'";

// Whoever left it to this one must see to it now. The network is found by what was asked for: the
// complaint may have been moved to another one since.
void add_heirs(Touched& touched, std::int64_t complaint, const Appearance::Due& due) {
    if (const auto range = AddressRange::parse(due.target)) {
        touched.add(of_network, range->first, range->last);
    } else if (due.kind == "report") {
        touched.add(to_contact, due.target);
    } else if (due.kind == "notice") {
        touched.add(to_domain, due.target);
    } else {
        touched.add(of_telephone, complaint);
    }
}

void add_latest_of_network(Touched& touched, std::int64_t complaint) {
    touched.add(
        "SELECT sent_at, id FROM complaint "
        "WHERE network = (SELECT network FROM complaint WHERE id = ?) "
        "ORDER BY sent_at DESC, id DESC LIMIT 1",
        complaint);
}

bool is_among(const std::vector<Appearance::Due>& all, const Appearance::Due& due) {
    return std::find(all.begin(), all.end(), due) != all.end();
}

void add_by_standings(Touched& touched, std::int64_t complaint, const Appearance& before,
                      const Appearance& after) {
    for (std::size_t i = 0; i < after.standings.size(); ++i) {
        const auto& was = before.standings.at(i);
        const auto& is = after.standings.at(i);
        if (was == is) continue;
        touched.add(
            "SELECT sent_at, complaint.id FROM copy JOIN complaint ON complaint.id = complaint "
            "WHERE contact = ? AND was_sent = 0",
            is.contact);
        if (was.state == "works" || is.state == "works") add_latest_of_network(touched, complaint);
    }
}

}  // namespace

Appearance appearance_of(Ledger& ledger, std::int64_t complaint) {
    Appearance appearance;
    Statement due(ledger,
                  "SELECT kind, target, due_at FROM follow_up "
                  "WHERE complaint = ? AND state = 'due' ORDER BY kind, target");
    due.bind(complaint);
    while (due.step())
        appearance.due.push_back({due.text(0), due.text(1), due.number(2)});
    Statement copy(ledger,
                   "SELECT contact, state, outcome || ' ' || trust || ' ' || allows || ' ' || "
                   "ifnull(due_at, '') || ' ' || ifnull(stands_since, '') FROM copy "
                   "WHERE complaint = ? AND was_sent ORDER BY position");
    copy.bind(complaint);
    while (copy.step())
        appearance.standings.push_back({copy.number(0), copy.text(1), copy.text(2)});
    return appearance;
}

std::vector<std::int64_t> complaints_touched(Ledger& ledger, std::int64_t complaint,
                                             const Appearance& before, const Appearance& after) {
    Touched touched(ledger, complaint);
    for (const auto& due : after.due) {
        if (!is_among(before.due, due)) add_askers(touched, due);
    }
    bool is_withdrawn = false;
    for (const auto& due : before.due) {
        if (is_among(after.due, due)) continue;
        add_heirs(touched, complaint, due);
        is_withdrawn = true;
    }
    if (is_withdrawn) add_latest_of_network(touched, complaint);
    add_by_standings(touched, complaint, before, after);
    return touched.complaints();
}

}  // namespace ndr
