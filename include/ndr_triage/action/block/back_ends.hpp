// action/block/back_ends.hpp -- the back ends that a site has, by their names.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/action/block/back_end.hpp"
#include "ndr_triage/action/block/cidr_map.hpp"
#include "ndr_triage/action/block/command.hpp"
#include "ndr_triage/action/block/crowdsec.hpp"
#include "ndr_triage/action/block/fail2ban.hpp"
#include "ndr_triage/action/block/ipset.hpp"
#include "ndr_triage/action/block/nftables.hpp"
#include "ndr_triage/action/block/rbldnsd.hpp"

namespace ndr {

struct BackEndSettings {
    std::vector<std::string> names;  // of those in use
    NftablesSettings nftables;
    IpsetSettings ipset;
    CommandSettings command;
    std::string list;  // path of the plain list
    CidrMapSettings postfix;
    RbldnsdSettings rbldnsd;
    Fail2banSettings fail2ban;
    CrowdsecSettings crowdsec;
};

// What a back end changes, and hence whose right it needs: a file is written as the ledger's owner,
// never as root into a directory that is not root's.
enum class Reach { tools, files };

// True for the name of a back end that there is.
bool is_back_end(std::string_view name);

// Throws ConfigError for one that lacks what it needs.
std::vector<std::unique_ptr<BackEnd>> back_ends_of(const BackEndSettings& settings, Reach reach);

// One to ask for its plan alone, in use or not: it needs no file to write to. Throws UsageError for
// a name that is none, ConfigError for one that lacks what its text is made of.
std::unique_ptr<BackEnd> back_end_for_export(const BackEndSettings& settings,
                                             std::string_view name);

}  // namespace ndr
