#include "deed_columns.hpp"

namespace ndr {

std::optional<std::int64_t> term_of(const Deed& deed) {
    const auto* block = std::get_if<Block>(&deed);
    return block != nullptr ? std::optional(std::int64_t{block->term.count()}) : std::nullopt;
}

bool is_around(const Deed& deed) {
    const auto* block = std::get_if<Block>(&deed);
    return block != nullptr && block->around;
}

std::optional<std::string> registry_of(const Deed& deed) {
    const auto* report = std::get_if<RegistryReport>(&deed);
    if (report == nullptr || !report->registry) return std::nullopt;
    return std::string(text(*report->registry));
}

Deed deed_of(const std::string& kind, const std::string& target, std::optional<std::int64_t> term,
             bool around, const std::string& registry) {
    switch (follow_up_kind_of(kind).value_or(FollowUpKind::call)) {
        case FollowUpKind::block:
            return Block{AddressRange::parse(target).value_or(AddressRange{}),
                         Seconds(term.value_or(0)), around};
        case FollowUpKind::report:
            return RegistryReport{rir_of(registry), target};
        case FollowUpKind::notice:
            return PostmasterNotice{target};
        case FollowUpKind::lift:
            return Lift{AddressRange::parse(target).value_or(AddressRange{})};
        case FollowUpKind::call:
            break;
    }
    return Call{target};
}

}  // namespace ndr
