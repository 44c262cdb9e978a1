#include "ndr_triage/view/listing.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

using Json = nlohmann::ordered_json;

struct Shown {
    std::string operator()(std::monostate) const { return "-"; }
    std::string operator()(const std::string& text) const { return printable(text); }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(bool flag) const { return flag ? "yes" : "no"; }
    std::string operator()(const std::vector<std::string>& words) const {
        return words.empty() ? "-" : printable(joined(words, ", "));
    }
};

struct AsJson {
    Json operator()(std::monostate) const { return nullptr; }
    template <typename T>
    Json operator()(const T& value) const {
        return value;
    }
};

std::string padded(std::string cell, std::size_t width) {
    const std::size_t used = columns(cell);
    if (used < width) cell.append(width - used, ' ');
    return cell;
}

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

// At most `width` columns; a wide character may cost one.
std::string narrowed(const std::string& cell, std::size_t width) {
    if (columns(cell) <= width) return cell;
    std::size_t octets = cell.size();
    while (octets > 0 && columns(cut(cell, octets)) + 3 > width)
        --octets;
    return std::string(cut(cell, octets)) + "...";
}

}  // namespace

std::string Listing::table(std::size_t width) const {
    if (rows.empty()) return {};
    std::vector<std::vector<std::string>> cells(rows.size() + 1);
    std::vector<std::size_t> widths;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (columns[c].heading.empty()) continue;
        cells[0].push_back(columns[c].heading);
        for (std::size_t r = 0; r < rows.size(); ++r)
            cells[r + 1].push_back(shown(rows[r][c]));
        std::size_t widest = 0;
        for (const auto& row : cells)
            widest = std::max(widest, ndr::columns(row.back()));
        widths.push_back(widest);
    }
    std::string text;
    for (const auto& row : cells) {
        std::string line;
        for (std::size_t c = 0; c + 1 < row.size(); ++c)
            line += padded(row[c], widths[c]) + "  ";
        const std::size_t used = ndr::columns(line);
        const bool must_cut = width > 0 && width > used + 10;
        line += must_cut ? narrowed(row.back(), width - used) : row.back();
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

std::string Listing::json_lines() const {
    std::string text;
    for (const auto& row : rows) {
        Json object = Json::object();
        for (std::size_t c = 0; c < columns.size(); ++c)
            object[columns[c].key] = std::visit(AsJson{}, row[c]);
        text += object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
    }
    return text;
}

std::string Listing::csv() const {
    std::vector<std::string> fields;
    for (const auto& column : columns)
        fields.push_back(csv_field(column.key));
    std::string text = joined(fields, ",") + "\r\n";
    for (const auto& row : rows) {
        fields.clear();
        for (const auto& value : row) {
            const bool is_null = std::holds_alternative<std::monostate>(value);
            fields.push_back(is_null ? "" : csv_field(shown(value)));
        }
        text += joined(fields, ",") + "\r\n";
    }
    return text;
}

std::string shown(const Value& value) {
    return std::visit(Shown{}, value);
}

Value text_value(std::string_view text) {
    if (text.empty()) return std::monostate{};
    return std::string(text);
}

}  // namespace ndr
