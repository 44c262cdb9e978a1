#include "ndr_triage/casework/outage.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::size_t fewest_domains = 5;

}  // namespace

bool RecentReplies::look_like_outage() const {
    return domains >= fewest_domains && 2 * lost > count;
}

std::string RecentReplies::text() const {
    return fmt::format("{} of the last {}, of {}, are lost-connection", lost,
                       counted(count, "final reply", "final replies"), counted(domains, "domain"));
}

RecentReplies summed(const std::vector<RecentReply>& replies) {
    RecentReplies sum;
    sum.count = replies.size();
    sum.lost = static_cast<std::size_t>(std::count_if(
        replies.begin(), replies.end(),
        [](const RecentReply& reply) { return reply.outcome == Outcome::lost_connection; }));
    std::set<std::string> domains;
    for (const auto& reply : replies)
        domains.insert(reply.domain);
    sum.domains = domains.size();
    return sum;
}

}  // namespace ndr
