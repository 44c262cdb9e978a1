#include "ndr_triage/triage/names.hpp"

#include <algorithm>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

void blank_out(std::string& text, std::size_t begin, std::size_t end) {
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin),
              text.begin() + static_cast<std::ptrdiff_t>(end), '~');
}

}  // namespace

std::string without_names(std::string_view text) {
    std::string result(text);
    for (auto at = ascii_ifind(text, "http"); at != std::string_view::npos;
         at = ascii_ifind(text, "http", at + 4)) {
        const auto rest = text.substr(at);
        if (!ascii_istarts_with(rest, "http://") && !ascii_istarts_with(rest, "https://")) continue;
        const auto host = text.find("//", at) + 2;
        const auto path = std::min(text.find_first_of("/ \t\n<>\"", host), text.size());
        blank_out(result, path, std::min(text.find_first_of(" \t\n<>\"", path), text.size()));
    }
    std::size_t from = 0;
    while (const auto span = next_address(text, from)) {
        blank_out(result, span->begin, span->end);
        from = span->end;
    }
    return result;
}

}  // namespace ndr
