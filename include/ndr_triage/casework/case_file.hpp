// casework/case_file.hpp -- everything that is known of one complaint when it is decided.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/casework/complaint.hpp"
#include "ndr_triage/casework/trust.hpp"
#include "ndr_triage/network/network.hpp"
#include "ndr_triage/triage/outcome.hpp"

namespace ndr {

struct FiledVerdict {
    std::string final_recipient;  // "" unknown
    std::string original_recipient;
    Outcome outcome = Outcome::undetermined;
};

struct FiledReply {
    std::int64_t id = 0;
    Instant received_at{};  // our topmost Received, else its Date
    Instant recorded_at{};
    Trust trust = Trust::unknown;
    bool is_born_here = false;        // our own MTA wrote it
    bool said_by_auto_reply = false;  // no mail host said it
    Outcome outcome = Outcome::unrelated;
    std::optional<std::size_t> copy;  // the copy of the complaint that it answers
    std::string sender;
    std::vector<FiledVerdict> verdicts;
};

// What was done before, by any complaint.
struct History {
    std::vector<std::string> reported_contacts;  // of this network, within the repeat limit
    std::vector<std::string> noticed_domains;    // within the repeat limit
};

struct CaseFile {
    Complaint complaint;
    Network network;
    std::vector<FiledReply> replies;
    History history;
};

}  // namespace ndr
