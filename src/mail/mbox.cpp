#include "mbox.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::size_t longest_piece = 64 * 1024;  // of a line; a longer one comes in pieces

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The closing delimiter that a multipart's header promises, or "".
std::string closing_delimiter(std::string_view octets) {
    const auto header = octets.substr(0, std::min(octets.find("\n\n"), octets.find("\r\n\r\n")));
    auto at = ascii_ifind(header, "boundary=");
    if (at == std::string_view::npos) return {};
    at += 9;
    const bool quoted = header.substr(at, 1) == "\"";
    const auto value = header.substr(at + (quoted ? 1 : 0));
    return "--" + std::string(value.substr(0, value.find_first_of(quoted ? "\"" : "; \t\r\n"))) +
           "--";
}

}  // namespace

bool is_mbox_from_line(std::string_view line) {
    if (!line.starts_with("From ")) return false;
    bool has_time = false;
    for (std::size_t i = 5; i + 2 < line.size(); ++i)
        has_time = has_time || (line[i] == ':' && is_digit(line[i - 1]) && is_digit(line[i + 1]) &&
                                is_digit(line[i + 2]));
    if (!has_time) return false;
    const auto words = split(trimmed(line), ' ');
    return std::any_of(words.begin() + 2, words.end(), [](std::string_view word) {
        return word.size() == 4 && std::all_of(word.begin(), word.end(), is_digit);
    });
}

MessageFile::MessageFile(std::string path, File file, bool may_be_mbox, const SizeLimits& limits)
    : path_(std::move(path)), file_(std::move(file)), limits_(limits), may_be_mbox_(may_be_mbox) {}

bool MessageFile::read_line() {
    std::array<char, longest_piece> piece{};
    is_line_start_ = last_line_complete_;
    line_.clear();
    while (line_.size() < piece.size()) {
        const int c = std::getc(file_.get());
        if (c == EOF) break;
        line_ += static_cast<char>(c);
        if (c == '\n') break;
    }
    if (std::ferror(file_.get())) failed_ = true;
    if (line_.empty()) return false;
    octets_read_ += line_.size();
    last_line_complete_ = line_.back() == '\n';
    if (is_line_start_) ++line_number_;
    return true;
}

bool MessageFile::starts_message() const {
    return is_mbox_ && is_line_start_ && after_empty_line_ && is_mbox_from_line(line_);
}

std::optional<SourceItem> MessageFile::next() {
    const bool at_start = line_number_ == 0;
    if (at_start) {
        has_line_ = read_line();
        is_mbox_ = may_be_mbox_ && is_mbox_from_line(line_);
    }
    if (failed_) {
        failed_ = false;
        has_line_ = false;
        line_number_ = std::max<std::size_t>(line_number_, 1);  // said once
        SourceItem item{path_, index_, {}, std::nullopt};
        item.fault = SourceFault{ExitStatus::io_error, fmt::format("{}: cannot read", path_)};
        return item;
    }
    if (!has_line_) {
        if (!at_start) return std::nullopt;
        line_number_ = 1;  // said once
        SourceItem item{path_, 0, {}, std::nullopt};
        item.fault = SourceFault{ExitStatus::data_error, path_ + ": empty, so no mail"};
        return item;
    }
    return read_message();
}

SourceItem MessageFile::read_message() {
    const std::size_t first_line = line_number_;
    RawMessageBuilder builder(limits_);
    for (bool first = true; has_line_; first = false, has_line_ = read_line()) {
        if (!first && starts_message()) break;
        const bool quoted = is_mbox_ && is_line_start_ && line_.starts_with('>') &&
                            std::string_view(line_)
                                .substr(std::min(line_.find_first_not_of('>'), line_.size()))
                                .starts_with("From ");
        builder.feed(std::string_view(line_).substr(quoted ? 1 : 0));
        after_empty_line_ = is_line_start_ && (line_ == "\n" || line_ == "\r\n");
    }
    SourceItem item{path_, index_++, builder.finish(), std::nullopt};
    if (is_mbox_ && !has_line_) {
        if (const auto what = truncation(item.message, first_line); !what.empty())
            item.fault = SourceFault{ExitStatus::data_error, what};
    }
    return item;
}

// Only the last message of an mbox can have lost its end.
std::string MessageFile::truncation(const RawMessage& message, std::size_t first_line) const {
    const char* what = nullptr;
    if (!last_line_complete_) {
        what = "ends within a line";
    } else if (!message.is_oversized()) {
        const std::string delimiter = closing_delimiter(message.octets);
        const bool in_header = message.octets.find("\n\n") == std::string::npos &&
                               message.octets.find("\r\n\r\n") == std::string::npos;
        if (in_header)
            what = "ends within its header";
        else if (!delimiter.empty() && message.octets.find(delimiter) == std::string::npos)
            what = "lacks the end of its multipart";
    }
    if (what == nullptr) return {};
    return fmt::format(
        "{}:{}: truncated mbox: the message that begins here {}; what is there was "
        "read, replay the whole file when you have it",
        path_, first_line, what);
}

}  // namespace ndr
