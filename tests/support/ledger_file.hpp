// support/ledger_file.hpp -- the ledger seen from outside the program, by SQLite's own interface.
#pragma once

#include <string>
#include <vector>

struct sqlite3;

namespace ndr::support {

// An open connection; throws on every error. It is closed with the object.
class LedgerFile {
public:
    explicit LedgerFile(const std::string& path);
    ~LedgerFile();
    LedgerFile(const LedgerFile&) = delete;
    LedgerFile& operator=(const LedgerFile&) = delete;

    void execute(const std::string& sql);
    // Each value as text; NULL is "".
    std::vector<std::vector<std::string>> rows(const std::string& sql);
    // The first value of the first row.
    std::string value(const std::string& sql);

private:
    sqlite3* database_ = nullptr;
};

// All rows of all tables, sorted, with row numbers replaced by what they stand for (digests,
// addresses, ranges): equal for two ledgers that know the same, whatever the order it came in.
std::string canonical_dump(const std::string& path);

}  // namespace ndr::support
