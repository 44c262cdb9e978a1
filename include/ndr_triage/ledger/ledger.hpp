// ledger/ledger.hpp -- the SQLite database that holds everything the program knows.
//
// Every access stands within read() or write(); the functions of the other headers of this folder
// must be called from within one. write() is one BEGIN IMMEDIATE transaction, durable when it
// returns (WAL, synchronous FULL); it waits at most 3 s for another writer. A ledger of another
// schema, or one with triggers or views, is refused. Throws LedgerError.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "ndr_triage/base/failure.hpp"

namespace SQLite {
class Database;
}

namespace ndr {

class StatementCache;

// what() names the file, what is wrong and the way out.
struct LedgerError : Failure {
    using Failure::Failure;
};

class Ledger {
public:
    enum class Access {
        read,   // must exist
        write,  // an absent ledger is created, its directory not
    };

    Ledger(const std::string& path, Access access);
    ~Ledger();
    Ledger(Ledger&&) noexcept;
    Ledger& operator=(Ledger&&) noexcept;

    void write(const std::function<void()>& work);
    void read(const std::function<void()>& work);

    const std::string& path() const { return path_; }
    // For this folder only.
    SQLite::Database& database();
    StatementCache& statements() { return *statements_; }

private:
    void run(const std::function<void()>& work, bool immediate);

    std::string path_;
    std::unique_ptr<SQLite::Database> database_;
    std::unique_ptr<StatementCache> statements_;  // gone before the database
};

// Number of the newest schema step this program knows.
int known_schema();
// Applies the steps that a ledger lacks, in one transaction. Returns how many. The ledger must
// exist.
int upgrade_ledger(const std::string& path);
// A consistent copy while the ledger is in use (SQLite's online backup). `target` must not exist.
void backup_ledger(const std::string& path, const std::string& target);
// SQLite's integrity and foreign key checks: "" if all is well, else the first findings.
std::string check_ledger(Ledger& ledger);

}  // namespace ndr
