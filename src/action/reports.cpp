#include "ndr_triage/action/reports.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/complaint_tokens.hpp"
#include "ndr_triage/ledger/reports.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/mail/letter.hpp"

namespace ndr {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view file_start = "report-";
constexpr std::string_view file_end = ".txt";

bool is_report(const FollowUpRow& row) {
    return kind_of(row.follow_up.deed) == FollowUpKind::report;
}

std::string standing_of(const FollowUpRow& row) {
    if (row.done_at) return "sent on " + iso_text(*row.done_at);
    if (row.follow_up.state != FollowUpState::due) return std::string(text(row.follow_up.state));
    return "due, not before " + iso_text(row.follow_up.due_at);
}

// "report-N-...": written by us, whatever became of follow-up N.
bool is_ours(std::string_view name) {
    if (!name.starts_with(file_start) || !name.ends_with(file_end)) return false;
    name.remove_prefix(file_start.size());
    const auto end = name.find('-');
    return end != std::string_view::npos && parse_number(name.substr(0, end)).has_value();
}

void remove_others(const std::string& directory, const std::set<std::string>& wanted) {
    std::error_code error;
    std::vector<fs::path> stale;
    for (fs::directory_iterator entry(directory, error); !error && entry != fs::end(entry);
         entry.increment(error)) {
        const std::string name = entry->path().filename().string();
        if (is_ours(name) && wanted.count(name) == 0) stale.push_back(entry->path());
    }
    if (error) throw_io_error("read", directory, error.value());
    for (const auto& path : stale) {
        if (!fs::remove(path, error) && error)
            throw_io_error("remove", path.string(), error.value());
    }
}

}  // namespace

std::string reporter_of(const ComplaintDesk& desk) {
    return desk.from_name.empty() ? desk.address
                                  : fmt::format("{} <{}>", desk.from_name, desk.address);
}

DraftedReport ReportDesk::drafted(const FollowUpRow& row) const {
    ReportFacts facts = report_facts(ledger_, row);
    facts.reporter = reporter_;
    DraftedReport report{row, {}, {}};
    if (const auto* desk = desks_.holder_of(facts.network)) {
        report.desk = desk->id;
        report.draft = draft_of(desks_, *desk, facts);
    }
    return report;
}

std::vector<DraftedReport> ReportDesk::list(bool all) const {
    std::vector<DraftedReport> reports;
    ledger_.read([&] {
        for (const auto& row : list_follow_ups(ledger_, {std::nullopt, !all})) {
            if (is_report(row)) reports.push_back(drafted(row));
        }
    });
    return reports;
}

std::optional<DraftedReport> ReportDesk::find(std::int64_t id) const {
    std::optional<DraftedReport> report;
    ledger_.read([&] {
        for (const auto& row : list_follow_ups(ledger_, {std::nullopt, false})) {
            if (row.id == id && is_report(row)) report = drafted(row);
        }
    });
    return report;
}

std::string text_of(const DraftedReport& report) {
    std::string text = fmt::format(
        "report {}: {}\ncomplaint {} about {}: {}\n\n", report.row.id, standing_of(report.row),
        report.row.complaint, report.row.address.text(), printable(report.row.follow_up.reason));
    if (!report.draft)
        return text +
               fmt::format("No registry is known for {}: 'ndr-triage networks refresh {}' asks.\n",
                           report.row.network.text(), report.row.address.text());
    text += text_of(*report.draft);
    if (!report.row.done_at)
        text += fmt::format("\nOnce it is sent: ndr-triage reports sent {}\n", report.row.id);
    return text;
}

std::string file_name_of(const DraftedReport& report) {
    std::string name = fmt::format("{}{}-{}-{}", file_start, report.row.id, report.desk,
                                   report.row.network.text());
    for (char& c : name) {
        if (c == '/' || c == ' ') c = '-';
        if (c == ':') c = '_';
    }
    return name + std::string(file_end);
}

std::vector<std::string> write_reports(const ReportDesk& reports, const std::string& directory,
                                       Instant now) {
    std::vector<std::string> written;
    std::set<std::string> wanted;
    make_directories(directory);
    for (const auto& report : reports.list(false)) {
        const FollowUp& follow_up = report.row.follow_up;
        if (!report.draft || follow_up.state != FollowUpState::due || follow_up.due_at > now)
            continue;
        const std::string name = file_name_of(report);
        const std::string path = fmt::format("{}/{}", directory, name);
        const std::string text = text_of(report);
        wanted.insert(name);
        if (read_file_if_there(path) == text) continue;
        write_file_durably(path, text);
        written.push_back(path);
    }
    remove_others(directory, wanted);
    return written;
}

std::optional<Posting> report_posting(const DraftedReport& report, const Key& key,
                                      const ComplaintDesk& desk, Instant now) {
    if (!report.draft || report.draft->mail.empty()) return std::nullopt;
    const std::string& recipient = report.draft->mail;
    const std::string token =
        sign(key.id, key.secret, TokenPurpose::registry,
             static_cast<std::uint64_t>(report.row.id) % token_numbers, 0, recipient)
            .text();
    Letter letter;
    letter.from_name = desk.from_name;
    letter.from = desk.address;
    letter.to = {recipient};
    letter.subject = report.draft->subject;
    letter.message_id = fmt::format("{}@{}", token, domain_of(desk.address));
    letter.date = now;
    letter.fields = {{"Auto-Submitted", "auto-generated"}};
    letter.text = mail_text_of(*report.draft);
    return Posting{with_extension(desk.address, token), recipient, token, octets_of(letter)};
}

}  // namespace ndr
