// mail/mbox.hpp -- one file or stream as a row of messages.
#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

#include "ndr_triage/mail/sources.hpp"

namespace ndr {

struct FileCloser {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

// "From sender ... hh:mm ... yyyy": strict, for a line of a letter may begin with "From " too.
bool is_mbox_from_line(std::string_view line);

// Reads `file` from its start. With `may_be_mbox` a leading "From " line makes it an mbox.
class MessageFile {
public:
    MessageFile(std::string path, File file, bool may_be_mbox, const SizeLimits& limits);

    std::optional<SourceItem> next();
    std::uint64_t octets_read() const { return octets_read_; }

private:
    // Into line_, its end included; of a very long line a piece. False at the end of the file.
    bool read_line();
    bool starts_message() const;
    SourceItem read_message();
    std::string truncation(const RawMessage& message, std::size_t first_line) const;

    std::string path_;
    File file_;
    SizeLimits limits_;
    bool may_be_mbox_;
    bool is_mbox_ = false;
    bool has_line_ = false;
    bool failed_ = false;
    std::string line_;
    bool after_empty_line_ = true;
    bool is_line_start_ = true;  // of line_: it is no later piece of a long line
    bool last_line_complete_ = true;
    std::size_t line_number_ = 0;
    std::size_t index_ = 0;
    std::uint64_t octets_read_ = 0;
};

}  // namespace ndr
