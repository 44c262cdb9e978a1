// action/block/command.hpp -- blocks through commands of the administrator's own.
//
// One command is run for each prefix that comes and one for each that goes, at its end too: an
// argument vector, no shell, in which {prefix}, {seconds} (that are left) and {id} (the ledger's
// number) are replaced. The prefixes do not overlap; where a block changes, what goes goes first.
// A command must succeed where there is nothing left to do, for one that was killed before it was
// recorded is run again.
//
// What was done stands in a record of ours. With a `check`, which succeeds if the prefix is
// blocked, a prefix that the tool has lost is added again; without it nobody can tell.
#pragma once

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

struct CommandSettings {
    std::vector<std::string> add;     // the program, then its arguments
    std::vector<std::string> remove;  // likewise
    std::vector<std::string> check;   // likewise, or empty
    std::string record;               // path
};

class CommandBackEnd : public BackEnd {
public:
    // Throws ConfigError for a command without {prefix}, or with a placeholder that is none.
    explicit CommandBackEnd(CommandSettings settings);

    std::string name() const override { return "command"; }
    // The commands, one a line, the words apart by a blank.
    std::string plan(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    // A command that fails does not keep the others from being run; it is tried again next time.
    void apply(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    std::vector<std::string> verify(const std::vector<ActiveBlock>& blocks,
                                    Instant now) const override;

private:
    CommandSettings settings_;
};

}  // namespace ndr
