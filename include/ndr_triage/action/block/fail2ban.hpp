// action/block/fail2ban.hpp -- blocks as bans in a jail of fail2ban's, through fail2ban-client(1).
//
// The jail is all ours: a ban in it that is no block is lifted. It has no filter, and examples/
// fail2ban has it with its action, ndr-triage-nftables, which keeps a table of nftables as the back
// end `nftables` does. fail2ban's own actions of that kind take single addresses only before its
// release 1.1.1, and what others do cannot be seen from here: `verify` says so.
//
// A jail has one time for all its bans, so each end is brought by us; the jail's own is only there
// for the day when we are gone, and longer than any block. What runs longer all the same is banned
// anew when half of the jail's time is left. To change that time with `fail2ban-client set` changes
// the end of every ban there is. Each ban and unban is a process of fail2ban's: some sixty a
// second. Bans live in fail2ban's database across a restart of it.
//
// fail2ban 0.11.2 is the first that unbans prefixes. Needs root, as its socket and nft(8) do.
#pragma once

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

struct Fail2banSettings {
    std::string program = "fail2ban-client";
    std::string jail = "ndr-triage";
    std::string nft = "nft";
    bool keeps_port_25_open = true;  // what the action's table is expected to do
};

class Fail2ban : public BackEnd {
public:
    // Throws ConfigError for a name that no jail should have.
    explicit Fail2ban(Fail2banSettings settings);

    std::string name() const override { return "fail2ban"; }
    // Command lines that fill an empty jail. Needs no privilege.
    std::string plan(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // Does nothing where `verify` finds nothing. A table of the action's that is not as it was made
    // is made anew: the jail is started again. Throws for a jail that is not there.
    void apply(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // The jail, its time and its actions, its bans, and what the action has put into its table.
    std::vector<std::string> verify(const std::vector<ActiveBlock>& blocks,
                                    Instant now) const override;

private:
    Fail2banSettings settings_;
};

}  // namespace ndr
