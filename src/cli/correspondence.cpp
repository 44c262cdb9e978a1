#include "correspondence.hpp"

#include <fmt/core.h>

#include "ndr_triage/action/letters.hpp"
#include "ndr_triage/action/notifying.hpp"
#include "ndr_triage/action/passing.hpp"
#include "ndr_triage/action/reports.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/key_file.hpp"
#include "ndr_triage/mail/message.hpp"

namespace ndr {

namespace {

// All that a letter needs; made where one may be sent.
struct Office {
    explicit Office(Context& context)
        : house(context.house()),
          key(signing_key(house.keyring, house.key_file, context.now())),
          desk(context.configuration().complaint_desk()),
          ledger(context.ledger(Ledger::Access::write)) {
        if (desk.address.empty())
            throw ConfigError("no 'address' is configured: where should answers arrive?");
        set_up_mail(false);
    }

    House house;
    Key key;
    ComplaintDesk desk;
    Ledger ledger;
};

void add(SentLetters sent, bool is_told, std::vector<std::string>& faults) {
    for (const auto& line : sent.sent) {
        if (is_told) print(fmt::format("sent: {}\n", printable(line, 1000)));
    }
    for (auto& fault : sent.faults)
        faults.push_back(std::move(fault));
}

SentLetters send_notices(Context& context, Office& office) {
    const Policy& policy = context.configuration().policy;
    return send_letters(
        office.ledger, policy, office.desk.relay, FollowUpKind::notice,
        [&](const FollowUpRow& row) {
            return notice_posting(office.ledger, policy, office.key, office.desk, row,
                                  context.now());
        },
        context.now());
}

SentLetters send_reports(Context& context, Office& office) {
    const RegistryDesks desks = context.desks();
    const ReportDesk reports(office.ledger, desks, reporter_of(office.desk));
    return send_letters(
        office.ledger, context.configuration().policy, office.desk.relay, FollowUpKind::report,
        [&](const FollowUpRow& row) -> std::optional<Posting> {
            const auto report = reports.find(row.id);
            if (!report) return std::nullopt;
            return report_posting(*report, office.key, office.desk, context.now());
        },
        context.now());
}

}  // namespace

std::vector<std::string> send_letters(Context& context) {
    const Configuration& configuration = context.configuration();
    const bool has_notices = enforces(configuration, FollowUpKind::notice);
    const bool has_reports =
        configuration.reports_by_mail && enforces(configuration, FollowUpKind::report);
    std::vector<std::string> faults;
    if (!has_notices && !has_reports) return faults;
    Office office(context);
    const bool is_told = !context.wants_json();
    if (has_notices) add(send_notices(context, office), is_told, faults);
    if (has_reports) add(send_reports(context, office), is_told, faults);
    return faults;
}

std::vector<std::string> pass_on_replies(Context& context) {
    const std::string& answers = context.configuration().answers;
    if (answers.empty()) return {};
    Office office(context);
    return pass_on_replies(office.ledger, office.key, office.desk, answers, context.now()).faults;
}

std::vector<std::string> tell_news(Context& context, const std::vector<std::string>& faults) {
    const std::string& to = context.configuration().notify;
    if (to.empty()) return {};
    Ledger ledger = context.ledger(Ledger::Access::write);
    set_up_mail(false);
    try {
        notify(ledger, context.configuration().complaint_desk(), to, faults, context.now());
    } catch (const SubmissionError& error) {
        return {fmt::format("notify: {}", error.what())};
    }
    return {};
}

}  // namespace ndr
