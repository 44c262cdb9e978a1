// base/embedded.hpp -- texts that are part of the program, put there by the build from the files
// beside the code (src/embed.cmake). They live as long as the program.
#pragma once

#include <string_view>

namespace ndr::embedded {

extern const std::string_view standard_rules;      // src/triage/standard.rules
extern const std::string_view standard_forms;      // src/triage/standard.forms
extern const std::string_view iana_table;          // src/network/iana.table
extern const std::string_view countries_table;     // src/network/countries.table
extern const std::string_view mail_domains_table;  // src/network/mail-domains.table
extern const std::string_view time_zones_table;    // src/network/time-zones.table
extern const std::string_view notice_template;     // src/casework/notice.template
extern const std::string_view complaint_template;  // src/casework/complaint.template
extern const std::string_view registries_table;    // src/casework/registries.table
extern const std::string_view summary_style;       // src/view/summary.css
extern const std::string_view schema_0001;         // schema/0001-ledger.sql
extern const std::string_view schema_0002;         // schema/0002-registry.sql
extern const std::string_view schema_0003;         // schema/0003-standing.sql
extern const std::string_view schema_0004;         // schema/0004-tokens.sql
extern const std::string_view schema_0005;         // schema/0005-rulings.sql
extern const std::string_view schema_0006;         // schema/0006-probes.sql
extern const std::string_view schema_0007;         // schema/0007-holders.sql
extern const std::string_view schema_0008;         // schema/0008-letters.sql
extern const std::string_view schema_0009;         // schema/0009-numbers.sql
extern const std::string_view schema_0010;         // schema/0010-digests.sql
extern const std::string_view schema_0011;         // schema/0011-faults.sql
extern const std::string_view schema_0012;         // schema/0012-done.sql

}  // namespace ndr::embedded
