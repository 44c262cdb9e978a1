#include "ndr_triage/ledger/replies.hpp"

#include <algorithm>
#include <tuple>

#include "ndr_triage/mail/address.hpp"
#include "statement.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_mentions = 30;

std::optional<std::string> acknowledgement_text(const Judgement& judgement) {
    if (!judgement.acknowledgement) return std::nullopt;
    return std::string(text(*judgement.acknowledgement));
}

std::optional<std::int64_t> complaint_of(const Identity& identity) {
    return identity.copy ? std::optional(identity.copy->complaint) : std::nullopt;
}

std::optional<std::size_t> position_of(const Identity& identity) {
    return identity.copy ? identity.copy->position : std::nullopt;
}

void put_verdicts(Ledger& ledger, std::int64_t id, const Judgement& judgement) {
    auto& database = ledger.database();
    Statement(database, "DELETE FROM verdict WHERE reply = ?").bind(id).exec();
    for (std::size_t i = 0; i < judgement.recipients.size(); ++i) {
        const Verdict& verdict = judgement.recipients[i];
        Statement(database,
                  "INSERT INTO verdict (reply, position, final_recipient, original_recipient, "
                  "outcome, action, status, reply_code, diagnostic_code, remote_mta, rule) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(id, i, comparable_address(verdict.final_recipient),
                  comparable_address(verdict.original_recipient), text(verdict.outcome),
                  verdict.action, verdict.status, verdict.reply_code, verdict.diagnostic_code,
                  verdict.remote_mta, verdict.rule)
            .exec();
    }
}

void put_mentions(Ledger& ledger, std::int64_t id, const ReplyFacts& facts,
                  const std::string& awaits) {
    std::vector<std::string> mentions{awaits, facts.original_message_id};
    mentions.insert(mentions.end(), facts.answers.begin(), facts.answers.end());
    mentions.resize(std::min(mentions.size(), most_mentions));
    Statement(ledger.database(), "DELETE FROM mention WHERE reply = ?").bind(id).exec();
    for (const auto& mention : mentions) {
        if (mention.empty()) continue;
        Statement(ledger.database(),
                  "INSERT INTO mention (message_id, reply) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(mention, id)
            .exec();
    }
}

std::int64_t insert(Ledger& ledger, const Reply& reply) {
    auto& database = ledger.database();
    const Judgement& judgement = reply.judgement;
    Statement(database,
              "INSERT INTO reply (digest, received_at, recorded_at, form, outcome, "
              "acknowledgement, rule, trust, trust_reason, born_here, auto_reply_says, complaint, "
              "position, message_id, sender, subject, size, judgement, envelope_recipient, "
              "envelope_sender, client) "
              "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(reply.digest, reply.received_at, reply.recorded_at, text(judgement.form),
              text(judgement.outcome), acknowledgement_text(judgement), judgement.rule,
              text(reply.identity.trust), reply.identity.reason, reply.identity.born_here,
              judgement.said_by_auto_reply, complaint_of(reply.identity),
              position_of(reply.identity), judgement.facts.message_id, judgement.facts.sender,
              judgement.facts.subject, reply.size, to_json(judgement), reply.envelope.recipient,
              reply.envelope.sender, reply.envelope.client)
        .exec();
    return database.getLastInsertRowid();
}

void put_octets(Ledger& ledger, std::int64_t id, const std::string& octets) {
    Statement(ledger.database(), "INSERT OR REPLACE INTO message (reply, octets) VALUES (?, ?)")
        .bind(id, Blob{std::string_view(octets).substr(0, most_octets_kept)})
        .exec();
}

struct Stored {
    std::int64_t id = 0;
    Identity identity;
    Instant received_at{};
    std::string octets;
};

// The reply that this one is a copy of: nothing tells that they answer different copies.
std::optional<Stored> stored_copy_of(Ledger& ledger, const std::string& digest,
                                     const Identity& identity) {
    Statement row(ledger.database(),
                  "SELECT id, trust, born_here, received_at, octets, complaint, position "
                  "FROM reply LEFT JOIN message ON message.reply = reply.id WHERE digest = ? "
                  "ORDER BY complaint, position");
    row.bind(digest);
    while (row.step()) {
        Stored stored;
        stored.id = row.number(0);
        stored.identity.trust = trust_of(row.text(1)).value_or(Trust::unknown);
        stored.identity.born_here = row.flag(2);
        stored.received_at = row.instant(3);
        stored.octets = row.text(4);
        if (!row.is_null(5))
            stored.identity.copy = CopyPlace{row.number(5), row.optional_position(6)};
        if (proves_as_much(identity, stored.identity) || proves_as_much(stored.identity, identity))
            return stored;
    }
    return std::nullopt;
}

bool is_better(const Reply& reply, const Stored& stored) {
    const Identity& known = stored.identity;
    if (!proves_as_much(reply.identity, known)) return false;
    if (reply.identity.trust != known.trust) return reply.identity.trust > known.trust;
    if (reply.identity.born_here != known.born_here) return reply.identity.born_here;
    const std::string_view kept = std::string_view(reply.octets).substr(0, most_octets_kept);
    return std::tie(reply.received_at, kept) <
           std::make_tuple(stored.received_at, std::string_view(stored.octets));
}

}  // namespace

