// ledger/schema.hpp -- the steps of the schema (schema/NNNN-*.sql), counted in user_version.
#pragma once

#include <string>

namespace SQLite {
class Database;
}

namespace ndr {

// Throws unless it is empty or a ledger of ours, before anything is written to it.
void require_ours(SQLite::Database& database, const std::string& path);
// Creates the tables in an empty file; one that has a schema is left as it is.
void create_schema(SQLite::Database& database, const std::string& path);
// Applies the steps that are missing, in one transaction. Returns how many.
int upgrade_schema(SQLite::Database& database, const std::string& path);
// Throws LedgerError unless the file is a ledger of exactly the newest step known.
void require_known_schema(SQLite::Database& database, const std::string& path);

}  // namespace ndr
