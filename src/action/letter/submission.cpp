#include "ndr_triage/action/letter/submission.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/processes.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "smtp.hpp"

namespace ndr {

namespace {

constexpr std::chrono::milliseconds sendmail_limit{60000};
constexpr std::size_t most_output = 4096;

// RFC 5321 section 4.5.2, and CRLF line ends.
std::string as_smtp_data(std::string_view octets) {
    std::string data;
    auto lines = split_lines(octets);
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (const auto line : lines) {
        if (line.starts_with('.')) data += '.';
        data += line;
        data += "\r\n";
    }
    return data + ".\r\n";
}

void require_plain(const Posting& posting) {
    if (!is_plain_address(posting.recipient))
        throw UsageError(
            fmt::format("'{}' is no address that mail is sent to", printable(posting.recipient)));
    if (!posting.sender.empty() && !is_plain_address(posting.sender))
        throw UsageError(
            fmt::format("'{}' is no address to send mail from", printable(posting.sender)));
}

void submit_by_smtp(const Relay& relay, const Posting& posting) {
    SmtpSession session(relay.host, relay.port, posting.recipient);
    session.expect(220, "its greeting");
    const auto offered = session.command("EHLO " + own_host_name(), 250);
    const bool has_dsn = offered.find("\nDSN") != std::string::npos;
    std::string from = "MAIL FROM:<" + posting.sender + ">";
    if (has_dsn && !posting.envid.empty()) from += " ENVID=" + posting.envid;
    session.command(from, 250);
    std::string to = "RCPT TO:<" + posting.recipient + ">";
    if (has_dsn) to += " NOTIFY=FAILURE,DELAY ORCPT=rfc822;" + xtext(posting.recipient);
    session.command(to, 250);
    session.command("DATA", 354);
    session.send(as_smtp_data(posting.octets));
    try {
        session.expect(250, "the message");
    } catch (const SubmissionError& error) {
        if (!session.is_lost()) throw;
        throw UncertainSubmission(error.status(), error.what());
    }
    session.say_goodbye();
}

void submit_by_sendmail(const std::string& program, const Posting& posting) {
    std::vector<std::string> arguments{program,        "-i", "-f",
                                       posting.sender, "--", posting.recipient};
    const Finished finished = run_program(arguments, posting.octets, sendmail_limit, most_output);
    if (finished.status == 0) return;
    const std::string why = finished.was_late     ? "it did not end within a minute"
                            : finished.status < 0 ? "a signal ended it"
                                                  : fmt::format("status {}", finished.status);
    const std::string words = finished.errors.empty() ? finished.output : finished.errors;
    const std::string fault =
        fmt::format("{} did not take the letter to {}: {}{}", program, posting.recipient, why,
                    words.empty() ? "" : ", " + printable(trimmed(words)));
    if (finished.was_late || finished.status < 0)
        throw UncertainSubmission(ExitStatus::temp_fail, fault);
    throw SubmissionError(ExitStatus::temp_fail, fault);
}

}  // namespace

std::optional<Relay> Relay::parse(std::string_view text) {
    Relay relay;
    if (text.starts_with('/')) {
        relay.sendmail = text;
        return relay;
    }
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto port = parse_number(text.substr(colon + 1));
    auto host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const bool is_host = !host.empty() && host.find_first_of(" \t[]/@<>\"") == host.npos;
    if (!port || *port < 1 || *port > 65535 || !is_host) return std::nullopt;
    relay.host = host;
    relay.port = static_cast<std::uint16_t>(*port);
    return relay;
}

std::string Relay::text() const {
    if (!sendmail.empty()) return sendmail;
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return fmt::format("{}{}{}:{}", is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "", port);
}

void submit(const Relay& relay, const Posting& posting) {
    require_plain(posting);
    if (relay.sendmail.empty()) {
        submit_by_smtp(relay, posting);
    } else {
        submit_by_sendmail(relay.sendmail, posting);
    }
}

}  // namespace ndr