bool proves_as_much(const Identity& identity, const Identity& other) {
    if (!other.copy || other.trust == Trust::unknown) return true;
    if (!identity.copy || identity.trust == Trust::unknown) return false;
    if (identity.copy->complaint != other.copy->complaint) return false;
    if (other.trust != Trust::is_signed) return true;
    return identity.trust == Trust::is_signed && identity.copy->position == other.copy->position;
}

FiledAs file_reply(Ledger& ledger, const Reply& reply) {
    const auto stored = stored_copy_of(ledger, reply.digest, reply.identity);
    if (!stored) {
        const std::int64_t id = insert(ledger, reply);
        put_verdicts(ledger, id, reply.judgement);
        put_mentions(ledger, id, reply.judgement.facts, reply.identity.awaits);
        put_octets(ledger, id, reply.octets);
        return {id, Filing::recorded, true, std::nullopt};
    }
    if (!is_better(reply, *stored)) return {stored->id, Filing::repeated, false, std::nullopt};
    refile_reply(ledger, stored->id, reply.judgement, reply.identity);
    Statement(ledger.database(),
              "UPDATE reply SET received_at = ?, size = ?, envelope_recipient = ?, "
              "envelope_sender = ?, client = ? WHERE id = ?")
        .bind(reply.received_at, reply.size, reply.envelope.recipient, reply.envelope.sender,
              reply.envelope.client, stored->id)
        .exec();
    put_octets(ledger, stored->id, reply.octets);
    const bool is_raised = reply.identity.trust > stored->identity.trust;
    return {stored->id, is_raised ? Filing::raised : Filing::repeated, true,
            complaint_of(stored->identity)};
}

void refile_reply(Ledger& ledger, std::int64_t id, const Judgement& judgement,
                  const Identity& identity) {
    Statement(ledger.database(),
              "UPDATE reply SET form = ?, outcome = ?, acknowledgement = ?, rule = ?, trust = ?, "
              "trust_reason = ?, born_here = ?, auto_reply_says = ?, complaint = ?, position = ?, "
              "judgement = ? WHERE id = ?")
        .bind(text(judgement.form), text(judgement.outcome), acknowledgement_text(judgement),
              judgement.rule, text(identity.trust), identity.reason, identity.born_here,
              judgement.said_by_auto_reply, complaint_of(identity), position_of(identity),
              to_json(judgement), id)
        .exec();
    put_verdicts(ledger, id, judgement);
    put_mentions(ledger, id, judgement.facts, identity.awaits);
}

bool is_filed(Ledger& ledger, const std::string& digest, const Identity& identity) {
    return stored_copy_of(ledger, digest, identity).has_value();
}

std::optional<Reply> get_reply(Ledger& ledger, std::int64_t id) {
    Statement row(ledger.database(),
                  "SELECT digest, received_at, recorded_at, judgement, trust, trust_reason, "
                  "complaint, position, born_here, size, octets, envelope_recipient, "
                  "envelope_sender, client FROM reply "
                  "LEFT JOIN message ON message.reply = reply.id WHERE id = ?");
    if (!row.bind(id).step()) return std::nullopt;
    Reply reply;
    reply.id = id;
    reply.digest = row.text(0);
    reply.received_at = row.instant(1);
    reply.recorded_at = row.instant(2);
    reply.judgement = judgement_of_json(row.text(3)).value_or(Judgement{});
    reply.identity.trust = trust_of(row.text(4)).value_or(Trust::unknown);
    reply.identity.reason = row.text(5);
    if (!row.is_null(6)) reply.identity.copy = CopyPlace{row.number(6), row.optional_position(7)};
    reply.identity.born_here = row.flag(8);
    reply.size = static_cast<std::uint64_t>(row.number(9));
    reply.octets = row.text(10);
    reply.envelope = {row.text(11), row.text(12), std::nullopt};
    if (!row.is_null(13)) reply.envelope.client = row.text(13);
    return reply;
}

std::vector<std::int64_t> unmatched_replies_naming(Ledger& ledger, const std::string& mention) {
    std::vector<std::int64_t> found;
    if (mention.empty()) return found;
    Statement row(ledger.database(),
                  "SELECT reply FROM mention JOIN reply ON reply.id = mention.reply "
                  "WHERE mention.message_id = ? AND trust = 'unknown' ORDER BY reply");
    row.bind(mention);
    while (row.step())
        found.push_back(row.number(0));
    return found;
}

}  // namespace ndr
