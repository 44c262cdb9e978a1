// view/markup.hpp -- text within HTML and XML.
#pragma once

#include <string>
#include <string_view>

namespace ndr {

// Any text, a stranger's too, as the content of an element or a quoted attribute: printable(), and
// the five characters that mean something there as references.
std::string escaped(std::string_view text);

}  // namespace ndr
