// mail/html.hpp -- the visible text of an HTML part.
#pragma once

#include <string>
#include <string_view>

namespace ndr {

// Text as a reader sees it: blocks and table rows on lines of their own, cells apart, entities
// decoded, scripts, styles, comments and elements that are not displayed left out. `html` is UTF-8.
// Where a link leads stands on a line of its own, "<https://...>", below the block that bears it,
// so that it parts no words. At most `limit` octets and 20 such lines come out. Of elements nested
// deeper than in any page only the text counts.
std::string text_of_html(std::string_view html, std::size_t limit);

}  // namespace ndr
