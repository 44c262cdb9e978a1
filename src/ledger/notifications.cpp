#include "ndr_triage/ledger/notifications.hpp"

#include <fmt/core.h>

#include "statement.hpp"
#include "unread.hpp"

namespace ndr {

std::optional<Instant> last_notification(Ledger& ledger) {
    Statement row(ledger, "SELECT max(sent_at) FROM notification");
    row.step();
    return row.is_null(0) ? std::nullopt : std::optional(row.instant(0));
}

void add_notification(Ledger& ledger, Instant now) {
    Statement(ledger, "INSERT OR IGNORE INTO notification (sent_at) VALUES (?)").bind(now).exec();
}

void withdraw_notification(Ledger& ledger, Instant sent_at) {
    Statement(ledger, "DELETE FROM notification WHERE sent_at = ?").bind(sent_at).exec();
}

std::set<std::string> matters_told(Ledger& ledger) {
    Statement row(ledger, "SELECT matter FROM told");
    std::set<std::string> matters;
    while (row.step())
        matters.insert(row.text(0));
    return matters;
}

void set_matters_told(Ledger& ledger, const std::set<std::string>& matters, Instant now) {
    for (const auto& known : matters_told(ledger)) {
        if (matters.count(known) == 0)
            Statement(ledger, "DELETE FROM told WHERE matter = ?").bind(known).exec();
    }
    for (const auto& matter : matters)
        Statement(ledger, "INSERT OR IGNORE INTO told (matter, told_at) VALUES (?, ?)")
            .bind(matter, now)
            .exec();
}

std::vector<std::int64_t> replies_to_pass_on(Ledger& ledger, std::size_t most) {
    Statement row(ledger, fmt::format("SELECT id FROM reply WHERE {} "
                                      "ORDER BY recorded_at, id LIMIT ?",
                                      is_unread));
    row.bind(most);
    std::vector<std::int64_t> replies;
    while (row.step())
        replies.push_back(row.number(0));
    return replies;
}

void mark_passed_on(Ledger& ledger, std::int64_t reply, Instant now) {
    Statement(ledger, "INSERT OR IGNORE INTO passed_on (reply, at) VALUES (?, ?)")
        .bind(reply, now)
        .exec();
}

}  // namespace ndr
