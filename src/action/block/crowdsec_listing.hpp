// action/block/crowdsec_listing.hpp -- what cscli and LAPI say, and what they are given. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/action/block/differences.hpp"

namespace ndr {

// By which our decisions are known.
constexpr const char* crowdsec_scenario = "ndr-triage";

struct Decision {
    std::int64_t id = 0;
    std::string value;
    std::optional<AddressRange> range;  // nullopt: it blocks no prefix, whatever its value
    Instant ends_at;
};

// Our decisions that run, of the answer to `cscli alerts list -o json`; nullopt: that is none.
std::optional<std::vector<Decision>> read_decisions(std::string_view json, Instant now);

// "719h59m2.5s", as Go writes a duration, in whole seconds towards zero; nullopt for anything else.
std::optional<Seconds> parse_go_duration(std::string_view text);

// A file for `cscli decisions import`.
std::string decisions_text(const std::vector<ActiveBlock>& parts, Instant now);

// One line for each bouncer that has not pulled since `since`, of the answer to `cscli bouncers
// list -o json`; one, if there is no bouncer. Ours does not count. nullopt: that is no answer.
std::optional<std::vector<std::string>> bouncer_faults(std::string_view json, Instant since);

// Whether LAPI's answer to `/v1/decisions?ip=` has a ban of ours; nullopt: it is none.
std::optional<bool> answers_with_ours(std::string_view json);

}  // namespace ndr
