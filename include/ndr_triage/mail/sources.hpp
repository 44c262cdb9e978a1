// mail/sources.hpp -- messages from files: .eml, mbox, Maildir, directories, standard input.
//
// A path that ends in .eml, or lies in a Maildir, is one message. Any other file that begins with
// an mbox "From " line is an mbox (RFC 4155; ">From " loses one '>'); else it is one message. A
// Maildir gives cur/ and new/; another directory all its files, hidden ones and links to
// directories aside, deeper ones included; both in the order of their names. "-" is standard input.
// What cannot be read becomes an item with a fault, and reading goes on with the next.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/mail/raw_message.hpp"

namespace ndr {

struct SourceFault {
    ExitStatus status = ExitStatus::data_error;
    std::string text;  // one line: file (and line), what is wrong, the way out
};

struct SourceItem {
    std::string path;       // as given, or found below it; "-" is standard input
    std::size_t index = 0;  // counts the messages of one mbox
    RawMessage message;
    // With one the message is empty, or, at the end of a truncated mbox, not whole.
    std::optional<SourceFault> fault;
};

class MessageSource {
public:
    MessageSource(std::vector<std::string> paths, const SizeLimits& limits);
    ~MessageSource();
    MessageSource(const MessageSource&) = delete;
    MessageSource& operator=(const MessageSource&) = delete;

    // The next message or fault, nullopt at the end.
    std::optional<SourceItem> next();
    // Octets read so far, and of all files found so far, for a progress bar.
    std::uint64_t octets_read() const;
    std::uint64_t octets_known() const;

private:
    class Walker;
    std::unique_ptr<Walker> walker_;
};

}  // namespace ndr
