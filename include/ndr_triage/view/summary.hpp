// view/summary.hpp -- a summary as tables for people, and as JSON.
#pragma once

#include <string>
#include <vector>

#include "ndr_triage/ledger/summary.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

// One table. The text and the page show the same ones.
struct SummarySection {
    std::string name;   // "replies": a word, unique
    std::string title;  // for the page; the text has the table's heading
    std::string note;   // what is counted, "" it is plain
    Listing listing;
};
// Without those that have nothing to say.
std::vector<SummarySection> sections_of(const Summary& summary);

std::string summary_text(const Summary& summary);
// One object, on one line. Times are ISO 8601, waits seconds, what is unknown null.
std::string summary_json(const Summary& summary);

// "from 2026-10-25T00:00:00Z until 2026-11-24T00:00:00Z".
std::string period_text(const Period& period);
// "compared with the 30 days before".
std::string comparison_text(const Period& period);
// "Of 19 sent or recorded 1 have no answer: 5 %"; "" where there are none.
std::string share_text(const Totals& totals);
// How a count became another: "+12 %" of 20 or more, else, and where that says little ("+0 %",
// "+4000 %"), the difference: "+3"; "=" the same.
std::string change_text(std::int64_t before, std::int64_t count);
// Rounded, in a unit that leaves one or two figures: "69 s", "12 min", "3 h", "5 d".
std::string wait_text(Seconds wait);

}  // namespace ndr
