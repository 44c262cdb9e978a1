// action/reports.hpp -- drafts of registry reports: as files, and as letters.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ndr_triage/action/complaining.hpp"
#include "ndr_triage/casework/report_draft.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"

namespace ndr {

// A report with its draft.
struct DraftedReport {
    FollowUpRow row;
    std::string desk;                  // id of the registry that holds the data, "" none is known
    std::optional<ReportDraft> draft;  // nullopt: no registry is known, or a full mailbox
};

// Reads and writes no files. Throws LedgerError.
class ReportDesk {
public:
    // `reporter` stands in the reports: "Example Org <complaints@example.org>".
    ReportDesk(Ledger& ledger, const RegistryDesks& desks, std::string reporter)
        : ledger_(ledger), desks_(desks), reporter_(std::move(reporter)) {}

    // Open ones by network; those that are sent too if `all`.
    std::vector<DraftedReport> list(bool all) const;
    std::optional<DraftedReport> find(std::int64_t id) const;

private:
    DraftedReport drafted(const FollowUpRow& row) const;

    Ledger& ledger_;
    const RegistryDesks& desks_;
    std::string reporter_;
};

// "Example Org <complaints@example.org>"
std::string reporter_of(const ComplaintDesk& desk);

// How the report stands, then the draft; for people.
std::string text_of(const DraftedReport& report);

// "report-12-apnic-203.0.113.0-24.txt"
std::string file_name_of(const DraftedReport& report);

// Makes the directory hold a draft for each report that is due at `now`, and none that is not any
// more; files of other names are left alone. The directory is made if it is missing. Gives the
// paths of the drafts that are new or changed. Throws LedgerError, IoError.
std::vector<std::string> write_reports(const ReportDesk& reports, const std::string& directory,
                                       Instant now);

// The report as a letter to the registry, from a signed VERP sender whose token no reply can use
// for anything; nullopt where it takes no mail.
std::optional<Posting> report_posting(const DraftedReport& report, const Key& key,
                                      const ComplaintDesk& desk, Instant now);

}  // namespace ndr
