// action/block/crowdsec.hpp -- blocks as decisions of CrowdSec's local API (LAPI), through
// cscli(1): for many machines, each with a bouncer that pulls them.
//
// A decision of ours has the scope Range, the type ban and the scenario `ndr-triage`; only such are
// listed, and deleted by their ids. One ledger belongs to one LAPI. cscli is given a configuration
// of our own, whose credentials_path is that of a machine of our own (`cscli machines add
// ndr-triage`): LAPI may be on another host. Over a remote one cscli can list, add and delete; it
// cannot list bouncers, which it reads from the database itself, so there only LAPI's own host
// knows whether they pull.
//
// `verify` asks LAPI what a bouncer would, with the key of a bouncer of our own (`cscli bouncers
// add ndr-triage-verify`). What a bouncer makes of a decision cannot be seen from here: the
// firewall bouncer in nftables mode has had releases that block one address of a range alone. LAPI
// flushes alerts with their decisions after db_config.flush.max_age, and `apply` adds them again.
//
// Seen with CrowdSec 1.4.6. Needs no privilege.
#pragma once

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

struct CrowdsecSettings {
    std::string cscli = "cscli";
    std::string config;  // path
    std::string curl = "curl";
    std::string url = "http://127.0.0.1:8080";  // of LAPI, without a path
    std::string bouncer_key;     // path of a file with the key alone, or empty: LAPI is not asked
    bool lists_bouncers = true;  // no where LAPI is remote
};

class Crowdsec : public BackEnd {
public:
    // Throws ConfigError for a URL that is none.
    explicit Crowdsec(CrowdsecSettings settings);

    std::string name() const override { return "crowdsec"; }
    // A JSON file for `cscli decisions import --scope Range` into a LAPI without our decisions.
    std::string plan(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // What goes is deleted before the rest is added, all in one import: a bouncer that pulls
    // between the two opens these for as long as it waits for its next pull. Does nothing where
    // nothing differs.
    void apply(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // The decisions; whether LAPI answers for the first and the last address of each prefix (of a
    // thousand of them); and bouncers that have not pulled within ten minutes.
    std::vector<std::string> verify(const std::vector<ActiveBlock>& blocks,
                                    Instant now) const override;

private:
    CrowdsecSettings settings_;
};

}  // namespace ndr
