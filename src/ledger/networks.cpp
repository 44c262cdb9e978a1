#include "ndr_triage/ledger/networks.hpp"

#include "statement.hpp"

namespace ndr {

namespace {

constexpr const char* columns =
    "first, last, registry, country, name, handle, telephone, authority, source, dated";

Network network_of(Statement& row, int first_column) {
    Network network;
    network.range = {row.address(first_column), row.address(first_column + 1)};
    network.registry = rir_of(row.text(first_column + 2));
    network.country = row.text(first_column + 3);
    network.name = row.text(first_column + 4);
    network.handle = row.text(first_column + 5);
    network.telephone = row.text(first_column + 6);
    network.authority = authority_of(row.text(first_column + 7)).value_or(Authority::guess);
    network.source = row.text(first_column + 8);
    network.dated = row.instant(first_column + 9);
    return network;
}

std::optional<std::string> registry_text(const Network& network) {
    return network.registry ? std::optional(std::string(text(*network.registry))) : std::nullopt;
}

std::int64_t insert(Ledger& ledger, const Network& network) {
    auto& database = ledger.database();
    Statement(database,
              "INSERT INTO network (first, last, registry, country, name, handle, telephone, "
              "authority, source, dated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(network.range.first, network.range.last, registry_text(network), network.country,
              network.name, network.handle, network.telephone, text(network.authority),
              network.source, network.dated)
        .exec();
    const std::int64_t id = database.getLastInsertRowid();
    for (const auto& prefix : cover(network.range)) {
        Statement(database,
                  "INSERT OR REPLACE INTO prefix (start, length, network) VALUES (?, ?, ?)")
            .bind(prefix.start(), prefix.length(), id)
            .exec();
    }
    return id;
}

void update(Ledger& ledger, std::int64_t id, const Network& network) {
    Statement(ledger.database(),
              "UPDATE network SET registry = ?, country = ?, name = ?, handle = ?, telephone = ?, "
              "authority = ?, source = ?, dated = ? WHERE id = ?")
        .bind(registry_text(network), network.country, network.name, network.handle,
              network.telephone, text(network.authority), network.source, network.dated, id)
        .exec();
}

bool is_better(const Network& a, const Network& b) {
    if (a.authority != b.authority) return a.authority < b.authority;
    return !a.is_guess() && a.dated > b.dated;
}

}  // namespace

std::optional<NetworkRow> find_network(Ledger& ledger, const Address& address) {
    Address start = address;
    int length = 128;
    for (;;) {
        Statement row(ledger.database(),
                      "SELECT start, length, network FROM prefix WHERE (start, length) <= (?, ?) "
                      "ORDER BY start DESC, length DESC LIMIT 1");
        row.bind(start, length);
        if (!row.step()) return std::nullopt;
        const Prefix found(row.address(0), static_cast<int>(row.number(1)));
        if (found.contains(address)) {
            const std::int64_t id = row.number(2);
            return NetworkRow{id, get_network(ledger, id), 0, 0};
        }
        length = common_bits(found.start(), address);
        start = address.first_of(length);
    }
}

std::int64_t put_network(Ledger& ledger, const Network& network) {
    Statement row(ledger.database(), "SELECT id FROM network WHERE first = ? AND last = ?");
    row.bind(network.range.first, network.range.last);
    if (!row.step()) return insert(ledger, network);
    const std::int64_t id = row.number(0);
    if (is_better(network, get_network(ledger, id))) update(ledger, id, network);
    return id;
}

Network get_network(Ledger& ledger, std::int64_t id) {
    const std::string sql = std::string("SELECT ") + columns + " FROM network WHERE id = ?";
    Statement row(ledger.database(), sql.c_str());
    row.bind(id);
    return row.step() ? network_of(row, 0) : Network{};
}

std::vector<NetworkRow> list_networks(Ledger& ledger) {
    const std::string sql =
        std::string("SELECT id, ") + columns +
        ", (SELECT count(*) FROM complaint WHERE complaint.network = network.id), "
        "(SELECT count(*) FROM follow_up JOIN complaint ON complaint.id = follow_up.complaint "
        "WHERE complaint.network = network.id AND state IN ('proposed', 'held', 'due')) "
        "FROM network ORDER BY first, last DESC";
    std::vector<NetworkRow> rows;
    Statement row(ledger.database(), sql.c_str());
    while (row.step())
        rows.push_back({row.number(0), network_of(row, 1), row.number(11), row.number(12)});
    return rows;
}

}  // namespace ndr
