#include "ndr_triage/intake/networks.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

Network network_of(const std::string& range, Authority authority = Authority::imported) {
    Network network;
    network.range = *AddressRange::parse(range);
    network.registry = Rir::apnic;
    network.authority = authority;
    network.source = "test";
    network.dated = support::noon;
    return network;
}

class LearntNetworks : public testing::Test {
protected:
    LearntNetworks() {
        house_.policy.allow_documentation = true;
        const Complaint complaint = support::complaint_to("abuse@example.net");
        take_in_complaint(ledger_, house_, complaint, support::digest_for("c1"), support::noon);
        const auto octets = support::bounce("abuse@example.net", "5.2.2", "552 5.2.2 Mailbox full");
        RawMessage message;
        message.octets = octets;
        message.digest = digest_of(octets);
        message.size = octets.size();
        take_in(ledger_, house_, message, {}, support::judged(octets), later_);
    }

    // "STATE TARGET" of each open or done follow-up.
    std::vector<std::string> follow_ups() {
        std::vector<std::string> lines;
        ledger_.read([&] {
            for (const auto& row : list_follow_ups(ledger_, {}))
                lines.push_back(
                    fmt::format("{} {}", text(row.follow_up.state), target_of(row.follow_up.deed)));
        });
        return lines;
    }

    using Lines = std::vector<std::string>;
    support::TemporaryDirectory directory_;
    House house_;
    Ledger ledger_{directory_.at("ledger.sqlite3"), Ledger::Access::write};
    Instant later_ = support::noon + std::chrono::hours(2);
};

}  // namespace

TEST_F(LearntNetworks, take_over_the_complaints_of_a_guess) {
    EXPECT_EQ(follow_ups(), Lines{"proposed 203.0.113.0/24"});
    const auto learnt =
        learn_networks(ledger_, house_.policy, {network_of("203.0.112.0/23")}, {}, later_);
    EXPECT_EQ(learnt.networks, 1U);
    EXPECT_EQ(learnt.moved, 1U);
    EXPECT_EQ(learnt.decided, 1U);
    EXPECT_EQ(follow_ups(), Lines{"held 203.0.112.0/23"});  // a matched bounce, no guess any more
}

TEST_F(LearntNetworks, take_over_the_complaints_of_a_larger_one) {
    learn_networks(ledger_, house_.policy, {network_of("203.0.112.0/22")}, {}, later_);
    const auto learnt =
        learn_networks(ledger_, house_.policy, {network_of("203.0.113.0/25")}, {}, later_);
    EXPECT_EQ(learnt.moved, 1U);
    EXPECT_EQ(follow_ups(), Lines{"held 203.0.113.0/25"});
    // One that does not hold the attacker changes nothing.
    const auto other =
        learn_networks(ledger_, house_.policy, {network_of("203.0.113.128/25")}, {}, later_);
    EXPECT_EQ(other.moved, 0U);
    EXPECT_EQ(other.decided, 0U);
}

TEST_F(LearntNetworks, decide_again_where_only_facts_change) {
    Network network = network_of("203.0.113.0/24");
    learn_networks(ledger_, house_.policy, {network}, {}, later_);
    EXPECT_EQ(follow_ups(), Lines{"held 203.0.113.0/24"});
    network.dated += std::chrono::hours(1);
    EXPECT_EQ(learn_networks(ledger_, house_.policy, {network}, {}, later_).decided, 0U);
    network.dated += std::chrono::hours(1);
    network.country = "US";
    set_contacts(network, {{ContactRole::abuse, "abuse@example.net", "+1-202-555-0100", "", {}}});
    EXPECT_EQ(learn_networks(ledger_, house_.policy, {network}, {}, later_).decided, 1U);
    EXPECT_EQ(follow_ups(), Lines{"held +1-202-555-0100"});  // at home one phones
}

TEST_F(LearntNetworks, come_from_statistics) {
    const auto path = directory_.write("delegated",
                                       "2|apnic|20261119|3|19830613|20261119|+1000\n"
                                       "apnic|*|ipv4|*|2|summary\n"
                                       "apnic|NZ|ipv4|203.0.112.0|768|20110412|allocated|A1\n"
                                       "apnic|AU|ipv6|2001:db8::|32|20110412|allocated|A2\n");
    std::uint64_t read = 0;
    const auto learnt = learn_delegated(
        ledger_, house_.policy, path, [&](std::uint64_t done, std::uint64_t) { read = done; },
        later_);
    EXPECT_EQ(learnt.networks, 2U);
    EXPECT_EQ(learnt.moved, 1U);
    EXPECT_EQ(read, std::filesystem::file_size(path));
    EXPECT_EQ(follow_ups(), Lines{"held 203.0.112.0 - 203.0.114.255"});
    const auto again = learn_delegated(
        ledger_, house_.policy, path, [](auto, auto) {}, later_);
    EXPECT_EQ(again.networks, 0U);
    EXPECT_EQ(again.decided, 0U);
}

TEST_F(LearntNetworks, come_from_whole_files_only) {
    const auto path = directory_.write("delegated",
                                       "2|apnic|20261119|3|19830613|20261119|+1000\n"
                                       "apnic|NZ|ipv4|203.0.112.0|768|20110412|allocated|A1\n"
                                       "apnic|AU|ipv4|0.0.0.0|4294967296|20110412|allocated|A2\n");
    try {
        learn_delegated(
            ledger_, house_.policy, path, [](auto, auto) {}, later_);
        FAIL() << "it was taken";
    } catch (const Failure& failure) {
        EXPECT_EQ(failure.status(), ExitStatus::data_error);
        EXPECT_EQ(std::string(failure.what()),
                  path +
                      ":3: 0.0.0.0/0 is wider than any registered network; "
                      "delegated-extended statistics are wanted");
    }
    EXPECT_EQ(follow_ups(), Lines{"proposed 203.0.113.0/24"});
    EXPECT_THROW(
        learn_delegated(
            ledger_, house_.policy, directory_.write("empty", ""), [](auto, auto) {}, later_),
        Failure);
    EXPECT_THROW(learn_delegated(
                     ledger_, house_.policy, directory_.at("absent"), [](auto, auto) {}, later_),
                 IoError);
}

}  // namespace ndr
