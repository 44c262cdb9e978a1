#include "ndr_triage/action/passing.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/token.hpp"
#include "ndr_triage/ledger/notifications.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/letter.hpp"
#include "ndr_triage/mail/marking.hpp"

namespace ndr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_at_once = 50;
constexpr const char* bound = "passed on";

// A letter of this kind, of ours or of another instance's, or an automatic answer to one. Its
// signature does not matter: two instances that pass on to each other have two keys.
bool is_echo(const Reply& reply) {
    auto ids = reply.judgement.facts.answers;
    ids.push_back(reply.judgement.facts.message_id);
    return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
        const auto token = token_in_address(id);
        return token && token->purpose == TokenPurpose::passing;
    });
}

std::string said(const Reply& reply) {
    const Judgement& judgement = reply.judgement;
    std::string line(text(judgement.outcome));
    if (judgement.acknowledgement) line += fmt::format("/{}", text(*judgement.acknowledgement));
    return line;
}

Posting letter_with(const Reply& reply, const Key& key, const ComplaintDesk& desk,
                    const std::string& to, Instant now) {
    const auto token = sign(key.id, key.secret, TokenPurpose::passing,
                            static_cast<std::uint64_t>(reply.id) % token_numbers, 0, bound)
                           .text();
    const ReplyFacts& facts = reply.judgement.facts;
    Letter letter;
    letter.from_name = desk.from_name;
    letter.from = desk.address;
    letter.to = {to};
    if (is_plain_address(facts.sender)) letter.reply_to = facts.sender;
    letter.subject = fmt::format("[{}] {}", said(reply), printable(facts.subject, 200));
    letter.message_id = fmt::format("{}@{}", token, domain_of(desk.address));
    letter.date = now;
    letter.fields = {{"Auto-Submitted", "auto-generated"}};
    letter.text = fmt::format(
        "Reply {} of {}: {}, {}: {}.\nFrom: {}\n\nIt is enclosed{}. 'ndr-triage replies show {}' "
        "tells why it was read so.\n",
        reply.id, iso_text(reply.received_at), said(reply), text(reply.identity.trust),
        printable(reply.identity.reason), printable(facts.from),
        reply.size > reply.octets.size() ? ", its first octets: it is too large" : "", reply.id);
    letter.enclosures = {
        {fmt::format("reply-{}.eml", reply.id), with_lf_line_ends(reply.octets), "message/rfc822"}};
    return {"", to, "", octets_of(letter)};
}

std::string marked(const Reply& reply) {
    std::string octets;
    Marking marking({{"X-NDR-Triage-Outcome", std::string(text(reply.judgement.outcome))},
                     {"X-NDR-Triage-Trust", std::string(text(reply.identity.trust))},
                     {"X-NDR-Triage-Reply", std::to_string(reply.id)}},
                    [&](std::string_view part) { octets += part; });
    marking.feed(reply.octets);
    marking.finish();
    return octets;
}

bool is_in(const std::string& directory, const std::string& name) {
    std::error_code error;
    for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
         entry.increment(error)) {
        if (entry->path().filename().string().starts_with(name)) return true;
    }
    return false;
}

void put_into_maildir(const std::string& maildir, const Reply& reply) {
    for (const char* folder : {"/tmp", "/new", "/cur"})
        make_directories(maildir + folder);
    const std::string name =
        fmt::format("{}.reply-{}.ndr-triage", unix_seconds(reply.recorded_at), reply.id);
    if (is_in(maildir + "/new", name) || is_in(maildir + "/cur", name)) return;
    const std::string unfinished = maildir + "/tmp/" + name;
    const std::string finished = maildir + "/new/" + name;
    write_file_durably(unfinished, marked(reply));
    if (std::rename(unfinished.c_str(), finished.c_str()) != 0)
        throw_io_error("create", finished, errno);
    sync_directory(maildir + "/new");
}

}  // namespace

PassedOn pass_on_replies(Ledger& ledger, const Key& key, const ComplaintDesk& desk,
                         const std::string& answers, Instant now) {
    PassedOn result;
    std::vector<std::int64_t> waiting;
    ledger.read([&] { waiting = replies_to_pass_on(ledger, most_at_once); });
    for (const auto id : waiting) {
        std::optional<Reply> reply;
        ledger.read([&] { reply = get_reply(ledger, id); });
        if (!reply) continue;
        try {
            if (!is_echo(*reply)) {
                if (answers.starts_with('/')) {
                    put_into_maildir(answers, *reply);
                } else {
                    submit(desk.relay, letter_with(*reply, key, desk, answers, now));
                }
                ++result.count;
            }
        } catch (const Failure& failure) {
            result.faults.push_back(fmt::format("answers: reply {}: {}", id, failure.what()));
            return result;
        }
        ledger.write([&] { mark_passed_on(ledger, id, now); });
    }
    return result;
}

}  // namespace ndr
