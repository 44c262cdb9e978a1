#include "markup.hpp"

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

std::string reference_of(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return std::string(1, c);
    }
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : printable(text))
        result += reference_of(c);
    return result;
}

}  // namespace ndr
