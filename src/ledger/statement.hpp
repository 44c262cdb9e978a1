// ledger/statement.hpp -- binding and reading values of our types; every value of a message is
// bound.
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/network/address.hpp"

namespace ndr {

// Octets that are no text.
struct Blob {
    std::string_view octets;
};

// Statements that were compiled once and wait to be run again: compiling takes longer than finding
// a row among a million.
class StatementCache {
public:
    explicit StatementCache(SQLite::Database& database) : database_(database) {}

    // The caller has it alone until he gives it back.
    std::unique_ptr<SQLite::Statement> take(const std::string& sql) {
        auto& waiting = waiting_[sql];
        if (!waiting) return std::make_unique<SQLite::Statement>(database_, sql);
        return std::move(waiting);
    }
    void give_back(std::unique_ptr<SQLite::Statement> statement) {
        statement->tryReset();
        statement->clearBindings();
        waiting_.find(statement->getQuery())->second = std::move(statement);
    }

private:
    SQLite::Database& database_;
    std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> waiting_;
};

// One statement with its parameters bound in order.
class Statement {
public:
    Statement(SQLite::Database& database, const char* sql)
        : statement_(std::make_unique<SQLite::Statement>(database, sql)) {}
    // Compiled once for the life of the ledger's connection.
    Statement(Ledger& ledger, const std::string& sql)
        : cache_(&ledger.statements()), statement_(cache_->take(sql)) {}
    ~Statement() {
        if (cache_ != nullptr) cache_->give_back(std::move(statement_));
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    template <typename... Values>
    Statement& bind(const Values&... values) {
        (bind_next(values), ...);
        return *this;
    }

    // For another run with other values.
    template <typename... Values>
    Statement& rebind(const Values&... values) {
        statement_->reset();
        next_ = 0;
        return bind(values...);
    }

    bool step() { return statement_->executeStep(); }
    int exec() { return statement_->exec(); }

    std::string text(int column) { return statement_->getColumn(column).getString(); }
    std::int64_t number(int column) { return statement_->getColumn(column).getInt64(); }
    bool is_null(int column) { return statement_->getColumn(column).isNull(); }
    Instant instant(int column) { return instant_of(number(column)); }
    Address address(int column) { return Address::of_octets(text(column)).value_or(Address{}); }
    bool flag(int column) { return number(column) != 0; }
    std::optional<std::int64_t> optional_number(int column) {
        return is_null(column) ? std::nullopt : std::optional(number(column));
    }
    std::optional<std::size_t> optional_position(int column) {
        return is_null(column) ? std::nullopt
                               : std::optional(static_cast<std::size_t>(number(column)));
    }

private:
    void bind_next(const std::string& value) { statement_->bind(++next_, value); }
    void bind_next(std::string_view value) { statement_->bind(++next_, std::string(value)); }
    void bind_next(const char* value) { statement_->bind(++next_, std::string(value)); }
    void bind_next(std::int64_t value) { statement_->bind(++next_, value); }
    void bind_next(std::uint64_t value) { bind_next(static_cast<std::int64_t>(value)); }
    void bind_next(int value) { statement_->bind(++next_, value); }
    void bind_next(bool value) { statement_->bind(++next_, value ? 1 : 0); }
    void bind_next(Instant value) { bind_next(unix_seconds(value)); }
    void bind_next(const Address& value) { bind_next(Blob{value.octet_string()}); }
    void bind_next(const Blob& value) {
        statement_->bind(++next_, value.octets.data(), static_cast<int>(value.octets.size()));
    }
    template <typename T>
    void bind_next(const std::optional<T>& value) {
        if (value) {
            bind_next(*value);
        } else {
            statement_->bind(++next_);
        }
    }

    StatementCache* cache_ = nullptr;
    std::unique_ptr<SQLite::Statement> statement_;
    int next_ = 0;
};

}  // namespace ndr
