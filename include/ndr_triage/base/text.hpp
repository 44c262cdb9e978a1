// base/text.hpp -- text as it is compared and as it is shown.
//
// Everything here takes and gives UTF-8; octets that are none become U+FFFD (`utf8_only`) or
// escapes (`printable`). Nothing throws but std::bad_alloc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ndr {

// ---- small tools -------------------------------------------------------------------------------

std::string_view trimmed(std::string_view text);             // blanks of ASCII, both ends
std::string ascii_lower(std::string_view text);              // A-Z only
bool ascii_iequals(std::string_view a, std::string_view b);  // A-Z only
bool ascii_istarts_with(std::string_view text, std::string_view start);
// Position of `needle` (lower case) in `text`, letters A-Z of `text` compared as a-z; else npos.
std::size_t ascii_ifind(std::string_view text, std::string_view needle, std::size_t from = 0);
std::vector<std::string_view> split_lines(std::string_view text);  // without their LF
std::vector<std::string_view> split(std::string_view text, char separator);
// Lines of a table, or a file that people write, that are neither empty nor a comment ('#' first).
struct TableLine {
    std::size_t number = 1;
    std::string_view text;     // trimmed
    bool is_indented = false;  // it begins with a blank
};
std::vector<TableLine> table_lines(std::string_view table);
// "1 fault", "2 faults"; another plural than with "s" is given.
std::string counted(std::size_t count, std::string_view one, std::string_view many = {});
std::string joined(const std::vector<std::string>& words, std::string_view between);
// A decimal number without sign or blanks; nullopt for anything else or too large.
std::optional<std::int64_t> parse_number(std::string_view text);

// ---- UTF-8 -------------------------------------------------------------------------------------

bool is_utf8(std::string_view octets);
bool is_ascii(std::string_view octets);
// Wrong octets and NUL become U+FFFD.
std::string utf8_only(std::string_view octets);
// At most `limit` octets, cut between characters.
std::string_view cut(std::string_view utf8, std::size_t limit);
// Columns a terminal needs: two for wide (CJK) characters, none for combining ones.
std::size_t columns(std::string_view utf8);

// ---- for people and logs -----------------------------------------------------------------------

// A stranger's text on one line of a log, a terminal or a letter: control characters, line ends,
// direction marks and octets that are no UTF-8 appear as escapes (\n, \x1b, \u202e); at most
// `limit` octets, then "...".
std::string printable(std::string_view text, std::size_t limit = 300);

// ---- for comparison ----------------------------------------------------------------------------

// Text as phrases are compared: NFKC, case folded, typographic quotes and dashes as ASCII ones,
// runs of blanks one blank, none between two CJK letters, invisible characters gone.
struct Folded {
    std::string text;
    std::vector<std::uint32_t> origin;  // for each octet of `text`: where it came from
};
Folded folded_with_origin(std::string_view utf8);
std::string folded(std::string_view utf8);

}  // namespace ndr
