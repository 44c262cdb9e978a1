// mail/tnef.hpp -- winmail.dat (MS-OXTNEF): what Outlook and Exchange send where they think that
// only Outlook reads; some out-of-office notices and read receipts are nothing else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ndr {

struct TnefNote {
    std::string message_class;  // "IPM.Note", "IPM.Microsoft Mail.Read Receipt"
    std::string text;           // the body as plain text, UTF-8, at most `limit` octets
};

// What libytnef can read of the octets; nullopt if that is nothing.
std::optional<TnefNote> read_tnef(std::string_view octets, std::size_t limit);

}  // namespace ndr
