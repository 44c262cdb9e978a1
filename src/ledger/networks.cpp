#include "ndr_triage/ledger/networks.hpp"

#include <algorithm>

#include "statement.hpp"

namespace ndr {

namespace {

constexpr const char* columns =
    "first, last, registry, country, name, handle, telephone, authority, source, dated, "
    "contacts_changed_at, organisation, region";

Network network_of(Statement& row) {
    Network network;
    network.range = {row.address(0), row.address(1)};
    network.registry = rir_of(row.text(2));
    network.country = row.text(3);
    network.name = row.text(4);
    network.handle = row.text(5);
    network.telephone = row.text(6);
    network.authority = authority_of(row.text(7)).value_or(Authority::guess);
    network.source = row.text(8);
    network.dated = row.instant(9);
    if (!row.is_null(10)) network.contacts_changed_at = row.instant(10);
    network.organisation = row.text(11);
    network.region = row.text(12);
    return network;
}

std::optional<std::string> registry_text(const Network& network) {
    return network.registry ? std::optional(std::string(text(*network.registry))) : std::nullopt;
}

// ---- contacts ----------------------------------------------------------------------------------

std::vector<NetworkContact> contacts_of(Ledger& ledger, std::int64_t network) {
    Statement row(ledger,
                  "SELECT role, address, telephone, name, validated_at FROM network_contact "
                  "WHERE network = ? ORDER BY position");
    row.bind(network);
    std::vector<NetworkContact> contacts;
    while (row.step()) {
        NetworkContact contact{contact_role_of(row.text(0)).value_or(ContactRole::registrant),
                               row.text(1), row.text(2), row.text(3), std::nullopt};
        if (!row.is_null(4)) contact.validated_at = row.instant(4);
        contacts.push_back(std::move(contact));
    }
    return contacts;
}

void put_contacts(Ledger& ledger, std::int64_t network,
                  const std::vector<NetworkContact>& contacts) {
    Statement(ledger, "DELETE FROM network_contact WHERE network = ?").bind(network).exec();
    for (std::size_t i = 0; i < contacts.size(); ++i) {
        const auto& contact = contacts[i];
        Statement(ledger,
                  "INSERT INTO network_contact (network, position, role, address, telephone, "
                  "name, validated_at) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(network, i, text(contact.role), contact.address, contact.telephone, contact.name,
                  contact.validated_at)
            .exec();
    }
}

// The last one that a call about the network was told of. Calls that end so are few: they are
// looked through, not the network's complaints.
std::optional<ToldContact> told_contact_of(Ledger& ledger, std::int64_t network) {
    Statement row(ledger,
                  "SELECT detail, ruled_by, ruled_at FROM ruling CROSS JOIN complaint "
                  "ON complaint.id = ruling.complaint "
                  "WHERE verb = 'contact' AND complaint.network = ? "
                  "ORDER BY ruled_at DESC, ruling.id DESC LIMIT 1");
    if (!row.bind(network).step()) return std::nullopt;
    return ToldContact{row.text(0), row.text(1), row.instant(2)};
}

// A guess and the statistics say nothing of contacts.
bool knows_contacts(const Network& network) {
    return network.authority == Authority::registry || network.authority == Authority::imported;
}

std::vector<std::string> sorted_contacts(const Network& network) {
    auto addresses = published_contacts(network);
    std::sort(addresses.begin(), addresses.end());
    return addresses;
}

// ---- prefixes ----------------------------------------------------------------------------------

// Whether a network is rather found by a prefix than the one that is now.
bool outranks(Ledger& ledger, const Network& network, const Prefix& prefix) {
    Statement row(ledger,
                  "SELECT first, last, authority FROM prefix JOIN network ON network.id = network "
                  "WHERE start = ? AND length = ?");
    if (!row.bind(prefix.start(), prefix.length()).step()) return true;
    const bool is_guess = row.text(2) == text(Authority::guess);
    if (is_guess != network.is_guess()) return is_guess;
    return network.range.width() < AddressRange{row.address(0), row.address(1)}.width();
}

void put_prefixes(Ledger& ledger, std::int64_t id, const Network& network) {
    for (const auto& prefix : cover(network.range)) {
        const int added = Statement(ledger,
                                    "INSERT INTO prefix (start, length, network) VALUES (?, ?, ?) "
                                    "ON CONFLICT DO NOTHING")
                              .bind(prefix.start(), prefix.length(), id)
                              .exec();
        if (added == 0 && outranks(ledger, network, prefix))
            Statement(ledger, "UPDATE prefix SET network = ? WHERE start = ? AND length = ?")
                .bind(id, prefix.start(), prefix.length())
                .exec();
    }
}

// ---- rows --------------------------------------------------------------------------------------

std::int64_t insert(Ledger& ledger, const Network& network) {
    Statement(ledger,
              "INSERT INTO network (first, last, registry, country, name, handle, telephone, "
              "authority, source, dated, organisation, region) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(network.range.first, network.range.last, registry_text(network), network.country,
              network.name, network.handle, network.telephone, text(network.authority),
              network.source, network.dated, network.organisation, network.region)
        .exec();
    return ledger.database().getLastInsertRowid();
}

void update(Ledger& ledger, std::int64_t id, const Network& known, const Network& network) {
    auto changed_at = known.contacts_changed_at;
    if (knows_contacts(known) && sorted_contacts(known) != sorted_contacts(network))
        changed_at = network.dated;
    Statement(ledger,
              "UPDATE network SET registry = ?, country = ?, name = ?, handle = ?, telephone = ?, "
              "authority = ?, source = ?, dated = ?, contacts_changed_at = ?, organisation = ?, "
              "region = ? WHERE id = ?")
        .bind(registry_text(network), network.country, network.name, network.handle,
              network.telephone, text(network.authority), network.source, network.dated, changed_at,
              network.organisation, network.region, id)
        .exec();
}

bool is_better(const Network& a, const Network& b) {
    if (a.authority != b.authority) return a.authority < b.authority;
    return !a.is_guess() && a.dated > b.dated;
}

// Apart from who said it when.
bool says_the_same(const Network& a, const Network& b) {
    return a.is_guess() == b.is_guess() && a.registry == b.registry && a.country == b.country &&
           a.name == b.name && a.handle == b.handle && a.organisation == b.organisation &&
           a.region == b.region && a.telephone == b.telephone && a.contacts == b.contacts;
}

std::string select_rows() {
    return std::string("SELECT ") + columns +
           ", id, (SELECT count(*) FROM complaint WHERE complaint.network = network.id) "
           "AS complaints, "
           "(SELECT count(*) FROM follow_up JOIN complaint ON complaint.id = follow_up.complaint "
           "WHERE complaint.network = network.id AND state IN ('proposed', 'held', 'due')) "
           "FROM network";
}

NetworkRow row_of(Ledger& ledger, Statement& row) {
    NetworkRow found{row.number(13), network_of(row), row.number(14), row.number(15)};
    if (knows_contacts(found.network)) found.network.contacts = contacts_of(ledger, found.id);
    if (found.complaints > 0) found.network.told_contact = told_contact_of(ledger, found.id);
    return found;
}

// The longest prefix, of those not longer than `length`, that holds the address.
struct Step {
    int length = 128;
    std::int64_t network = 0;
    bool is_guess = false;
};
class Walk {
public:
    Walk(Ledger& ledger, const Address& address)
        : address_(address),
          row_(ledger,
               "SELECT start, length, network, "
               "(SELECT authority FROM network WHERE id = prefix.network) = 'guess' FROM prefix "
               "WHERE (start, length) <= (?, ?) ORDER BY start DESC, length DESC LIMIT 1") {}

