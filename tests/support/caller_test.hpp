// support/caller_test.hpp -- what was told to callers, in files of a test's own.
#pragma once

#include <gtest/gtest.h>

#include "ndr_triage/action/callers.hpp"
#include "site.hpp"
#include "temporary_directory.hpp"

namespace ndr::support {

class CallerTest : public testing::Test {
protected:
    // Below etc/ and home/ of this test.
    std::string write(const std::string& name, const std::string& text) {
        return directory_.write(name, text);
    }
    std::string at(const std::string& name) const { return directory_.at(name); }
    CallerSite site(const std::string& owner = "ndr-triage") const {
        return {at("etc"), at("home"), owner};
    }

    // What the only finding says, led by its health.
    static std::string only(const std::vector<Checked>& found) {
        if (found.size() != 1) return std::to_string(found.size()) + " findings";
        return std::string(text(found[0].health)) + " " + found[0].what + " " + found[0].remedy;
    }
    static void expect(const std::string& said, const std::string& health,
                       const std::string& part) {
        EXPECT_EQ(said.find(health), 0U) << said;
        EXPECT_NE(said.find(part), std::string::npos) << said;
    }
    // `what` must stand in `text`.
    static std::string changed(const std::string& text, const std::string& what,
                               const std::string& by) {
        const std::string other = replaced(text, what, by);
        EXPECT_NE(other, text) << what;
        return other;
    }

    TemporaryDirectory directory_;
};

}  // namespace ndr::support
