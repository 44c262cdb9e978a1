#include "ledger_file.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace ndr::support {

namespace {

// What stands for a row of a table that others refer to.
const std::map<std::string, std::string> natural_keys{{"network", "hex(first) || '-' || hex(last)"},
                                                      {"complaint", "digest"},
                                                      {"contact", "address"},
                                                      {"reply", "digest"}};

// A select of all that a table says, without its row numbers.
std::string select_of(LedgerFile& ledger, const std::string& table) {
    std::map<std::string, std::string> refers_to;
    for (const auto& row : ledger.rows("PRAGMA foreign_key_list(" + table + ")"))
        refers_to[row.at(3)] = row.at(2);
    std::string columns;
    for (const auto& row : ledger.rows("PRAGMA table_info(" + table + ")")) {
        const std::string& column = row.at(1);
        if (column == "id") continue;
        std::string value = "quote(" + table + "." + column + ")";
        if (refers_to.count(column) > 0) {
            const std::string& target = refers_to.at(column);
            value = "(SELECT " + natural_keys.at(target) + " FROM " + target +
                    " AS t WHERE t.id = " + table + "." + column + ")";
        }
        columns += (columns.empty() ? "" : ", ") + value;
    }
    return "SELECT " + columns + " FROM " + table;
}

}  // namespace

LedgerFile::LedgerFile(const std::string& path) {
    if (sqlite3_open_v2(path.c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) {
        const std::string why = sqlite3_errmsg(database_);
        sqlite3_close(database_);
        throw std::runtime_error(path + ": " + why);
    }
}

LedgerFile::~LedgerFile() {
    sqlite3_close(database_);
}

void LedgerFile::execute(const std::string& sql) {
    rows(sql);
}

std::vector<std::vector<std::string>> LedgerFile::rows(const std::string& sql) {
    std::vector<std::vector<std::string>> found;
    const auto take = [](void* rows, int count, char** values, char**) {
        std::vector<std::string> row;
        for (int i = 0; i < count; ++i)
            row.emplace_back(values[i] != nullptr ? values[i] : "");
        static_cast<std::vector<std::vector<std::string>>*>(rows)->push_back(std::move(row));
        return 0;
    };
    char* why = nullptr;
    if (sqlite3_exec(database_, sql.c_str(), take, &found, &why) != SQLITE_OK) {
        const std::string message = sql + ": " + (why != nullptr ? why : "?");
        sqlite3_free(why);
        throw std::runtime_error(message);
    }
    return found;
}

std::string LedgerFile::value(const std::string& sql) {
    return rows(sql).at(0).at(0);
}

std::string canonical_dump(const std::string& path) {
    LedgerFile ledger(path);
    std::string dump;
    for (const auto& table : ledger.rows("SELECT name FROM sqlite_master WHERE type = 'table' "
                                         "AND name NOT LIKE 'sqlite_%' ORDER BY name")) {
        std::vector<std::string> lines;
        for (const auto& row : ledger.rows(select_of(ledger, table.at(0)))) {
            std::string line;
            for (const auto& value : row)
                line += value + "|";
            lines.push_back(line);
        }
        std::sort(lines.begin(), lines.end());
        dump += "== " + table.at(0) + "\n";
        for (const auto& line : lines)
            dump += line + "\n";
    }
    return dump;
}

}  // namespace ndr::support
