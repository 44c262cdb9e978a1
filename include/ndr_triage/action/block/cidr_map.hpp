// action/block/cidr_map.hpp -- blocks as a table for Postfix (cidr_table(5)).
//
//     smtpd_client_restrictions = check_client_access cidr:/var/lib/ndr-triage/export/blocked.cidr
//
// keeps mail of blocked networks out, and answers to complaints with it where Postfix receives
// them. The file is replaced whole, and only if it changes; then Postfix must be reloaded (a path
// unit).
#pragma once

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

struct CidrMapSettings {
    std::string path;
    std::string action = "REJECT Complaints about attacks from your network are not received there";
    std::string configuration;  // Postfix's directory, "" for its default
    std::string postconf = "postconf";
    std::string postmap = "postmap";
};

class CidrMap : public BackEnd {
public:
    // Throws ConfigError for an action (access(5)) that is not one line.
    explicit CidrMap(CidrMapSettings settings);

    std::string name() const override { return "postfix"; }
    // The file: the narrowest prefix first, for the first match wins.
    std::string plan(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    void apply(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // Whether the configuration names the map by its full path, what is in it, and what postmap(1)
    // finds there for the first and the last address of each prefix.
    std::vector<std::string> verify(const std::vector<ActiveBlock>& blocks,
                                    Instant now) const override;

private:
    CidrMapSettings settings_;
};

}  // namespace ndr
