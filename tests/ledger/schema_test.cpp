// A ledger of each older schema becomes what a new one is, and keeps what it held.
#include <gtest/gtest.h>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "support/ledger_file.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {
namespace {

using support::LedgerFile;
using support::TemporaryDirectory;

// Tables, columns and indexes, without the words that ALTER TABLE appends.
std::string shape_of(const std::string& path) {
    return LedgerFile(path).value(
        "SELECT group_concat(what) FROM (SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || "
        "c.\"notnull\" || ' ' || ifnull(c.dflt_value, '') AS what FROM sqlite_master AS m "
        "JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table' "
        "UNION ALL SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY what)");
}

TEST(Schema, of_the_first_step_is_upgraded_to_the_newest_and_keeps_what_it_held) {
    const TemporaryDirectory directory;
    const std::string old_path = directory.at("old");
    const std::string new_path = directory.at("new");
    { const Ledger ledger(new_path, Ledger::Access::write); }
    {
        directory.write("old", "");
        LedgerFile file(old_path);
        file.execute("PRAGMA journal_mode = WAL");
        file.execute(std::string(embedded::schema_0001));
        file.execute("PRAGMA application_id = " + std::to_string(0x4E445254));
        file.execute("PRAGMA user_version = 1");
        file.execute(
            "INSERT INTO network (id, first, last, authority, source, dated) "
            "VALUES (1, zeroblob(16), zeroblob(16), 'guess', 'IANA table', 0)");
        file.execute(
            "INSERT INTO complaint (id, digest, address, network, sent_at, subject, recorded_at) "
            "VALUES (7, '" +
            std::string(64, 'a') + "', zeroblob(16), 1, 0, 'Abuse', 0)");
        file.execute("INSERT INTO contact VALUES (1, 'abuse@example.net')");
        file.execute(
            "INSERT INTO copy (complaint, position, contact, message_id) "
            "VALUES (7, 0, 1, 'id@example.org')");
        file.execute(
            "INSERT INTO follow_up (id, complaint, kind, target, state, due_at, reason, term, "
            "decided_at, done_at) "
            "VALUES (9, 7, 'block', '203.0.113.0/24', 'done', 1, 'dead', 86400, 2, 3)");
    }
    EXPECT_EQ(upgrade_ledger(old_path), known_schema() - 1);
    EXPECT_EQ(shape_of(old_path), shape_of(new_path));
    Ledger ledger(old_path, Ledger::Access::read);
    ledger.read([&] {
        const Complaint complaint = get_complaint(ledger, 7);
        ASSERT_EQ(complaint.copies.size(), 1U);
        EXPECT_EQ(complaint.copies[0].contact, "abuse@example.net");
        EXPECT_TRUE(complaint.copies[0].was_sent);
        const auto rows = list_follow_ups(ledger, {7, false});
        ASSERT_EQ(rows.size(), 1U);
        EXPECT_EQ(rows[0].id, 9);
        EXPECT_EQ(description_of(rows[0].follow_up.deed), "block 203.0.113.0/24 for 1d");
        EXPECT_EQ(rows[0].follow_up.reason, "dead");
        EXPECT_EQ(rows[0].done_at, instant_of(3));
    });
}

}  // namespace
}  // namespace ndr