    // The next one outwards; nullopt after the last.
    std::optional<Step> next() {
        while (length_ >= 0) {
            row_.rebind(address_.first_of(length_), length_);
            if (!row_.step()) return std::nullopt;
            const Prefix found(row_.address(0), static_cast<int>(row_.number(1)));
            if (found.contains(address_)) {
                length_ = found.length() - 1;
                return Step{found.length(), row_.number(2), row_.flag(3)};
            }
            length_ = common_bits(found.start(), address_);
        }
        return std::nullopt;
    }

private:
    Address address_;
    Statement row_;
    int length_ = 128;
};

}  // namespace

std::optional<std::int64_t> network_holding(Ledger& ledger, const Address& address) {
    Walk walk(ledger, address);
    std::optional<std::int64_t> guess;
    while (const auto step = walk.next()) {
        if (!step->is_guess) return step->network;
        if (!guess) guess = step->network;
    }
    return guess;
}

std::optional<NetworkRow> find_network(Ledger& ledger, const Address& address) {
    const auto id = network_holding(ledger, address);
    if (!id) return std::nullopt;
    return NetworkRow{*id, get_network(ledger, *id), 0, 0};
}

std::optional<std::int64_t> network_around(Ledger& ledger, const AddressRange& range) {
    Walk walk(ledger, range.first);
    while (const auto step = walk.next()) {
        const AddressRange found = get_network(ledger, step->network).range;
        if (!step->is_guess && found != range && found.contains(range)) return step->network;
    }
    return std::nullopt;
}

PutNetwork put_network(Ledger& ledger, const Network& network) {
    Statement row(ledger, "SELECT id FROM network WHERE first = ? AND last = ?");
    row.bind(network.range.first, network.range.last);
    PutNetwork put;
    const bool is_known = row.step();
    if (is_known) {
        put.id = row.number(0);
        const Network known = get_network(ledger, put.id);
        if (!is_better(network, known)) return put;
        put.has_changed = !says_the_same(known, network);
        update(ledger, put.id, known, network);
    } else {
        put = {insert(ledger, network), true};
    }
    if (knows_contacts(network)) put_contacts(ledger, put.id, network.contacts);
    put_prefixes(ledger, put.id, network);
    return put;
}

void withdraw_smaller(Ledger& ledger, const Address& address, const AddressRange& range) {
    std::vector<std::int64_t> holding;
    Walk walk(ledger, address);
    while (const auto step = walk.next())
        holding.push_back(step->network);
    for (const auto id : holding) {
        const Network network = get_network(ledger, id);
        const bool is_smaller = range.contains(network.range) && range != network.range;
        if (!is_smaller || network.authority != Authority::registry) continue;
        Statement(ledger, "DELETE FROM prefix WHERE network = ?").bind(id).exec();
    }
}

Network get_network(Ledger& ledger, std::int64_t id) {
    const std::string sql = std::string("SELECT ") + columns + " FROM network WHERE id = ?";
    Statement row(ledger, sql);
    if (!row.bind(id).step()) return Network{};
    Network network = network_of(row);
    network.contacts = contacts_of(ledger, id);
    network.told_contact = told_contact_of(ledger, id);
    return network;
}

NetworkRow network_row(Ledger& ledger, std::int64_t id) {
    const std::string sql = select_rows() + " WHERE id = ?";
    Statement row(ledger, sql);
    return row.bind(id).step() ? row_of(ledger, row) : NetworkRow{};
}

std::vector<NetworkRow> list_networks(Ledger& ledger, bool all) {
    const std::string sql = select_rows() +
                            " WHERE ? OR authority <> 'delegated' OR complaints > 0 "
                            "ORDER BY first, last DESC";
    std::vector<NetworkRow> rows;
    Statement row(ledger, sql);
    row.bind(all);
    while (row.step())
        rows.push_back(row_of(ledger, row));
    return rows;
}

std::vector<Address> addresses_to_look_up(Ledger& ledger, Instant since, Instant stale) {
    Statement row(ledger,
                  "SELECT complaint.address, authority = 'guess' AS is_guess, min(dated) AS oldest "
                  "FROM complaint JOIN network ON network.id = complaint.network "
                  "WHERE (authority IN ('guess', 'delegated') OR dated < ?) "
                  "AND (sent_at >= ? OR EXISTS (SELECT 1 FROM follow_up WHERE "
                  "follow_up.complaint = complaint.id AND state IN ('proposed', 'held', 'due'))) "
                  "GROUP BY complaint.address ORDER BY is_guess DESC, oldest, complaint.address");
    row.bind(stale, since);
    std::vector<Address> addresses;
    while (row.step())
        addresses.push_back(row.address(0));
    return addresses;
}

}  // namespace ndr
