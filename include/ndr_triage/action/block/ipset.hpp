// action/block/ipset.hpp -- blocks in two sets of ipset(8), for the host's own iptables rules.
//
// The sets are called NAME4 and NAME6, of the type hash:net; a rule of the host's must consult
// each, behind one that accepts what is established:
//
//     iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
//     iptables -A INPUT -m set --match-set NAME4 src -j DROP
//
// ipset counts 2147483 s at most, 24.8 days: what runs longer is cut to that, and armed again when
// half of it is left. Needs CAP_NET_ADMIN.
#pragma once

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

struct IpsetSettings {
    std::string program = "ipset";
    std::string set = "ndr_triage";  // NAME
};

class Ipset : public BackEnd {
public:
    // Throws ConfigError for a name that ipset would not take.
    explicit Ipset(IpsetSettings settings);

    std::string name() const override { return "ipset"; }
    // A file for ipset -exist restore: each set is filled beside the old one, and takes its place
    // at once. Needs no privilege.
    std::string plan(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // Does nothing to a set that is equal; does not create one that is there.
    void apply(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // A set that no rule consults, and its elements.
    std::vector<std::string> verify(const std::vector<ActiveBlock>& blocks,
                                    Instant now) const override;

private:
    IpsetSettings settings_;
};

}  // namespace ndr
