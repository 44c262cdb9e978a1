// block/tools.hpp -- for tests that run the real tools, in the namespaces of block/with-tools.sh.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "ndr_triage/action/block/back_end.hpp"
#include "ndr_triage/base/processes.hpp"

namespace ndr::support {

// A command line as an administrator would type it. What it prints; fails the test if its status
// is not 0.
inline std::string typed(const std::string& line) {
    const auto finished =
        run_program({"/bin/bash", "-c", line}, {}, std::chrono::seconds(60), 64 << 20);
    EXPECT_EQ(finished.status, 0) << line << "\n" << finished.errors;
    return finished.output;
}

// In a fixture's SetUp, where another user than root is needed.
inline void skip_without_other_users() {
    if (typed("awk '{ n += $3 } END { print n }' /proc/self/uid_map") == "1\n")
        GTEST_SKIP() << "this user namespace has nobody but root";
}

inline ActiveBlock block(std::int64_t id, std::string_view prefix, Seconds left) {
    return {id, Prefix::parse(prefix).value(), system_now() + left};
}

constexpr Seconds month = std::chrono::days(30);

// `count` blocks for a month: every other address of 198.51.100.0/24, then every other /48 of
// 2001:db8::/32.
inline std::vector<ActiveBlock> many_blocks(int count) {
    std::vector<ActiveBlock> blocks;
    const Instant ends_at = system_now() + month;
    for (int i = 0; i < count; ++i) {
        const auto text = i < 128 ? fmt::format("198.51.100.{}", 2 * i)
                                  : fmt::format("2001:db8:{:x}::/48", 2 * i);
        blocks.push_back({i + 1, Prefix::parse(text).value(), ends_at});
    }
    return blocks;
}

using Lines = std::vector<std::string>;

// What `faults` gives once it is nothing, or after some seconds: a daemon takes its time.
inline Lines lasting(const std::function<Lines()>& faults) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    Lines left = faults();
    while (!left.empty() && std::chrono::steady_clock::now() < deadline)
        left = faults();
    return left;
}

// A back end against its real tools, with three blocks to carry out.
template <typename Tool>
class RealTool : public testing::Test {
protected:
    template <typename Settings>
    explicit RealTool(Settings settings, Seconds longest = std::chrono::days(300))
        : tool_(std::move(settings)),
          blocks_{block(1, "203.0.113.0/24", month),
                  block(2, "198.51.100.7/32", std::chrono::hours(1)),
                  block(3, "2001:db8::/32", longest)} {}

    void apply() const { tool_.apply(blocks_, system_now()); }
    // How long it took; shown, too.
    std::chrono::milliseconds timed_apply(const std::string& when) const {
        const auto begin = std::chrono::steady_clock::now();
        apply();
        const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - begin);
        std::cout << taken.count() << " ms " << when << "\n";
        return taken;
    }
    Lines faults() const { return tool_.verify(blocks_, system_now()); }
    // The faults that are left after some seconds.
    Lines lasting_faults() const {
        return lasting([this] { return faults(); });
    }

    Tool tool_;
    std::vector<ActiveBlock> blocks_;
};

}  // namespace ndr::support
