#include "ndr_triage/intake/hold.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "ndr_triage/base/failure.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

class Holding : public testing::Test {
protected:
    std::string keep(std::string_view octets) {
        HeldFile file(hold_);
        file.write(octets);
        return file.keep(
            {"why not", support::noon, {"r@example.org", "s@example.net", "192.0.2.1"}});
    }

    support::TemporaryDirectory directory_;
    Hold hold_{directory_.at("hold")};
};

}  // namespace

TEST_F(Holding, keeps_every_octet_and_the_reason) {
    const std::string octets("a\0b\r\n\xff", 6);
    const std::string path = keep(octets);
    EXPECT_EQ(read_file(path), octets);
    const auto held = hold_.list();
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held[0].path, path);
    EXPECT_EQ(held[0].size, 6U);
    EXPECT_FALSE(held[0].was_retried);
    EXPECT_EQ(held[0].reason.reason, "why not");
    EXPECT_EQ(held[0].reason.held_at, support::noon);
    EXPECT_EQ(held[0].reason.envelope.recipient, "r@example.org");
    EXPECT_EQ(held[0].reason.envelope.client, "192.0.2.1");
}

TEST_F(Holding, shows_nothing_that_was_not_kept_to_its_end) {
    {
        HeldFile file(hold_);
        file.write("half");
    }
    EXPECT_TRUE(hold_.list().empty());
    EXPECT_TRUE(std::filesystem::is_empty(directory_.at("hold/tmp")));
}

TEST_F(Holding, finds_by_number_and_by_name) {
    keep("one");
    keep("two");
    const auto held = hold_.list();
    ASSERT_EQ(held.size(), 2U);
    EXPECT_EQ(hold_.find("2")->name, held[1].name);
    EXPECT_EQ(hold_.find(held[0].name)->name, held[0].name);
    EXPECT_FALSE(hold_.find("0"));
    EXPECT_FALSE(hold_.find("3"));
    EXPECT_FALSE(hold_.find("../new"));
}

TEST_F(Holding, puts_aside_what_failed_again_and_drops_what_is_not_wanted) {
    keep("one");
    hold_.give_up(hold_.list().at(0), "again");
    auto held = hold_.list();
    ASSERT_EQ(held.size(), 1U);
    EXPECT_TRUE(held[0].was_retried);
    EXPECT_EQ(held[0].reason.reason, "again");
    EXPECT_EQ(held[0].reason.envelope.sender, "s@example.net");
    EXPECT_EQ(read_file(held[0].path), "one");
    hold_.drop(held[0]);
    EXPECT_TRUE(hold_.list().empty());
}

TEST_F(Holding, loses_a_damaged_note_but_never_the_message) {
    keep("one");
    const auto held = hold_.list().at(0);
    std::ofstream(directory_.at("hold/info/" + held.name + ".json")) << "{{{";
    EXPECT_EQ(hold_.list().at(0).reason.reason, "unknown: its note is missing");
    EXPECT_EQ(read_file(hold_.list().at(0).path), "one");
}

TEST_F(Holding, says_where_it_cannot_be_made) {
    directory_.write("file", "");
    Hold hold(directory_.at("file/hold"));
    try {
        HeldFile file(hold);
        ADD_FAILURE() << "made below a file";
    } catch (const IoError& error) {
        EXPECT_NE(std::string(error.what()).find(directory_.at("file")), std::string::npos);
    }
}

}  // namespace ndr
