#include "ndr_triage/ledger/purge.hpp"

#include <fmt/core.h>

#include "statement.hpp"
#include "unread.hpp"

namespace ndr {

OldMessages old_messages(Ledger& ledger, Instant before) {
    Statement row(ledger, fmt::format("SELECT {} AS unread, count(*), sum(length(octets)) "
                                      "FROM message JOIN reply ON reply.id = message.reply "
                                      "WHERE recorded_at < ? GROUP BY unread",
                                      is_unread));
    row.bind(before);
    OldMessages found;
    while (row.step())
        (row.flag(0) ? found.unread : found.read) = {row.number(1), row.number(2)};
    return found;
}

KeptMessages purge_messages(Ledger& ledger, Instant before, bool also_unread, std::size_t most) {
    Statement row(ledger, fmt::format("DELETE FROM message WHERE reply IN ("
                                      "SELECT message.reply FROM message "
                                      "JOIN reply ON reply.id = message.reply "
                                      "WHERE recorded_at < ? AND (? OR NOT ({})) LIMIT ?) "
                                      "RETURNING length(octets)",
                                      is_unread));
    row.bind(before, also_unread, most);
    KeptMessages taken;
    while (row.step()) {
        ++taken.count;
        taken.octets += row.number(0);
    }
    return taken;
}

std::int64_t purge_notes(Ledger& ledger, Instant before) {
    std::int64_t count = 0;
    for (const char* what :
         {"DELETE FROM probe WHERE asked_at < ?", "DELETE FROM mail_test WHERE sent_at < ?",
          "DELETE FROM outage WHERE ended_at < ?", "DELETE FROM notification WHERE sent_at < ?"})
        count += Statement(ledger, what).bind(before).exec();
    return count;
}

}  // namespace ndr
