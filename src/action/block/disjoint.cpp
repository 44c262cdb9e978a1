#include "ndr_triage/action/block/disjoint.hpp"

#include <algorithm>
#include <tuple>

namespace ndr {

namespace {

// An outer block comes before those inside it; of one prefix the block that ends last comes first.
bool outer_first(const ActiveBlock& a, const ActiveBlock& b) {
    const auto key = [](const ActiveBlock& block) {
        return std::tuple(!block.prefix.is_ipv4(), block.prefix, -unix_seconds(block.ends_at),
                          block.id);
    };
    return key(a) < key(b);
}

// Takes blocks `outer_first`, and gives out their parts in the order of addresses.
class Sweep {
public:
    void take(const ActiveBlock& block) {
        while (!open_.empty() && !is_inside(block.prefix, open_.back().block.prefix))
            close();
        if (!open_.empty()) {
            Open& outer = open_.back();
            if (block.ends_at <= outer.block.ends_at) return;
            if (outer.next && *outer.next < block.prefix.start())
                give_out(outer, block.prefix.start().previous().value());
            outer.next = block.prefix.last().next();
        }
        open_.push_back({block, block.prefix.start()});
    }

    std::vector<ActiveBlock> finish() {
        while (!open_.empty())
            close();
        return std::move(parts_);
    }

private:
    // A block of which the addresses from `next` on are not yet given out; nullopt: the space ends.
    struct Open {
        ActiveBlock block;
        std::optional<Address> next;
    };

    static bool is_inside(const Prefix& inner, const Prefix& outer) {
        return inner.is_ipv4() == outer.is_ipv4() && outer.contains(inner);
    }

    void give_out(const Open& open, const Address& last) {
        if (!open.next || last < *open.next) return;
        for (const auto& prefix : cover({*open.next, last}))
            parts_.push_back({open.block.id, prefix, open.block.ends_at});
    }

    void close() {
        give_out(open_.back(), open_.back().block.prefix.last());
        open_.pop_back();
    }

    std::vector<Open> open_;  // each inside the one before it
    std::vector<ActiveBlock> parts_;
};

}  // namespace

std::vector<ActiveBlock> disjoint(std::vector<ActiveBlock> blocks, Instant now) {
    std::erase_if(blocks, [now](const ActiveBlock& block) { return block.ends_at <= now; });
    std::sort(blocks.begin(), blocks.end(), outer_first);
    Sweep sweep;
    for (const auto& block : blocks)
        sweep.take(block);
    return sweep.finish();
}

}  // namespace ndr
