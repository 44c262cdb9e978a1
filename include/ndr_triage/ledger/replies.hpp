// ledger/replies.hpp -- replies: their judgement, verdicts, octets, and the complaint they answer.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/trust.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/mail/envelope.hpp"
#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// Octets kept of one message; the rest is only counted.
inline constexpr std::size_t most_octets_kept = 64 * 1024;

// Which complaint a reply answers, and what says so.
struct Identity {
    Trust trust = Trust::unknown;
    std::string reason;             // one line
    std::optional<CopyPlace> copy;  // nullopt: none that we know
    bool born_here = false;         // our own MTA wrote it
    bool answers_us = false;        // it is a letter in answer to that copy
    std::string noticed = {};       // it answers our notice about this contact; "" it does not
    std::string awaits = {};        // a token of a complaint that is not in the ledger yet, or ""
};

// True if it proves what the other proves, too: nothing, or the complaint, or, signed, the very
// copy of it. What is only guessed, with unknown trust, proves nothing.
bool proves_as_much(const Identity& identity, const Identity& other);

struct Reply {
    std::int64_t id = 0;
    std::string digest;
    Instant received_at{};
    Instant recorded_at{};
    Judgement judgement;
    Envelope envelope;
    Identity identity;
    std::uint64_t size = 0;  // of the whole message
    std::string octets;      // kept, or ""
};

enum class Filing {
    recorded,   // new
    repeated,   // known: nothing changes but that the better of two copies is kept
    raised,     // known, and better trusted now
    mail_test,  // no reply: a letter that `doctor` sent to itself
};
struct FiledAs {
    std::int64_t id = 0;
    Filing filing = Filing::recorded;
    bool has_changed = false;
    std::optional<std::int64_t> left;  // the complaint that it was filed under before
};
// Messages of one digest are one reply, unless they are proven to answer different complaints, or
// by their signatures different copies of one: the digest does not tell whom a message answers, and
// what answers one complaint must neither undo nor hide what answers another. Of two copies of one
// reply the better trusted stays, then one born here, then the earlier, then the lesser by octets,
// so that the order in which they come does not matter.
FiledAs file_reply(Ledger& ledger, const Reply& reply);
// Replaces what was read out of a reply and whom it answers; digest, octets and times stay.
void refile_reply(Ledger& ledger, std::int64_t id, const Judgement& judgement,
                  const Identity& identity);

// True if file_reply() would take it for a copy of what is there.
bool is_filed(Ledger& ledger, const std::string& digest, const Identity& identity);
std::optional<Reply> get_reply(Ledger& ledger, std::int64_t id);

// Replies that name a Message-ID, or await a token, and answer no complaint for certain yet.
std::vector<std::int64_t> unmatched_replies_naming(Ledger& ledger, const std::string& mention);

struct ReplyFilter {
    std::optional<Outcome> outcome;
    std::optional<std::int64_t> complaint;
    std::string recipient;  // final recipient of a verdict, or sender
    bool without_complaint = false;
    std::int64_t most = -1;  // the latest so many
};
struct ReplyRow {
    std::int64_t id = 0;
    Instant received_at{};
    Outcome outcome = Outcome::unrelated;
    Form form = Form::other;
    std::optional<Acknowledgement> acknowledgement;
    std::string rule;
    Trust trust = Trust::unknown;
    std::optional<std::int64_t> complaint;
    std::string recipient;  // of the leading verdict, else the sender
    std::string subject;
};
// By the time they were received, the latest first.
std::vector<ReplyRow> list_replies(Ledger& ledger, const ReplyFilter& filter);
// How many replies have each outcome, in the order of all_outcomes.
std::vector<std::pair<Outcome, std::int64_t>> count_replies(Ledger& ledger);

std::string_view text(Filing filing);

}  // namespace ndr
