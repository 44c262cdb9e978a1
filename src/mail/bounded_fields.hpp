// mail/bounded_fields.hpp -- a message that GMime can read at a bounded cost.
#pragma once

#include <string>
#include <string_view>

namespace ndr {

// The octets (LF line ends) with some fields cut to `limit`: those whose value GMime reads while it
// parses, in the headers of parts and of messages inside too. A "To" field of 128 KB, "a:a:a:...",
// would use up the stack. A line of a text that looks like one of them is cut as well.
std::string with_bounded_fields(std::string octets, std::size_t limit);

}  // namespace ndr
