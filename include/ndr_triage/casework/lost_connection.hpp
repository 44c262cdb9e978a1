// casework/lost_connection.hpp -- a lost connection is the one failure that no mail host spoke of:
// it may be a fault of ours, or one that has passed. Pure.
#pragma once

#include <string>

#include "ndr_triage/casework/case_file.hpp"
#include "ndr_triage/casework/decide.hpp"

namespace ndr {

bool has_lost_connection(const ContactStanding& contact);
// A block rests on all contacts, a report on the one it is about, anything else on none.
bool rests_on_lost_connection(const Deed& deed, const ContactStanding& contact);
// What was found at its mail host since it failed, in the order of time.
std::vector<KnownProbe> probes_since_failure(const ContactStanding& contact,
                                             const History& history);

// What is known of a contact's lost connection.
struct LostConnection {
    bool is_doubtful = false;  // what rests on it waits for a person
    std::string what;          // for people, "" nothing
};
// A block wants the mail host to be asked; a report is harmless enough to do without.
LostConnection lost_connection_of(const ContactStanding& contact, FollowUpKind kind,
                                  const Policy& policy, const History& history);
// Why nobody should approve it without looking at it, "" nothing: approved, it is carried out
// without a question to the mail host.
std::string doubt_about(const Deed& deed, const std::vector<ContactStanding>& contacts,
                        const Policy& policy, const History& history);

}  // namespace ndr
