// triage/notification.hpp -- reads the human text of a failure notification: which recipients it
// names, what it says about each, where the returned message begins.
//
// Nearly all forms of mail systems are one form: an address at the start of a line, and what
// follows it is about that address until the next one. What differs is in a table of labels and
// section marks (standard.forms); only transcripts of SMTP sessions need code.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/triage/verdict.hpp"

namespace ndr {

// A recipient that the text names, with the lines about it.
struct NamedRecipient {
    std::string address;
    std::string reason;
    Command command = Command::unknown;  // of the last transcript line about it
};

struct Notification {
    std::string text;                        // the notification itself, without what is returned
    std::vector<NamedRecipient> recipients;  // in the order of the text
    std::string common;                      // transcript and reason lines that name no recipient
    Command command = Command::unknown;      // what `common` answers
    std::string returned;                    // what stands behind the section mark
    bool has_mark = false;                   // a section mark, or a returned header, was found
};

// Labels and section marks, one a line: kind (`original`, `recipient`, `reason`, `transcript`) and
// a text in folded form.
class FormTable {
public:
    // Throws ConfigError naming `file` and the line.
    static FormTable parse(std::string_view table, const std::string& file);
    static const FormTable& standard();

    // The label's end in a folded line, or 0 if the line does not begin with one of that kind.
    std::size_t label(std::string_view kind, std::string_view folded_line) const;
    // True if the line holds nothing but a mark of that kind and punctuation, or begins with one.
    bool is_mark(std::string_view kind, std::string_view folded_line) const;
    // True if the text is one of that kind's entries.
    bool has(std::string_view kind, std::string_view folded_text) const;
    // The same for whole words only.
    bool has_words(std::string_view kind, std::string_view folded_text) const;

private:
    struct Entry {
        std::string kind;
        std::string text;
    };
    std::vector<Entry> entries_;
};

// `ignored` are addresses that are never a failed recipient: the notification's own sender and us.
Notification read_notification(std::string_view text, const std::vector<std::string>& ignored,
                               const FormTable& forms = FormTable::standard());

// The command that a line of a transcript or diagnostic names: "in reply to RCPT TO command",
// ">>> DATA", "after MAIL FROM:<...>".
Command command_in(std::string_view text);

}  // namespace ndr
