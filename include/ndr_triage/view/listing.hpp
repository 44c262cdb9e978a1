// view/listing.hpp -- rows of named values, as a table for people or as JSON, one object a line.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ndr {

using Value = std::variant<std::monostate, std::string, std::int64_t, bool,
                           std::vector<std::string>>;  // monostate: null, shown as "-"

struct ListingColumn {
    std::string key;      // in JSON
    std::string heading;  // in the table; "" leaves the column out there
};

struct Listing {
    std::vector<ListingColumn> columns;
    std::vector<std::vector<Value>> rows;  // as many values as columns

    // Aligned columns, a heading and two blanks between them; every stranger's text passes
    // printable(). With `width` > 0 the last column is cut to it. "" without rows.
    std::string table(std::size_t width = 0) const;
    std::string json_lines() const;
    // RFC 4180, the keys first; null is an empty field.
    std::string csv() const;
};

// As it stands in the table: printable(), null "-".
std::string shown(const Value& value);
// A value for text of which "" means unknown.
Value text_value(std::string_view text);

}  // namespace ndr
