#include "ndr_triage/ledger/ledger.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <fstream>

#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

using Access = Ledger::Access;

// What SQLite itself makes of a statement, from outside.
void execute(const std::string& path, const char* sql) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql;
    sqlite3_close(database);
}

ExitStatus status_of_opening(const std::string& path, Access access) {
    try {
        Ledger ledger(path, access);
        return ExitStatus::ok;
    } catch (const LedgerError& error) {
        EXPECT_NE(std::string(error.what()).find(path), std::string::npos) << error.what();
        EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
        return error.status();
    }
}

class LedgerFile : public testing::Test {
protected:
    support::TemporaryDirectory directory_;
    std::string path_ = directory_.at("ledger.sqlite3");
};

}  // namespace

TEST_F(LedgerFile, is_created_empty_and_found_again) {
    { Ledger ledger(path_, Access::write); }
    Ledger ledger(path_, Access::read);
    ledger.read([&] { EXPECT_EQ(count_complaints(ledger), 0); });
    EXPECT_EQ(check_ledger(ledger), "");
}

TEST_F(LedgerFile, must_exist_for_reading) {
    EXPECT_EQ(status_of_opening(path_, Access::read), ExitStatus::no_input);
}

TEST_F(LedgerFile, of_a_newer_schema_is_refused) {
    { Ledger ledger(path_, Access::write); }
    execute(path_, "PRAGMA user_version = 99");
    EXPECT_EQ(status_of_opening(path_, Access::write), ExitStatus::config);
    EXPECT_EQ(status_of_opening(path_, Access::read), ExitStatus::config);
}

TEST_F(LedgerFile, of_another_program_is_refused_and_left_as_it_is) {
    execute(path_, "CREATE TABLE theirs (a)");
    EXPECT_EQ(status_of_opening(path_, Access::write), ExitStatus::data_error);
    execute(path_, "INSERT INTO theirs VALUES (1)");
}

TEST_F(LedgerFile, with_a_trigger_or_view_is_refused) {
    { Ledger ledger(path_, Access::write); }
    execute(path_, "CREATE VIEW sly AS SELECT 1");
    EXPECT_EQ(status_of_opening(path_, Access::write), ExitStatus::data_error);
}

TEST_F(LedgerFile, that_is_no_database_is_refused) {
    std::ofstream(path_) << std::string(5000, 'x');
    EXPECT_EQ(status_of_opening(path_, Access::write), ExitStatus::data_error);
}

TEST_F(LedgerFile, keeps_nothing_of_a_transaction_that_throws) {
    Ledger ledger(path_, Access::write);
    const auto record = [&] {
        const auto network =
            put_network(ledger, guessed_network(*Address::parse("203.0.113.7"), support::noon)).id;
        record_complaint(ledger, support::complaint_to("abuse@example.net"),
                         support::digest_for("a"), network, support::noon);
        throw std::runtime_error("power cut");
    };
    EXPECT_THROW(ledger.write(record), std::runtime_error);
    ledger.read([&] {
        EXPECT_EQ(count_complaints(ledger), 0);
        EXPECT_TRUE(list_networks(ledger).empty());
    });
}

TEST_F(LedgerFile, waits_three_seconds_for_a_writer_and_then_gives_a_temporary_failure) {
    Ledger ledger(path_, Access::write);
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(path_.c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    const auto began = std::chrono::steady_clock::now();
    try {
        ledger.write([] {});
        ADD_FAILURE() << "wrote while another held the lock";
    } catch (const LedgerError& error) {
        EXPECT_EQ(error.status(), ExitStatus::temp_fail);
    }
    const auto waited = std::chrono::steady_clock::now() - began;
    EXPECT_GE(waited, std::chrono::milliseconds(2900));
    EXPECT_LE(waited, std::chrono::seconds(10));
    sqlite3_close(other);
}

TEST_F(LedgerFile, is_copied_while_it_is_in_use_and_over_nothing) {
    Ledger ledger(path_, Access::write);
    ledger.write([&] {
        put_network(ledger, guessed_network(*Address::parse("203.0.113.7"), support::noon));
    });
    const std::string copy = directory_.at("copy");
    backup_ledger(path_, copy);
    Ledger copied(copy, Access::read);
    copied.read([&] { EXPECT_EQ(list_networks(copied).size(), 1U); });
    EXPECT_THROW(backup_ledger(path_, copy), IoError);
}

TEST_F(LedgerFile, that_is_up_to_date_needs_no_upgrade) {
    { Ledger ledger(path_, Access::write); }
    EXPECT_EQ(upgrade_ledger(path_), 0);
    EXPECT_THROW(upgrade_ledger(directory_.at("absent")), LedgerError);
}

TEST_F(LedgerFile, can_change_places_with_another_while_statements_wait) {
    Ledger ledger(path_, Access::write);
    const auto count = [&] {
        std::size_t networks = 0;
        ledger.read([&] { networks = list_networks(ledger).size(); });
        return networks;
    };
    ledger.write([&] {
        put_network(ledger, guessed_network(*Address::parse("203.0.113.7"), support::noon));
    });
    EXPECT_EQ(count(), 1U);
    ledger = Ledger(directory_.at("other.sqlite3"), Access::write);
    EXPECT_EQ(count(), 0U);
}

}  // namespace ndr
