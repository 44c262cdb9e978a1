// The real rbldnsd, asked with dig.
#include "ndr_triage/action/block/rbldnsd.hpp"

#include <chrono>
#include <optional>

#include "dns_list.hpp"
#include "support/temporary_directory.hpp"

namespace ndr::support {

namespace {

class RealRbldnsd : public testing::Test {
protected:
    RealRbldnsd() {
        settings_.ipv4_path = directory_.at("blocked4");
        settings_.ipv6_path = directory_.at("blocked6");
        settings_.zone = "bl.example.org";
    }
    void SetUp() override { skip_without_other_users(); }  // rbldnsd refuses root
    void start() { daemon_.emplace(directory_.path().string()); }
    void apply() { Rbldnsd(settings_).apply(blocks_, system_now()); }
    Lines faults() { return Rbldnsd(settings_).verify(blocks_, system_now()); }
    // The faults that are left after some seconds.
    Lines lasting_faults() {
        return lasting([this] { return faults(); });
    }

    TemporaryDirectory directory_;
    std::optional<DnsList> daemon_;
    RbldnsdSettings settings_;
    std::vector<ActiveBlock> blocks_{block(1, "203.0.113.0/24", std::chrono::days(1)),
                                     block(2, "2001:db8:2::/48", std::chrono::days(2)),
                                     block(3, "203.0.113.128/26", std::chrono::days(3))};
};

TEST_F(RealRbldnsd, answers_for_the_blocked_and_for_no_other) {
    apply();
    start();
    ASSERT_EQ(lasting_faults(), Lines{});
    const auto ask = [](const std::string& name) {
        return typed("dig +short @127.0.0.1 " + name + ".bl.example.org");
    };
    EXPECT_EQ(ask("130.113.0.203"), "127.0.0.2\n");
    EXPECT_EQ(ask("1.100.51.198"), "");
}

TEST_F(RealRbldnsd, follows_what_changes) {
    apply();
    start();
    ASSERT_EQ(lasting_faults(), Lines{});
    blocks_.push_back(block(4, "198.51.100.0/24", std::chrono::days(1)));
    EXPECT_EQ(faults(), (Lines{"block 4, 198.51.100.0/24: missing",
                               "block 4, 198.51.100.0/24: 127.0.0.1 does not answer for "
                               "198.51.100.0"}));
    apply();
    EXPECT_EQ(lasting_faults(), Lines{});
}

TEST_F(RealRbldnsd, that_reads_other_files_is_found_out) {
    apply();
    start();
    ASSERT_EQ(lasting_faults(), Lines{});
    settings_.ipv6_path = directory_.at("other6");
    blocks_[1].prefix = Prefix::parse("2001:db8:9::/48").value();
    apply();
    EXPECT_EQ(faults(),
              Lines{"block 2, 2001:db8:9::/48: 127.0.0.1 does not answer for 2001:db8:9::"});
}

TEST_F(RealRbldnsd, answers_for_ten_thousand) {
    blocks_ = many_blocks(10'000);
    apply();
    start();
    ASSERT_EQ(lasting_faults(), Lines{});
}

}  // namespace

}  // namespace ndr::support
