// triage/parts.hpp -- which part of a message plays which role.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/mail/message.hpp"

namespace ndr {

struct Roles {
    const Part* delivery_status = nullptr;  // RFC 3464, RFC 6533
    const Part* disposition = nullptr;      // RFC 8098
    bool is_feedback_report = false;        // RFC 5965
    std::string text;  // of the notification: text parts in front of what is returned
    const Header* returned = nullptr;  // header of the returned message
    bool has_returned_message = false;
    std::string message_class;  // of an Outlook note, lower case
};

// Finds them at any depth that the parser kept, outermost first. What stands within a returned
// message plays no role, save a report that a person or gateway forwarded.
Roles roles_of(const Message& message);

}  // namespace ndr
