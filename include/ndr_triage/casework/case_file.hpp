// casework/case_file.hpp -- everything that is known of one complaint when it is decided.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/complaint.hpp"
#include "ndr_triage/casework/follow_up.hpp"
#include "ndr_triage/casework/ruling.hpp"
#include "ndr_triage/casework/trust.hpp"
#include "ndr_triage/network/mail_host.hpp"
#include "ndr_triage/network/network.hpp"
#include "ndr_triage/triage/outcome.hpp"

namespace ndr {

struct FiledVerdict {
    std::string final_recipient;  // "" unknown
    std::string original_recipient;
    Outcome outcome = Outcome::undetermined;
    // Of a lost connection: the block of ours that covered the mail host meanwhile, "" none.
    std::string own_block{};
};

struct FiledReply {
    std::int64_t id = 0;
    Instant received_at{};  // our topmost Received, else its Date
    Instant recorded_at{};
    Trust trust = Trust::unknown;
    std::string trust_reason;         // one line, "" none
    bool is_born_here = false;        // our own MTA wrote it
    bool said_by_auto_reply = false;  // no mail host said it
    Outcome outcome = Outcome::unrelated;
    std::optional<std::size_t> copy;  // the copy of the complaint that it answers
    std::string sender;
    std::vector<FiledVerdict> verdicts;
};

// A follow-up that is due, or done, for this complaint or another. A letter that may have left
// counts as done.
struct KnownFollowUp {
    std::int64_t complaint = 0;  // 0: by hand, for none
    Instant sent_at{};           // that complaint
    Deed deed;
    Instant due_at{};
    std::optional<Instant> done_at;  // nullopt: due
};

// The last proven failure of a contact before this complaint, in another one.
struct KnownFailure {
    std::int64_t complaint = 0;
    std::string contact;
    Outcome outcome = Outcome::undetermined;
    Trust trust = Trust::unknown;
    FollowUpState allows = FollowUpState::proposed;
    Instant due_at{};
    Instant dated{};
};

// Another complaint of the network that a contact acknowledged.
struct KnownAcknowledgement {
    std::int64_t complaint = 0;
    Instant dated{};
};

// What asking the mail hosts of a domain found.
struct KnownProbe {
    std::string domain;
    Instant asked_at{};
    MailHostAnswer answer;
};

// What the ledger knows beyond this complaint.
struct History {
    // Blocks, reports and lifts of this network, notices to the domains of these contacts.
    std::vector<KnownFollowUp> follow_ups;
    std::vector<KnownFailure> failures;  // of contacts whose copy was not sent
    // Of complaints sent within `acknowledged_term` before this one; none if a later complaint of
    // the network is there, for the latest attack is what tells that they go on.
    std::vector<KnownAcknowledgement> acknowledgements;
    std::int64_t new_blocks = 0;     // other networks blocked within a day
    std::vector<KnownProbe> probes;  // of the domains of these contacts
    std::string outage;              // why lost connections look like a fault of ours now, "" none
};

struct CaseFile {
    Complaint complaint;
    Network network;
    std::vector<FiledReply> replies;
    std::vector<Ruling> rulings;  // in the order in which they were made
    History history;
};

}  // namespace ndr
