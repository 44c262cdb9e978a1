#include "ndr_triage/ledger/rulings.hpp"

#include "statement.hpp"

namespace ndr {

namespace {

constexpr const char* select =
    "SELECT kind, target, verb, detail, ruled_at, ruled_by, why FROM ruling ";

std::vector<Ruling> rulings_of(Statement& row) {
    std::vector<Ruling> rulings;
    while (row.step()) {
        const auto kind = follow_up_kind_of(row.text(0));
        const auto verb = verb_of(row.text(2));
        if (kind && verb)
            rulings.push_back(
                {*kind, row.text(1), *verb, row.text(3), row.instant(4), row.text(5), row.text(6)});
    }
    return rulings;
}

}  // namespace

void add_ruling(Ledger& ledger, std::optional<std::int64_t> complaint, const Ruling& ruling) {
    Statement(ledger,
              "INSERT INTO ruling (complaint, kind, target, verb, detail, ruled_at, ruled_by, why) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(complaint, text(ruling.kind), ruling.target, text(ruling.verb), ruling.detail,
              ruling.at, ruling.by, ruling.why)
        .exec();
}

std::vector<Ruling> rulings_on(Ledger& ledger, std::int64_t complaint) {
    Statement row(ledger, std::string(select) + "WHERE complaint = ? ORDER BY id");
    return rulings_of(row.bind(complaint));
}

std::vector<Ruling> rulings_by_hand(Ledger& ledger) {
    Statement row(ledger, std::string(select) + "WHERE complaint IS NULL ORDER BY id");
    return rulings_of(row);
}

}  // namespace ndr
