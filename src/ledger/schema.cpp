#include "schema.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/core.h>

#include <array>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

namespace {

constexpr int application_id = 0x4E445254;  // "NDRT": tells a ledger from any other database

std::array<std::string_view, 12> steps() {
    return {embedded::schema_0001, embedded::schema_0002, embedded::schema_0003,
            embedded::schema_0004, embedded::schema_0005, embedded::schema_0006,
            embedded::schema_0007, embedded::schema_0008, embedded::schema_0009,
            embedded::schema_0010, embedded::schema_0011, embedded::schema_0012};
}

int pragma(SQLite::Database& database, const std::string& name) {
    return database.execAndGet("PRAGMA " + name).getInt();
}

bool is_empty(SQLite::Database& database) {
    return database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
}

void require_ledger(SQLite::Database& database, const std::string& path) {
    if (pragma(database, "application_id") != application_id)
        throw LedgerError(ExitStatus::data_error,
                          fmt::format("ledger {}: another program's database", path));
}

void apply(SQLite::Database& database, int from) {
    const auto all = steps();
    for (auto i = static_cast<std::size_t>(from); i < all.size(); ++i)
        database.exec(std::string(all[i]));
    database.exec(fmt::format("PRAGMA application_id = {}", application_id));
    database.exec(fmt::format("PRAGMA user_version = {}", all.size()));
}

}  // namespace

int known_schema() {
    return static_cast<int>(steps().size());
}

void require_ours(SQLite::Database& database, const std::string& path) {
    if (!is_empty(database)) require_ledger(database, path);
}

void create_schema(SQLite::Database& database, const std::string& path) {
    if (!is_empty(database)) return;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    if (is_empty(database)) {
        apply(database, 0);
    } else {
        require_ledger(database, path);  // another process was faster
    }
    transaction.commit();
}

int upgrade_schema(SQLite::Database& database, const std::string& path) {
    // Else a table that others refer to could not be made anew (lang_altertable.html, section 7).
    database.exec("PRAGMA foreign_keys = OFF");
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    require_ledger(database, path);
    const int version = pragma(database, "user_version");
    if (version < known_schema()) apply(database, version);
    transaction.commit();
    database.exec("PRAGMA foreign_keys = ON");
    return std::max(0, known_schema() - version);
}

void require_known_schema(SQLite::Database& database, const std::string& path) {
    require_ledger(database, path);
    const int version = pragma(database, "user_version");
    if (version > known_schema())
        throw LedgerError(
            ExitStatus::config,
            fmt::format("ledger {}: schema {} is newer than this program's {}: use the "
                        "program that made it",
                        path, version, known_schema()));
    if (version < known_schema())
        throw LedgerError(ExitStatus::config,
                          fmt::format("ledger {}: schema {} is older than this program's {}: run "
                                      "'ndr-triage ledger upgrade'",
                                      path, version, known_schema()));
    const int active =
        database.execAndGet("SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')")
            .getInt();
    if (active != 0)
        throw LedgerError(ExitStatus::data_error,
                          fmt::format("ledger {}: it holds triggers or views, which no ledger has: "
                                      "restore a backup",
                                      path));
}

}  // namespace ndr
