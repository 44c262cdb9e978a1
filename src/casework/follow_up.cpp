#include "ndr_triage/casework/follow_up.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/named.hpp"

namespace ndr {

namespace {

constexpr std::array kinds = std::to_array<Named<FollowUpKind>>({
    {FollowUpKind::block, "block"},
    {FollowUpKind::report, "report"},
    {FollowUpKind::notice, "notice"},
    {FollowUpKind::call, "call"},
    {FollowUpKind::lift, "lift"},
});

constexpr std::array states = std::to_array<Named<FollowUpState>>({
    {FollowUpState::proposed, "proposed"},
    {FollowUpState::held, "held"},
    {FollowUpState::due, "due"},
    {FollowUpState::refused, "refused"},
    {FollowUpState::dismissed, "dismissed"},
    {FollowUpState::sending, "sending"},
});

struct Target {
    std::string operator()(const Block& block) const { return block.range.text(); }
    std::string operator()(const RegistryReport& report) const { return report.about; }
    std::string operator()(const PostmasterNotice& notice) const { return notice.domain; }
    std::string operator()(const Call& call) const { return call.telephone; }
    std::string operator()(const Lift& lift) const { return lift.range.text(); }
};

struct Description {
    std::string operator()(const Block& block) const {
        return fmt::format("block {} for {}{}", block.range.text(), span_text(block.term),
                           block.around ? ", around what must stay open" : "");
    }
    std::string operator()(const RegistryReport& report) const {
        const bool is_network = AddressRange::parse(report.about).has_value();
        return fmt::format("report {}{} to {}", report.about, is_network ? ", no contact," : "",
                           report.registry ? display_name(*report.registry) : "its registry");
    }
    std::string operator()(const PostmasterNotice& notice) const {
        return fmt::format("notice to postmaster@{}", notice.domain);
    }
    std::string operator()(const Call& call) const { return "call " + call.telephone; }
    std::string operator()(const Lift& lift) const {
        return "lift the block of " + lift.range.text();
    }
};

}  // namespace

FollowUpKind kind_of(const Deed& deed) {
    return static_cast<FollowUpKind>(deed.index());
}

std::string target_of(const Deed& deed) {
    return std::visit(Target{}, deed);
}

std::string description_of(const Deed& deed) {
    return std::visit(Description{}, deed);
}

std::string_view text(FollowUpKind kind) {
    return name_in(kinds, kind);
}
std::string_view text(FollowUpState state) {
    return name_in(states, state);
}
std::optional<FollowUpKind> follow_up_kind_of(std::string_view text) {
    return value_in(kinds, text);
}
std::optional<FollowUpState> follow_up_state_of(std::string_view text) {
    return value_in(states, text);
}

}  // namespace ndr
