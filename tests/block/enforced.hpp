// block/enforced.hpp -- a site whose ledger has two blocks to carry out, 203.0.113.0/24 and
// 2001:db8:1::/48: each had a complaint whose only copy came back.
//
// Its clock goes on from Site::now.
#pragma once

#include <chrono>

#include "support/complained.hpp"
#include "tools.hpp"

namespace ndr::support {

class Enforced {
public:
    // `lines` of the configuration name the back ends. Of the services of examples/systemd, `units`
    // are what the timer starts.
    explicit Enforced(const std::string& lines,
                      Lines units = {"ndr-triage-letters", "ndr-triage-blocks"});

    // Adds lines.
    void configure(const std::string& lines) { complained_.site.configure(lines); }
    // Each unit's command, with its user, its capabilities and its families of addresses, ends well
    // and complains of nothing.
    void act() const { start({}); }
    // Likewise, as a person allows the first block.
    void act_first() const { start({"--first"}); }
    // What `verify` of the last unit's user names, without the blocks' numbers; none if it finds
    // nothing.
    Lines differences() const;
    // `harm` is done by hand: `verify` names what `found` tells, and the next `act` mends it.
    void expect_mended(const std::string& harm, const Lines& found) const;
    // From now on it is that much later.
    void wait(Seconds span) { begin_ += span; }

    const Site& site() const { return complained_.site; }
    // Whether a letter went out to that address.
    bool has_written_to(const std::string& address) const {
        return !complained_.sender_to(address).empty();
    }

private:
    void start(const Lines& options) const;
    // As a unit does, with a configuration of root's.
    Finished run(const std::string& unit, const Lines& words) const;

    Complained complained_;
    TemporaryDirectory etc_;
    Lines units_;
    Instant begin_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

}  // namespace ndr::support
