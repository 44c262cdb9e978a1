// action/block/back_end.hpp -- a firewall, or a file that one reads, made equal to a list of
// blocks.
//
// The ledger is the authority, a back end a cache of it: `apply` may run at any time, again, and
// after a reboot that forgot everything. It touches nothing that it did not make.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/network/address.hpp"

namespace ndr {

// A block that shall be in force until `ends_at`. Those of one list may overlap; one that has
// ended counts as none.
struct ActiveBlock {
    std::int64_t id = 0;  // the ledger's number
    Prefix prefix;
    Instant ends_at;

    auto operator<=>(const ActiveBlock&) const = default;
};

// A back end could not be read or changed. what() begins with its name.
struct BackEndError : Failure {
    BackEndError(const std::string& back_end, const std::string& what)
        : Failure(ExitStatus::unavailable, back_end + ": " + what) {}
};

class BackEnd {
public:
    BackEnd() = default;
    virtual ~BackEnd() = default;
    BackEnd(const BackEnd&) = delete;
    BackEnd& operator=(const BackEnd&) = delete;

    // As the configuration and BackEndError call it: "nftables".
    virtual std::string name() const = 0;
    // What `apply` gives to the tool, or writes, where something differs: text that ends in LF, ""
    // for nothing. Changes nothing.
    virtual std::string plan(const std::vector<ActiveBlock>& blocks, Instant now) const = 0;
    // Makes the tool equal to `blocks`; does nothing where it is. Throws BackEndError, or IoError
    // for a file.
    virtual void apply(const std::vector<ActiveBlock>& blocks, Instant now) const = 0;
    // One line for each thing that keeps `blocks` from being in force exactly; none: all is well.
    // Changes nothing. Throws as `apply`.
    virtual std::vector<std::string> verify(const std::vector<ActiveBlock>& blocks,
                                            Instant now) const = 0;
};

}  // namespace ndr
