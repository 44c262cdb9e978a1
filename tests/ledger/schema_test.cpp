// A ledger of each older schema becomes what a new one is, and keeps what it held.
#include <gtest/gtest.h>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/ledger/blocks.hpp"
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

// A ledger as the program of step eight left it, without rows.
void make_ledger_of_step_eight(const TemporaryDirectory& directory) {
    directory.write("old", "");
    LedgerFile file(directory.at("old"));
    file.execute("PRAGMA journal_mode = WAL");
    for (const auto step : {embedded::schema_0001, embedded::schema_0002, embedded::schema_0003,
                            embedded::schema_0004, embedded::schema_0005, embedded::schema_0006,
                            embedded::schema_0007, embedded::schema_0008})
        file.execute(std::string(step));
    file.execute("PRAGMA application_id = " + std::to_string(0x4E445254));
    file.execute("PRAGMA user_version = 8");
    file.execute(
        "INSERT INTO network (id, first, last, authority, source, dated) "
        "VALUES (1, zeroblob(16), zeroblob(16), 'guess', 'IANA table', 0)");
    file.execute(
        "INSERT INTO complaint (id, digest, address, network, sent_at, subject, recorded_at) "
        "VALUES (7, '" +
        std::string(64, 'a') + "', zeroblob(16), 1, 0, 'Abuse', 0)");
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

// Back ends know blocks by their numbers; people know follow-ups by those that they saw in a
// review, even of what is gone by now.
TEST(Schema, of_step_eight_keeps_follow_ups_and_gives_no_number_of_before_again) {
    const TemporaryDirectory directory;
    const std::string path = directory.at("old");
    make_ledger_of_step_eight(directory);
    const std::string all = "SELECT * FROM follow_up ORDER BY id";
    std::vector<std::vector<std::string>> before;
    {
        LedgerFile file(path);
        file.execute(
            "INSERT INTO follow_up VALUES (9, 7, 'block', '203.0.113.0/24', 'done', 1, 'dead', "
            "'mailbox-full', 'signed', 'postmaster', 86400, 1, NULL, 2, 0, NULL, '', 3), "
            "(12, 7, 'report', 'abuse@example.net', 'sending', 4, 'dead', 'recipient-unknown', "
            "'matched', '', NULL, 0, 'apnic', 5, 6, 7, 'no relay', NULL)");
        before = file.rows(all);
    }
    EXPECT_EQ(upgrade_ledger(path), known_schema() - 8);
    EXPECT_EQ(LedgerFile(path).rows(all), before);
    Ledger ledger(path, Ledger::Access::write);
    ledger.write([&] {
        const auto running = running_blocks(ledger, instant_of(4));
        ASSERT_EQ(running.size(), 1U);
        EXPECT_EQ(running[0].id, 9);
        EXPECT_EQ(put_by_hand(ledger, running[0].block, "by hand", "root", instant_of(8)), 1013);
    });
}

// Others refer to the table that is made anew.
TEST(Schema, of_step_eight_keeps_replies_and_what_belongs_to_them) {
    const TemporaryDirectory directory;
    const std::string path = directory.at("old");
    make_ledger_of_step_eight(directory);
    const std::vector<std::string> tables{"reply", "message", "mention", "verdict", "passed_on"};
    std::vector<std::vector<std::vector<std::string>>> before;
    {
        LedgerFile file(path);
        file.execute("INSERT INTO reply VALUES (3, '" + std::string(64, 'b') +
                     "', 1, 2, 'dsn', 'refused', 'person', 'rule', 'matched', 'why', 1, 0, 7, 0, "
                     "'m@example.net', 's@example.net', 'Subject', 9, '{}', 'r@example.org', "
                     "'e@example.net', '192.0.2.1')");
        file.execute("INSERT INTO message VALUES (3, x'414243')");
        file.execute("INSERT INTO mention VALUES ('c@example.org', 3)");
        file.execute(
            "INSERT INTO verdict VALUES (3, 0, 'f@example.net', 'o@example.net', 'refused', "
            "'failed', '5.7.1', 550, 'no', 'mx.example.net', 'rule')");
        file.execute("INSERT INTO passed_on VALUES (3, 4)");
        for (const auto& table : tables)
            before.push_back(file.rows("SELECT * FROM " + table));
    }
    EXPECT_EQ(upgrade_ledger(path), known_schema() - 8);
    LedgerFile file(path);
    for (std::size_t i = 0; i < tables.size(); ++i) {
        ASSERT_EQ(before[i].size(), 1U);
        EXPECT_EQ(file.rows("SELECT * FROM " + tables[i]), before[i]) << tables[i];
    }
    Ledger ledger(path, Ledger::Access::read);
    EXPECT_EQ(check_ledger(ledger), "");
}

TEST(Schema, that_is_new_counts_follow_ups_from_one) {
    const TemporaryDirectory directory;
    Ledger ledger(directory.at("new"), Ledger::Access::write);
    ledger.write([&] {
        const Block block{AddressRange::parse("203.0.113.0/24").value(), Seconds(60), false};
        EXPECT_EQ(put_by_hand(ledger, block, "by hand", "root", instant_of(8)), 1);
    });
}

}  // namespace
}  // namespace ndr
