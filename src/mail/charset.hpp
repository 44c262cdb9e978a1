// mail/charset.hpp -- octets in whatever charset, labelled rightly, wrongly or not at all, to
// UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace ndr {

// Loads and keeps the converters of every charset this file knows: glibc then opens no file when
// one of them is needed again. About 1.5 ms.
void load_charsets();

// The text in UTF-8. A label that does not fit is passed over for what the octets say: UTF-8 if
// they are UTF-8, a few broken octets aside, ISO-2022-JP if they hold its escape sequences, else
// the East Asian or 8-bit charset that reads them best. Never fails; what cannot be read becomes
// U+FFFD, a NUL octet a blank.
std::string to_utf8(std::string_view octets, std::string_view label);

}  // namespace ndr
