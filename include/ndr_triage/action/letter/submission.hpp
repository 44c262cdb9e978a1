// action/letter/submission.hpp -- hands a letter to the local MTA.
//
// By SMTP (RFC 5321), or by the sendmail command as an argument vector, never -t, one recipient at
// a time. Nothing but plain addresses (dot-string @ LDH domain) is ever handed over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

// Where letters go. With `sendmail`, host and port do not matter.
struct Relay {
    std::string host = "127.0.0.1";
    std::uint16_t port = 25;
    std::string sendmail;  // path of the command, "" SMTP

    // "127.0.0.1:25", "[::1]:25", "mx.example.org:587", "/usr/sbin/sendmail".
    static std::optional<Relay> parse(std::string_view text);
    std::string text() const;
};

struct Posting {
    std::string sender;     // envelope, VERP; "" null
    std::string recipient;  // one
    std::string envid;      // RFC 3461 section 4.4, "" none; only SMTP has it
    std::string octets;     // the letter, LF line ends
};

// The MTA did not take it: temp_fail where trying again may help, else unavailable (its word was
// permanent). what() names the MTA, the recipient and what it said.
struct SubmissionError : Failure {
    using Failure::Failure;
};

// It had all of the letter and then fell silent: nobody knows whether it took it.
struct UncertainSubmission : SubmissionError {
    using SubmissionError::SubmissionError;
};

// When it returns, the MTA has taken responsibility. Throws SubmissionError; UsageError for an
// address that is none.
void submit(const Relay& relay, const Posting& posting);

}  // namespace ndr
