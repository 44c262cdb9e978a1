// casework/report_draft.hpp -- a report of wrong contact data, ready to paste into the registry's
// own form or to mail.
//
// Pure. What strangers wrote is escaped, and our tokens in it are blanked: a registry may pass a
// report on to the holder of the network, who must not learn what proves a bounce.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/casework/registry_desk.hpp"
#include "ndr_triage/network/network.hpp"
#include "ndr_triage/triage/outcome.hpp"

namespace ndr {

// The bounce that says so.
struct ReportedBounce {
    std::int64_t reply = 0;  // its number in the ledger
    Instant at{};
    Outcome outcome = Outcome::recipient_unknown;
    std::string status;           // "5.1.1", "" none
    std::string diagnostic_code;  // "" none
    std::string remote_mta;       // "" none
};

// Something done to reach the holder, and what came of it.
struct Attempt {
    Instant at{};
    std::string what;    // "complaint to abuse@example.net"
    std::string result;  // "recipient-unknown on 2026-11-02", "no answer"
};

struct ReportFacts {
    Network network;
    std::optional<Network> parent;  // the next larger network that is known
    std::string contact;            // "" the network publishes none
    Address attacker;               // whom the complaint was about
    Instant complained_at{};
    std::optional<ReportedBounce> bounce;  // nullopt: none, as no mail was sent
    std::vector<Attempt> attempts;
    std::string reporter;  // "Example Org <complaints@example.org>"
};

struct DraftField {
    std::string name;
    std::string text;       // may have several lines; one where there is a limit
    std::size_t limit = 0;  // characters, 0 none
};

struct ReportDraft {
    std::string registry;  // for people
    std::string url;
    std::string mail;
    std::string subject;
    std::optional<Instant> checked_at;
    std::vector<std::string> first;
    std::vector<DraftField> fields;
};

// nullopt for a full mailbox, which is there and nothing for a registry, whoever asks.
std::optional<ReportDraft> draft_of(const RegistryDesks& desks, const RegistryDesk& desk,
                                    const ReportFacts& facts);

// For people: where to go, what to do first, each field as it is to be pasted.
std::string text_of(const ReportDraft& draft);
// The body of a mail: the field if there is one alone, else each under its name.
std::string mail_text_of(const ReportDraft& draft);

// Characters as a form counts them (UTF-16, as HTML's maxlength does).
std::size_t characters(std::string_view utf8);
// At most so many, cut between words where that keeps half of it; "..." in place of the rest.
std::string shortened(std::string_view utf8, std::size_t limit);

}  // namespace ndr
