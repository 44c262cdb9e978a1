// casework/complaint_letter.hpp -- the words of a complaint, from a template.
//
// A template is text with names in braces: {address}, {network}, {contact}, {source}, {zone},
// {lines}, {lines_shown}, {lines_found}, {answer}, {from}, {host}, {time}, {country}. Its first
// line may be "Subject: ...", followed by an empty one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/casework/letter_words.hpp"
#include "ndr_triage/network/network.hpp"

namespace ndr {

// Lines of a log that name the address as a whole word, the latest so many, made fit for a letter:
// one line each, no control characters, cut at 500 octets.
class LogExcerpt {
public:
    LogExcerpt(const Address& address, std::size_t most) : address_(address), most_(most) {}
    void take(std::string_view line);

    const std::vector<std::string>& lines() const { return lines_; }
    std::size_t found() const { return found_; }

private:
    Address address_;
    std::size_t most_;
    std::size_t found_ = 0;
    std::vector<std::string> lines_;
};

struct ComplaintFacts {
    Address address;
    Network network;
    std::string contact;
    std::string answer;  // address of the answer token
    std::string from;
    std::string host;
    Instant at{};
};

// Throws ConfigError naming `name` and the line for a name in braces that is none of the above.
LetterWords complaint_words(std::string_view letter_template, const std::string& name,
                            const ComplaintFacts& facts, const LogExcerpt& excerpt);

// The template of the program.
std::string_view standard_complaint_template();

}  // namespace ndr
