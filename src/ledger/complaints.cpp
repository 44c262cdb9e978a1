#include "ndr_triage/ledger/complaints.hpp"

#include <fmt/core.h>

#include "ndr_triage/mail/address.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

std::int64_t contact_id(Ledger& ledger, const std::string& address) {
    Statement(ledger.database(), "INSERT INTO contact (address) VALUES (?) ON CONFLICT DO NOTHING")
        .bind(address)
        .exec();
    Statement row(ledger.database(), "SELECT id FROM contact WHERE address = ?");
    row.bind(address).step();
    return row.number(0);
}

std::vector<std::int64_t> numbers(Statement& row) {
    std::vector<std::int64_t> found;
    while (row.step())
        found.push_back(row.number(0));
    return found;
}

}  // namespace

RecordedComplaint record_complaint(Ledger& ledger, const Complaint& complaint,
                                   const std::string& digest, std::int64_t network, Instant now) {
    auto& database = ledger.database();
    Statement known(database, "SELECT id FROM complaint WHERE digest = ?");
    if (known.bind(digest).step()) return {known.number(0), false};
    Statement(database,
              "INSERT INTO complaint (digest, address, network, sent_at, subject, recorded_at, "
              "token_key, token_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(digest, complaint.address, network, complaint.sent_at, complaint.subject, now,
              complaint.token_key, complaint.token_number)
        .exec();
    const std::int64_t id = database.getLastInsertRowid();
    for (std::size_t i = 0; i < complaint.copies.size(); ++i) {
        Statement(database,
                  "INSERT INTO copy (complaint, position, contact, message_id, was_sent, fault) "
                  "VALUES (?, ?, ?, ?, ?, ?)")
            .bind(id, i, contact_id(ledger, complaint.copies[i].contact),
                  complaint.copies[i].message_id, complaint.copies[i].was_sent,
                  complaint.copies[i].fault)
            .exec();
    }
    return {id, true};
}

void mark_not_sent(Ledger& ledger, std::int64_t complaint, std::size_t position,
                   const std::string& fault) {
    Statement(ledger.database(),
              "UPDATE copy SET was_sent = 0, fault = ? WHERE complaint = ? AND position = ?")
        .bind(fault, complaint, position)
        .exec();
}

void withdraw_complaint(Ledger& ledger, std::int64_t id) {
    auto& database = ledger.database();
    for (const char* sql :
         {"DELETE FROM follow_up WHERE complaint = ?", "DELETE FROM copy WHERE complaint = ?",
          "DELETE FROM complaint WHERE id = ?"})
        Statement(database, sql).bind(id).exec();
}

std::optional<Complaint> last_complaint_about(Ledger& ledger, const Address& address) {
    Statement row(ledger.database(),
                  "SELECT id FROM complaint WHERE address = ? ORDER BY sent_at DESC LIMIT 1");
    if (!row.bind(address).step()) return std::nullopt;
    return get_complaint(ledger, row.number(0));
}

Complaint get_complaint(Ledger& ledger, std::int64_t id) {
    Complaint complaint;
    Statement row(ledger.database(),
                  "SELECT address, sent_at, subject, token_key, token_number FROM complaint "
                  "WHERE id = ?");
    if (!row.bind(id).step()) return complaint;
    complaint.id = id;
    complaint.address = row.address(0);
    complaint.sent_at = row.instant(1);
    complaint.subject = row.text(2);
    complaint.token_key = row.text(3);
    complaint.token_number = static_cast<std::uint64_t>(row.number(4));
    Statement copy(ledger.database(),
                   "SELECT contact.address, message_id, was_sent, fault FROM copy JOIN contact "
                   "ON contact.id = copy.contact WHERE complaint = ? ORDER BY position");
    copy.bind(id);
    while (copy.step())
        complaint.copies.push_back({copy.text(0), copy.text(1), copy.flag(2), copy.text(3)});
    return complaint;
}

std::int64_t network_of_complaint(Ledger& ledger, std::int64_t id) {
    Statement row(ledger.database(), "SELECT network FROM complaint WHERE id = ?");
    return row.bind(id).step() ? row.number(0) : 0;
}

Address address_of_complaint(Ledger& ledger, std::int64_t id) {
    Statement row(ledger.database(), "SELECT address FROM complaint WHERE id = ?");
    return row.bind(id).step() ? row.address(0) : Address{};
}

