// action/block/nftables.hpp -- blocks in a table of our own, through nft(8).
//
// The table is all ours: whatever else is in it goes when it is replaced. Its chain drops what
// comes from a blocked network before the host's own rules see it, but never what belongs to a
// connection that we opened, and mail to port 25 only if told so. Needs CAP_NET_ADMIN.
#pragma once

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

struct NftablesSettings {
    std::string program = "nft";
    std::string table = "ndr_triage";  // of the family inet
    bool keeps_port_25_open = true;    // answers to complaints come in from blocked networks, too
};

class Nftables : public BackEnd {
public:
    // Throws ConfigError for a table's name that nft would not take.
    explicit Nftables(NftablesSettings settings);

    std::string name() const override { return "nftables"; }
    // A file for nft -f that replaces the table in one transaction. Needs no privilege.
    std::string plan(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // Does nothing where `verify` finds nothing. Where the kernel refuses the size of the plan (in
    // a user namespace), the same in chunks, each a transaction: if most of it changes, some blocks
    // are not in force for a second or so.
    void apply(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // Table, hook, rules in their order, sets and their elements.
    std::vector<std::string> verify(const std::vector<ActiveBlock>& blocks,
                                    Instant now) const override;

private:
    NftablesSettings settings_;
};

}  // namespace ndr
