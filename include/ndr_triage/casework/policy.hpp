// casework/policy.hpp -- what follows from which outcome, and within which bounds.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/casework/follow_up.hpp"
#include "ndr_triage/casework/surroundings.hpp"
#include "ndr_triage/triage/outcome.hpp"

namespace ndr {

// The columns of the policy table.
enum class Column { elsewhere, home_with_telephone, home_without_telephone };
inline constexpr std::array all_columns{Column::elsewhere, Column::home_with_telephone,
                                        Column::home_without_telephone};
inline constexpr std::array failure_outcomes{Outcome::mailbox_full, Outcome::recipient_unknown,
                                             Outcome::lost_connection};

using Cell = std::set<FollowUpKind>;

struct Policy {
    // Once no contact of the complaint works: failure_outcomes by all_columns.
    std::array<std::array<Cell, all_columns.size()>, failure_outcomes.size()> cells;

    std::set<std::string> home_countries{"CA", "US"};
    Seconds block_term = std::chrono::days(30);
    Seconds settle = std::chrono::hours(24);       // for a signed reply from outside
    Seconds silence = std::chrono::days(7);        // until a silent contact's network is proposed
    Seconds reply_age = std::chrono::days(60);     // an older reply is recorded, nothing follows
    Seconds repeat_limit = std::chrono::days(90);  // between two reports or notices to the same
    Seconds dead_term = std::chrono::days(30);     // a contact is known dead after its last failure
    Seconds review_term = std::chrono::days(60);   // then what waits for a person has ended
    std::int64_t acknowledged_limit = 5;           // so many acknowledged complaints
    Seconds acknowledged_term = std::chrono::days(30);  // within this propose a block
    std::int64_t repeat_factor = 1;  // a network blocked again within a year: longer by this
    Seconds longest_block = std::chrono::days(365);
    std::int64_t blocks_a_day = 50;    // what exceeds them is held
    bool allow_documentation = false;  // blocks of documentation space, for demonstrations
    // A mail host can be asked from here before its lost connection blocks; else a person decides.
    bool asks_mail_hosts = false;

    Surroundings surroundings;            // never blocked
    std::set<std::string> own_addresses;  // where replies arrive
    std::set<std::string> own_domains;    // they get no notice from us

    // The table of the manual (FOLLOW-UPS).
    static Policy standard();

    const Cell& cell(Outcome failure, Column column) const;
    Cell& cell(Outcome failure, Column column);
};

std::string_view text(Column column);  // "home-with-telephone"
// "block, report", "nothing".
std::string text(const Cell& cell);
std::optional<Cell> cell_of(std::string_view text);

}  // namespace ndr