void move_complaint(Ledger& ledger, std::int64_t id, std::int64_t network, Instant look_again) {
    Statement(ledger.database(), "UPDATE complaint SET network = ?, look_again = ? WHERE id = ?")
        .bind(network, look_again, id)
        .exec();
}

std::optional<std::int64_t> complaint_before(Ledger& ledger, std::int64_t id) {
    Statement row(ledger.database(),
                  "SELECT earlier.id FROM complaint JOIN complaint AS earlier "
                  "ON earlier.network = complaint.network "
                  "AND (earlier.sent_at, earlier.id) < (complaint.sent_at, complaint.id) "
                  "WHERE complaint.id = ? ORDER BY earlier.sent_at DESC, earlier.id DESC LIMIT 1");
    return row.bind(id).step() ? std::optional(row.number(0)) : std::nullopt;
}

std::optional<CopyPlace> copy_with_message_id(Ledger& ledger, const std::string& message_id) {
    if (message_id.empty()) return std::nullopt;
    Statement row(ledger.database(), "SELECT complaint, position FROM copy WHERE message_id = ?");
    row.bind(message_id);
    std::optional<CopyPlace> found;
    while (row.step()) {
        if (found && found->complaint != row.number(0)) return std::nullopt;
        if (found) {
            found->position.reset();
        } else {
            found = CopyPlace{row.number(0), row.optional_position(1)};
        }
    }
    return found;
}

std::optional<std::int64_t> complaint_with_token(Ledger& ledger, const std::string& key,
                                                 std::uint64_t number) {
    Statement row(ledger.database(),
                  "SELECT id FROM complaint WHERE token_key = ? AND token_number = ? "
                  "AND token_key <> ''");
    return row.bind(key, number).step() ? std::optional(row.number(0)) : std::nullopt;
}

std::string token_mention(const std::string& key, std::uint64_t number) {
    return fmt::format("token {} {}", key, number);
}

bool has_tokens(Ledger& ledger) {
    Statement row(ledger.database(),
                  "SELECT EXISTS (SELECT 1 FROM complaint WHERE token_key <> '')");
    row.step();
    return row.flag(0);
}

std::vector<CopyPlace> copies_to(Ledger& ledger, const std::string& contact, Instant from,
                                 Instant to) {
    Statement row(ledger.database(),
                  "SELECT complaint, position FROM copy "
                  "JOIN contact ON contact.id = copy.contact "
                  "JOIN complaint ON complaint.id = copy.complaint "
                  "WHERE contact.address = ? AND sent_at BETWEEN ? AND ? "
                  "ORDER BY sent_at DESC, complaint.digest LIMIT 100");
    row.bind(contact, from, to);
    std::vector<CopyPlace> found;
    while (row.step())
        found.push_back({row.number(0), row.optional_position(1)});
    return found;
}

std::vector<std::int64_t> complaints_about(Ledger& ledger, const AddressRange& range) {
    Statement row(ledger.database(),
                  "SELECT id FROM complaint WHERE address BETWEEN ? AND ? ORDER BY sent_at, id");
    return numbers(row.bind(range.first, range.last));
}

std::vector<std::int64_t> complaints_to(Ledger& ledger, const std::string& contact) {
    Statement row(ledger.database(),
                  "SELECT complaint FROM copy JOIN contact ON contact.id = copy.contact "
                  "JOIN complaint ON complaint.id = complaint WHERE contact.address = ? "
                  "ORDER BY sent_at, complaint.id");
    return numbers(row.bind(contact));
}

std::vector<std::int64_t> complaints_to_domain(Ledger& ledger, const std::string& domain) {
    Statement row(
        ledger.database(),
        "SELECT DISTINCT complaint.id FROM copy JOIN contact ON contact.id = copy.contact "
        "JOIN complaint ON complaint.id = complaint "
        "WHERE substr(contact.address, instr(contact.address, '@') + 1) = ? "
        "ORDER BY sent_at, complaint.id");
    return numbers(row.bind(domain));
}

std::vector<std::int64_t> complaints_to_look_at(Ledger& ledger, Instant now) {
    Statement row(ledger.database(),
                  "SELECT id FROM complaint WHERE look_again <= ? ORDER BY look_again, id");
    return numbers(row.bind(now));
}

std::int64_t count_complaints(Ledger& ledger) {
    Statement row(ledger.database(), "SELECT count(*) FROM complaint");
    row.step();
    return row.number(0);
}

}  // namespace ndr
