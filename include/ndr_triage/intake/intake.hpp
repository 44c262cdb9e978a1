// intake/intake.hpp -- one message, one transaction: what every way into the ledger shares.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/casework/decide.hpp"
#include "ndr_triage/casework/house.hpp"
#include "ndr_triage/intake/judging.hpp"
#include "ndr_triage/ledger/replies.hpp"

namespace ndr {

// What became of a reply.
struct Receipt {
    std::int64_t reply = 0;  // 0: none, it was a letter of `doctor`
    Filing filing = Filing::recorded;
    Judgement judgement;  // as filed
    Identity identity;
};

// Files the reply under its complaint and decides the case, durable when it returns. The same
// message again, by any path, changes nothing but that the better proven copy counts. A
// letter that `doctor` sent to itself is noted and is no reply. Throws LedgerError.
Receipt take_in(Ledger& ledger, const House& house, const RawMessage& message,
                const Envelope& envelope, Judgement judgement, Instant now);

// Whose reply it is, and how far that can be believed: by the tokens of ours that came back, else
// by Message-IDs, else by addresses. Within Ledger::read or write.
Identity identify(Ledger& ledger, const House& house, const Judgement& judgement,
                  const Envelope& envelope, Instant received_at);

// A letter in answer to our complaint that no rule knows was written by a person.
void recognise_person(Judgement& judgement, const Identity& identity);

// When the message reached us: the date of our topmost Received, else its Date, else and at most
// `now`.
Instant received_at(const ReplyFacts& facts, Instant now);

// Records a complaint; replies that name it and were filed before are tied to it and decided.
struct ComplaintReceipt {
    std::int64_t complaint = 0;
    bool is_new = false;
    Network network;
    std::size_t replies_found = 0;
};
ComplaintReceipt take_in_complaint(Ledger& ledger, const House& house, const Complaint& complaint,
                                   const std::string& digest, Instant now);

// Judges a stored reply anew (rules have changed). nullopt if there is no such reply.
std::optional<Receipt> take_in_again(Ledger& ledger, const House& house, std::int64_t reply,
                                     Judgement judgement, Instant now);

// Makes the follow-ups of the complaint what they should be now, and those of the complaints that
// this touches, of which only one gets what several ask for. Within Ledger::write.
void decide_case(Ledger& ledger, const Policy& policy, std::int64_t complaint, Instant now);

// Why an examined item is no mail that could be taken in, with file and way out; "" if it is one.
// A file of another kind, an empty one, a dead child.
std::string fault_of(const Examined& examined);

}  // namespace ndr
