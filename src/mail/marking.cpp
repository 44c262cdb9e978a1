#include "ndr_triage/mail/marking.hpp"

#include <algorithm>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::string_view foreign = "x-ndr-triage-";  // compared without regard to case
constexpr std::size_t kept_of_name = 2;                // "X-", before "Foreign-"
constexpr std::size_t longest_first_line = 64 * 1024;

}  // namespace

void Marking::feed(std::string_view octets) {
    if (has_begun_) return take(octets);
    first_octets_ += octets;
    if (octets.find('\n') != std::string_view::npos || first_octets_.size() > longest_first_line)
        begin();
}

void Marking::finish() {
    if (!has_begun_) begin();
    put_(withheld_);
}

void Marking::begin() {
    has_begun_ = true;
    const std::string octets = std::move(first_octets_);
    const auto end = octets.find('\n');
    const bool has_line = end != std::string::npos;
    const bool is_crlf = has_line && end > 0 && octets[end - 1] == '\r';
    std::string_view rest = octets;
    std::string top;
    if (has_line && rest.starts_with("From ")) {
        top = rest.substr(0, end + 1);
        rest.remove_prefix(end + 1);
        are_all_crlf_ = is_crlf;
    }
    for (const auto& field : fields_)
        top += field.name + ": " + field.value + (is_crlf ? "\r\n" : "\n");
    put_(top);
    take(rest);
}

void Marking::take(std::string_view octets) {
    out_.clear();
    while (is_in_header_ && !octets.empty()) {
        const auto plain =
            is_line_start_ ? 0 : std::min(octets.find_first_of("\r\n"), octets.size());
        pass(octets.substr(0, plain));
        octets.remove_prefix(plain);
        if (octets.empty()) break;
        take_of_header(octets.front());
        octets.remove_prefix(1);
    }
    put_(out_);
    put_(octets);
}

// What holds no line end and no foreign name.
void Marking::pass(std::string_view octets) {
    if (octets.empty()) return;
    out_ += octets;
    line_length_ += octets.size();
    last_ = octets.back();
}

void Marking::take_of_header(char octet) {
    withheld_ += octet;
    const bool fits =
        is_line_start_ && ascii_iequals(withheld_, foreign.substr(0, withheld_.size()));
    const bool is_foreign = fits && withheld_.size() == foreign.size();
    if (is_foreign) withheld_.insert(kept_of_name, "Foreign-");
    if (is_foreign || !fits) {
        out_ += withheld_;
        withheld_.clear();
        is_line_start_ = octet == '\r' || octet == '\n';
    }
    if (octet == '\n') return end_line();
    ++line_length_;
    last_ = octet;
}

void Marking::end_line() {
    const bool is_crlf = last_ == '\r';
    are_all_crlf_ = are_all_crlf_ && is_crlf;
    is_in_header_ = line_length_ > 1 || (line_length_ == 1 && !(is_crlf && are_all_crlf_));
    line_length_ = 0;
    last_ = '\0';
}

}  // namespace ndr
