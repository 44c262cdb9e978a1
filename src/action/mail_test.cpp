#include "ndr_triage/action/mail_test.hpp"

#include <fmt/core.h>

#include <thread>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/complaint_tokens.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/digest.hpp"
#include "ndr_triage/mail/letter.hpp"

namespace ndr {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds between_looks{100};

Posting letter_with(const std::string& token, const ComplaintDesk& desk, Instant now) {
    const std::string recipient = with_extension(desk.address, token);
    Letter letter;
    letter.from_name = desk.from_name;
    letter.from = desk.address;
    letter.to = {recipient};
    letter.subject = "ndr-triage doctor: does mail come back?";
    letter.message_id = fmt::format("{}@{}", token, domain_of(desk.address));
    letter.date = now;
    letter.fields = {{"Auto-Submitted", "auto-generated"}};
    letter.text =
        "'ndr-triage doctor --mail-test' sent this letter to itself. Whoever reads it in a\n"
        "mailbox knows that mail to this address does not reach 'ndr-triage deliver'.\n";
    return {"", recipient, token, octets_of(letter)};
}

std::optional<MailTestReturn> wait_for_return(Ledger& ledger, const std::string& token,
                                              Clock::time_point end) {
    for (;;) {
        std::optional<MailTest> test;
        ledger.read([&] { test = find_mail_test(ledger, token); });
        if (test && test->came) return test->came;
        if (Clock::now() >= end) return std::nullopt;
        std::this_thread::sleep_for(between_looks);
    }
}

std::string client_text(const std::optional<std::string>& client) {
    if (!client) return "client not told";
    return client->empty() ? "no client" : "client " + *client;
}

}  // namespace

Checked check_mail_return(const std::string& recipient, const MailTestReturn& came,
                          milliseconds took) {
    const std::string back = fmt::format("mail test: back after {:.1f} s, ",
                                         std::chrono::duration<double>(took).count());
    if (came.place.empty())
        return {Health::broken,
                fmt::format("{}but its token was lost: sent to {}, the envelope recipient was '{}'",
                            back, recipient, came.recipient),
                "tell deliver the address as it was before aliases, with +TOKEN (Postfix: "
                "--recipient=${original_recipient}, recipient_delimiter = +)"};
    if (came.place == "To")
        return {Health::warning,
                fmt::format("{}its token only in {}: bounces do not always have it there", back,
                            came.place),
                "tell deliver --recipient, or let the MTA add Delivered-To"};
    const bool kept_case = came.recipient.find(local_part(recipient)) != std::string::npos;
    return {Health::works,
            fmt::format("{}its token in the {}{}, {}", back, came.place,
                        kept_case ? "" : " (in other case, which does no harm)",
                        client_text(came.client)),
            ""};
}

Checked check_mail(Ledger& ledger, const Key& key, const ComplaintDesk& desk, Seconds wait,
                   Instant now) {
    const std::string token = sign(key.id, key.secret, TokenPurpose::test, random_token_number(), 0,
                                   comparable_address(desk.address))
                                  .text();
    const Posting posting = letter_with(token, desk, now);
    ledger.write([&] { add_mail_test(ledger, token, digest_of(posting.octets), now); });
    const auto begin = Clock::now();
    try {
        submit(desk.relay, posting);
    } catch (const SubmissionError& error) {
        return {Health::broken, fmt::format("mail test: {}", error.what()),
                "does that MTA run, and may this host send by it? 'relay' names it"};
    }
    if (const auto came = wait_for_return(ledger, token, begin + wait))
        return check_mail_return(posting.recipient, *came,
                                 std::chrono::duration_cast<milliseconds>(Clock::now() - begin));
    return {Health::broken,
            fmt::format("mail test: not back within {}: sent by {} to {}", span_text(wait),
                        desk.relay.text(), posting.recipient),
            "look for that address in the MTA's log and queue; it must lead to 'ndr-triage "
            "deliver', which says there and in hold what it cannot do"};
}

}  // namespace ndr
