#include "ruled.hpp"

namespace ndr {

namespace {

using Verb = Ruling::Verb;

bool may_be_approved(const CaseFile& file, const FollowUp& follow_up) {
    const FollowUpState state = follow_up.state;
    const bool is_open = state == FollowUpState::proposed || state == FollowUpState::held ||
                         state == FollowUpState::due;
    const auto kind = kind_of(follow_up.deed);
    const bool aims_at_network = kind == FollowUpKind::block || kind == FollowUpKind::report;
    return is_open && !(aims_at_network && file.network.is_guess());
}

}  // namespace

const Ruling* ruling_on(const CaseFile& file, FollowUpKind kind, const std::string& target) {
    const Ruling* last = nullptr;
    for (const auto& ruling : file.rulings) {
        if (ruling.kind == kind && ruling.target == target) last = &ruling;
    }
    return last;
}

const Ruling* end_of_call(const CaseFile& file) {
    const Ruling* last = nullptr;
    for (const auto& ruling : file.rulings) {
        const bool is_end = ruling.verb == Verb::satisfied || ruling.verb == Verb::contact ||
                            ruling.verb == Verb::no_satisfaction;
        if (ruling.kind == FollowUpKind::call && is_end) last = &ruling;
    }
    return last;
}

void apply_ruling(const CaseFile& file, FollowUp& follow_up) {
    const Ruling* ruling = ruling_on(file, kind_of(follow_up.deed), target_of(follow_up.deed));
    if (ruling == nullptr) return;
    const bool is_approved = ruling->verb == Verb::approve || ruling->verb == Verb::approve_around;
    if (is_approved && may_be_approved(file, follow_up)) {
        follow_up.state = FollowUpState::due;
        follow_up.due_at = ruling->at;
        follow_up.approved_by = ruling->by;
    } else if (ruling->verb == Verb::dismiss) {
        follow_up.state = FollowUpState::dismissed;
    } else {
        return;
    }
    follow_up.reason += "; " + description_of(*ruling);
}

}  // namespace ndr
