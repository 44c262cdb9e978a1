// casework/complaint.hpp -- one attack by one address, told to the contacts of its network.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/network/address.hpp"
#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

// The copy that one contact got.
struct ComplaintCopy {
    std::string contact;     // address, as comparable_address gives it
    std::string message_id;  // without angle brackets, "" unknown
    bool was_sent = true;    // false: it is only recorded; the contact was known dead, or `fault`
    std::string fault{};     // why our own MTA did not take it, "" it did or was not asked
};

struct Complaint {
    std::int64_t id = 0;  // 0: not in the ledger yet
    Address address;      // the attacker's
    Instant sent_at{};
    std::string subject;
    std::vector<ComplaintCopy> copies;
    // By which key and under which number its tokens are signed; "" it has none.
    std::string token_key;
    std::uint64_t token_number = 0;
};

// Reads a complaint that was sent by other means out of its header facts: contacts from To and Cc,
// the attacker's address from `address` or else from the Subject, where alone it is ours to choose
// (log lines in the body are the attacker's). `own` are addresses of ours that are no contacts.
// What is missing comes back as a sentence for the user.
struct ComplaintReading {
    std::optional<Complaint> complaint;
    std::string fault;
};
ComplaintReading read_complaint(const ReplyFacts& facts, const std::optional<Address>& address,
                                const std::vector<std::string>& own, Instant now);

}  // namespace ndr
