// A site's rules: any text is either a table, whose rules can be proven and used, or a ConfigError.
#include <cstdint>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/triage/rules.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view table{reinterpret_cast<const char*>(data), size};
    ndr::RuleSet rules;
    try {
        rules.add(table, "fuzz.rules", true);
    } catch (const ndr::ConfigError&) {
        return 0;
    }
    ndr::check(rules);
    ndr::weigh(rules.find(table, {ndr::RuleField::text, ndr::RuleField::subject}));
    return 0;
}
