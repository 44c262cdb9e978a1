#include "ndr_triage/action/notifying.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "letter/smtp.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/token.hpp"
#include "ndr_triage/ledger/notifications.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/letter.hpp"

namespace ndr {

namespace {

constexpr auto between_mails = std::chrono::hours(1);
constexpr std::size_t most_lines = 50;

bool needs_person(const FollowUp& follow_up) {
    switch (follow_up.state) {
        case FollowUpState::held:
        case FollowUpState::refused:
        case FollowUpState::sending:
            return true;
        case FollowUpState::due:
            return kind_of(follow_up.deed) == FollowUpKind::call;
        case FollowUpState::proposed:
        case FollowUpState::dismissed:
            return false;
    }
    return false;
}

std::string text_about(const std::vector<Matter>& matters) {
    std::string text = fmt::format("New since the last mail, on {}:\n\n", own_host_name());
    for (std::size_t i = 0; i < matters.size() && i < most_lines; ++i)
        text += matters[i].line + "\n";
    if (matters.size() > most_lines)
        text += fmt::format("... and {} more\n", matters.size() - most_lines);
    return text +
           "\n'ndr-triage review' shows what waits for you, 'ndr-triage approve N' and 'dismiss "
           "N'\n"
           "decide it; 'ndr-triage calls' has the calls, 'ndr-triage doctor' and 'verify' tell "
           "more\n"
           "about faults. Nothing is told twice, and there is at most one mail an hour.\n";
}

Posting posting_about(const std::vector<Matter>& matters, const ComplaintDesk& desk,
                      const std::string& to, Instant now) {
    Letter letter;
    letter.from_name = desk.from_name;
    letter.from = desk.address.empty() ? to : desk.address;
    letter.to = {to};
    letter.subject = fmt::format("ndr-triage: {} for you", counted(matters.size(), "new matter"));
    letter.message_id = fmt::format("notify.{}.{}@{}", unix_seconds(now), random_token_number(),
                                    domain_of(letter.from));
    letter.date = now;
    letter.fields = {{"Auto-Submitted", "auto-generated"}};
    letter.text = text_about(matters);
    return {"", to, "", octets_of(letter)};
}

// What is new, with the hour's mail taken, or nothing.
std::vector<Matter> take_news(Ledger& ledger, const std::vector<std::string>& faults, Instant now) {
    std::vector<Matter> news;
    ledger.write([&] {
        const auto all = matters_of(list_follow_ups(ledger, {std::nullopt, true}), faults);
        const auto told = matters_told(ledger);
        std::set<std::string> standing;
        for (const auto& matter : all) {
            if (told.count(matter.name) > 0) {
                standing.insert(matter.name);
            } else {
                news.push_back(matter);
            }
        }
        set_matters_told(ledger, standing, now);
        const auto last = last_notification(ledger);
        if (last && now < *last + between_mails) news.clear();
        if (!news.empty()) add_notification(ledger, now);
    });
    return news;
}

void remember(Ledger& ledger, const std::vector<Matter>& news, Instant now) {
    ledger.write([&] {
        auto told = matters_told(ledger);
        for (const auto& matter : news)
            told.insert(matter.name);
        set_matters_told(ledger, told, now);
    });
}

}  // namespace

std::vector<Matter> matters_of(const std::vector<FollowUpRow>& open,
                               const std::vector<std::string>& faults) {
    std::vector<Matter> matters;
    for (const auto& row : open) {
        const FollowUp& follow_up = row.follow_up;
        if (!needs_person(follow_up)) continue;
        matters.push_back(
            {fmt::format("{} {} of complaint {}: {}", text(kind_of(follow_up.deed)),
                         target_of(follow_up.deed), row.complaint, text(follow_up.state)),
             fmt::format("  {:<9}{}  [{}]\n             {}", text(follow_up.state),
                         printable(description_of(follow_up.deed)), row.id,
                         printable(follow_up.reason))});
    }
    for (const auto& fault : faults)
        matters.push_back({"fault: " + fault.substr(0, fault.find(": ")),
                           "  fault    " + printable(fault, 1000)});
    return matters;
}

bool notify(Ledger& ledger, const ComplaintDesk& desk, const std::string& to,
            const std::vector<std::string>& faults, Instant now) {
    const auto news = take_news(ledger, faults, now);
    if (news.empty()) return false;
    try {
        submit(desk.relay, posting_about(news, desk, to, now));
    } catch (const SubmissionError&) {
        ledger.write([&] { withdraw_notification(ledger, now); });
        throw;
    }
    remember(ledger, news, now);
    return true;
}

}  // namespace ndr
