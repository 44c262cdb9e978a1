#include "ndr_triage/ledger/ledger.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/core.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <random>
#include <thread>

#include "ndr_triage/base/files.hpp"
#include "schema.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

constexpr std::chrono::milliseconds longest_wait{3000};

// SQLite's own handler backs off to 100 ms and starves under contention (64 writers: 3 s); a short
// random sleep up to a deadline serves all of them in 0.1 s.
int wait_for_lock(void*, int attempt) {
    using Clock = std::chrono::steady_clock;
    static thread_local Clock::time_point began;
    static thread_local std::minstd_rand random(
        static_cast<unsigned>(getpid()) ^
        static_cast<unsigned>(Clock::now().time_since_epoch().count()));
    if (attempt == 0) began = Clock::now();
    if (Clock::now() - began >= longest_wait) return 0;
    std::this_thread::sleep_for(std::chrono::microseconds(1000 + random() % 2000));
    return 1;
}

std::string advice(int code, const std::string& path) {
    switch (code) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "locked by another process for 3 s";
        case SQLITE_READONLY:
            return "read-only: run as the user that owns it, or mend its permissions";
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_CANTOPEN:
            return fmt::format("cannot be opened: is {} there, and may this user write it?",
                               path.substr(0, path.rfind('/')));
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "damaged, or no ledger at all: restore a backup";
        case SQLITE_FULL:
            return "no space left on its disk";
        default:
            return {};
    }
}

ExitStatus status_of(int code) {
    switch (code) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ExitStatus::temp_fail;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_CANTOPEN:
            return ExitStatus::no_permission;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return ExitStatus::data_error;
        case SQLITE_FULL:
        case SQLITE_IOERR:
            return ExitStatus::io_error;
        default:
            return ExitStatus::software;
    }
}

[[noreturn]] void rethrow(const SQLite::Exception& error, const std::string& path) {
    const int code = error.getErrorCode() & 0xFF;
    const std::string known = advice(code, path);
    throw LedgerError(status_of(code),
                      fmt::format("ledger {}: {}", path, known.empty() ? error.what() : known));
}

void configure(SQLite::Database& database, const std::string& path, Ledger::Access access) {
    sqlite3* handle = database.getHandle();
    sqlite3_busy_handler(handle, wait_for_lock, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    database.exec("PRAGMA foreign_keys = ON");
    if (access == Ledger::Access::write) {
        require_ours(database, path);  // the next line changes the file
        database.exec("PRAGMA journal_mode = WAL");
        database.exec("PRAGMA synchronous = FULL");
    }
}

// Mail is nobody else's business: SQLite would let the umask decide. Its other files get the mode
// of this one. What goes wrong here SQLite meets again, and says so.
void make_private_file(const std::string& path) {
    const Descriptor made(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

int open_flags(const std::string& path, Ledger::Access access) {
    if (access == Ledger::Access::write) return SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
    struct stat file {};
    if (stat(path.c_str(), &file) != 0 && errno == ENOENT)
        throw LedgerError(
            ExitStatus::no_input,
            fmt::format("ledger {}: not there yet; 'record', 'replay' or 'deliver' makes it",
                        path));
    return SQLite::OPEN_READONLY;
}

}  // namespace

Ledger::Ledger(const std::string& path, Access access) : path_(path) {
    const int flags = open_flags(path, access);
    if (access == Access::write) make_private_file(path);
    try {
        database_ = std::make_unique<SQLite::Database>(path, flags);
        configure(*database_, path, access);
        if (access == Access::write) {
            create_schema(*database_, path);
        }
        require_known_schema(*database_, path);
        statements_ = std::make_unique<StatementCache>(*database_);
    } catch (const SQLite::Exception& error) {
        rethrow(error, path);
    }
}

Ledger::~Ledger() = default;
Ledger::Ledger(Ledger&&) noexcept = default;

Ledger& Ledger::operator=(Ledger&& other) noexcept {
    statements_.reset();  // a database with statements does not close
    path_ = std::move(other.path_);
    database_ = std::move(other.database_);
    statements_ = std::move(other.statements_);
    return *this;
}

SQLite::Database& Ledger::database() {
    return *database_;
}

void Ledger::write(const std::function<void()>& work) {
    run(work, true);
}

void Ledger::read(const std::function<void()>& work) {
    run(work, false);
}

void Ledger::run(const std::function<void()>& work, bool immediate) {
    try {
        SQLite::Transaction transaction(*database_, immediate
                                                        ? SQLite::TransactionBehavior::IMMEDIATE
                                                        : SQLite::TransactionBehavior::DEFERRED);
        work();
        transaction.commit();
    } catch (const SQLite::Exception& error) {
        rethrow(error, path_);
    }
}

int upgrade_ledger(const std::string& path) {
    open_flags(path, Ledger::Access::read);
    try {
        SQLite::Database database(path, SQLite::OPEN_READWRITE);
        configure(database, path, Ledger::Access::write);
        const int applied = upgrade_schema(database, path);
        require_known_schema(database, path);
        return applied;
    } catch (const SQLite::Exception& error) {
        rethrow(error, path);
    }
}

void backup_ledger(const std::string& path, const std::string& target) {
    struct stat file {};
    if (stat(target.c_str(), &file) == 0)
        throw IoError(ExitStatus::cannot_create, target + ": exists already; name a new file");
    Ledger ledger(path, Ledger::Access::read);
    make_private_file(target);
    try {
        SQLite::Database copy(target, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        SQLite::Backup backup(copy, ledger.database());
        backup.executeStep(-1);
    } catch (const SQLite::Exception& error) {
        rethrow(error, target);
    }
}

std::string check_ledger(Ledger& ledger) {
    std::string findings;
    const auto collect = [&](const char* pragma, bool (*is_fine)(const std::string&)) {
        SQLite::Statement rows(ledger.database(), pragma);
        while (rows.executeStep() && findings.size() < 1000) {
            const std::string row = rows.getColumn(0).getString();
            if (!is_fine(row)) findings += (findings.empty() ? "" : "; ") + row;
        }
    };
    ledger.read([&] {
        collect("PRAGMA integrity_check", [](const std::string& row) { return row == "ok"; });
        collect("PRAGMA foreign_key_check", [](const std::string&) { return false; });
    });
    return findings;
}

}  // namespace ndr
