// The real helper is led out of its cache by links, as somebody could who took it over.
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>

#include "ndr_triage/base/processes.hpp"
#include "ndr_triage/network/fetched.hpp"
#include "support/registry.hpp"

namespace ndr {

namespace {

namespace fs = std::filesystem;

class Confinement : public testing::Test {
protected:
    void SetUp() override {
        if (syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1)
            GTEST_SKIP() << "this kernel has no Landlock, or does not let us ask for it";
    }
    Finished run(std::vector<std::string> words) const {
        words.insert(words.begin(), {support::fetch_program(), "--cache", directory_.at("cache")});
        return run_program(words, "", std::chrono::seconds(50), 1 << 20);
    }
    // Nobody listens there; a fresh answer of the cache needs nobody.
    Finished rdap() const {
        return run({"--bootstrap", "http://127.0.0.1:1/", "rdap", "203.0.113.7"});
    }

    support::TemporaryDirectory directory_;
    const std::string answer_ = fetched_text({{"here", system_now(), "words"}});
    const std::string kept_ = directory_.write("cache/answer-rdap-203.0.113.7", answer_);
};

TEST_F(Confinement, lets_nothing_outside_be_read) {
    const Finished inside = rdap();
    EXPECT_EQ(inside.status, 0) << inside.errors;
    EXPECT_EQ(inside.output, answer_);
    fs::rename(kept_, directory_.at("secret"));
    fs::create_symlink(directory_.at("secret"), kept_);
    const Finished outside = rdap();
    EXPECT_EQ(outside.status, 77);
    EXPECT_EQ(outside.output, "");
    EXPECT_NE(outside.errors.find("Permission denied"), std::string::npos) << outside.errors;
}

TEST_F(Confinement, lets_nothing_outside_be_written) {
    fs::create_symlink(directory_.at("outside"), directory_.at("cache/lock"));
    const Finished ran = run({"--server", "127.0.0.1:1", "whois", "203.0.113.7"});
    EXPECT_EQ(ran.status, 77);
    EXPECT_NE(ran.errors.find("Permission denied"), std::string::npos) << ran.errors;
    EXPECT_FALSE(fs::exists(directory_.at("outside")));
}

}  // namespace

}  // namespace ndr
