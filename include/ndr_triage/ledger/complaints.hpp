// ledger/complaints.hpp -- complaints, and how a reply finds its own.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/complaint.hpp"
#include "ndr_triage/ledger/ledger.hpp"

namespace ndr {

struct RecordedComplaint {
    std::int64_t id = 0;
    bool is_new = false;  // false: a message of that digest was recorded before, nothing changed
};
RecordedComplaint record_complaint(Ledger& ledger, const Complaint& complaint,
                                   const std::string& digest, std::int64_t network, Instant now);

// The copy could not be handed to our MTA; `fault` says why. That says nothing of the contact.
void mark_not_sent(Ledger& ledger, std::int64_t complaint, std::size_t position,
                   const std::string& fault);
// Takes out a complaint that nobody got and that nothing answers.
void withdraw_complaint(Ledger& ledger, std::int64_t id);

// The latest complaint about that very address; nullopt if there is none.
std::optional<Complaint> last_complaint_about(Ledger& ledger, const Address& address);

Complaint get_complaint(Ledger& ledger, std::int64_t id);
std::int64_t network_of_complaint(Ledger& ledger, std::int64_t id);
Address address_of_complaint(Ledger& ledger, std::int64_t id);
// To a network that is known better; the case is to be decided again at `look_again`.
void move_complaint(Ledger& ledger, std::int64_t id, std::int64_t network, Instant look_again);
// The complaint about the same network that was sent next before this one.
std::optional<std::int64_t> complaint_before(Ledger& ledger, std::int64_t id);

// A copy of a complaint; `position` is absent where several contacts share what was looked for.
struct CopyPlace {
    std::int64_t complaint = 0;
    std::optional<std::size_t> position;
};
// The complaint with that Message-ID; nullopt also when several have it.
std::optional<CopyPlace> copy_with_message_id(Ledger& ledger, const std::string& message_id);
// The complaint whose tokens are signed with that key under that number.
std::optional<std::int64_t> complaint_with_token(Ledger& ledger, const std::string& key,
                                                 std::uint64_t number);
// What a reply that awaits such a complaint is filed with as a mention.
std::string token_mention(const std::string& key, std::uint64_t number);
// True if any complaint has tokens.
bool has_tokens(Ledger& ledger);
// The complaints to that contact sent within [from, to], the latest first.
std::vector<CopyPlace> copies_to(Ledger& ledger, const std::string& contact, Instant from,
                                 Instant to);

// For stories, each in the order they were sent: by attacker's address, contact, contact's domain.
std::vector<std::int64_t> complaints_about(Ledger& ledger, const AddressRange& range);
std::vector<std::int64_t> complaints_to(Ledger& ledger, const std::string& contact);
std::vector<std::int64_t> complaints_to_domain(Ledger& ledger, const std::string& domain);

// Cases that time alone changes, due for another look.
std::vector<std::int64_t> complaints_to_look_at(Ledger& ledger, Instant now);
std::int64_t count_complaints(Ledger& ledger);

}  // namespace ndr
