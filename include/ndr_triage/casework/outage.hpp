// casework/outage.hpp -- our own outage must not look like a world of dead contacts.
//
// Of the last 20 final replies more than half are lost-connection, and they are about contacts of
// five domains or more: the fault may be ours. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/triage/outcome.hpp"

namespace ndr {

// Which replies count: those of a final outcome (all but `delayed` and `unrelated`: even a refusal
// proves that we reach the world), matched or signed, about a known copy, and of each contact's
// domain the last four only. A stranger who reads our complaints can answer them as often
// as he likes; so he can neither bring this about nor end it with the contacts of one domain.
inline constexpr std::size_t replies_that_count = 20;
inline constexpr std::size_t replies_of_a_domain = 4;

struct RecentReply {
    std::string domain;  // of the contact that it is about, as the ledger has it
    Outcome outcome = Outcome::undetermined;
};

// What they look like. `replies` are at most the last 20 that count.
struct RecentReplies {
    std::size_t count = 0;
    std::size_t lost = 0;  // connections
    std::size_t domains = 0;

    bool look_like_outage() const;
    // "14 of the last 20 final replies, of 9 domains, are lost-connection"
    std::string text() const;
};
RecentReplies summed(const std::vector<RecentReply>& replies);

}  // namespace ndr
