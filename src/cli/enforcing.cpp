#include "enforcing.hpp"

#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

std::vector<std::string> make_equal(Context& context, const BackEndSettings& settings,
                                    const InForce& wanted) {
    const BackEnds files = back_ends_of(settings, Reach::files);
    const BackEnds tools = back_ends_of(settings, Reach::tools);
    context.become_ledger_owner();
    std::vector<std::string> faults = apply(files, wanted, context.now());
    context.become_caller();
    for (auto& fault : apply(tools, wanted, context.now()))
        faults.push_back(std::move(fault));
    return faults;
}

std::vector<std::string> put_in_force(Context& context, const BackEndSettings& settings) {
    InForce wanted;
    {
        Ledger ledger = context.ledger(Ledger::Access::read);
        wanted = in_force(ledger, context.configuration().policy, context.now());
    }
    std::vector<std::string> faults = wanted.refused;
    for (auto& fault : make_equal(context, settings, wanted))
        faults.push_back(std::move(fault));
    return faults;
}

bool tell(const std::vector<std::string>& faults) {
    for (const auto& fault : faults)
        log::error("{}", printable(fault, 1000));
    return faults.empty();
}

bool put_in_force(Context& context) {
    const Configuration& configuration = context.configuration();
    if (enforces(configuration, FollowUpKind::block))
        return tell(put_in_force(context, configuration.back_ends));
    log::warn("it is only written down: 'enforce' does not name block");
    return true;
}

}  // namespace ndr
