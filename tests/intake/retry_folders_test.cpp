#include "ndr_triage/intake/retry_folders.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "ndr_triage/base/files.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

class RetryFolders : public testing::Test {
protected:
    void put(const std::string& path, const std::string& octets) {
        const std::string file = directory_.at(path);
        make_directories(directory_of(file));
        std::ofstream(file, std::ios::binary) << octets;
    }
    std::vector<std::string> empty(const std::vector<std::string>& folders) {
        return empty_into(hold_, folders, support::noon);
    }

    support::TemporaryDirectory directory_;
    Hold hold_{directory_.at("hold")};
    const std::string folder_ = directory_.at("retry");
};

}  // namespace

TEST_F(RetryFolders, are_emptied_into_hold_octet_for_octet) {
    const std::string octets("Delivered-To: c@example.org\r\n\r\na\0b", 34);
    put("retry/new/1", octets);
    put("retry/cur/2:2,S", std::string(17'000'000, 'x'));  // more than is read whole
    put("retry/tmp/3", "on its way");
    ASSERT_EQ(waiting_in({folder_}).size(), 2U);
    EXPECT_TRUE(empty({folder_}).empty());
    EXPECT_TRUE(waiting_in({folder_}).empty());
    EXPECT_TRUE(std::filesystem::exists(directory_.at("retry/tmp/3")));
    const auto held = hold_.list();
    ASSERT_EQ(held.size(), 2U);
    EXPECT_EQ(read_file(held[0].path), octets);
    EXPECT_EQ(held[1].size, 17'000'000U);
    EXPECT_FALSE(held[0].was_retried);
    EXPECT_NE(held[0].reason.reason.find(folder_), std::string::npos);
    EXPECT_EQ(held[0].reason.held_at, support::noon);
    EXPECT_EQ(held[0].reason.envelope.client, nobody_knows);
}

TEST_F(RetryFolders, need_not_be_there) {
    EXPECT_TRUE(waiting_in({folder_}).empty());
    EXPECT_TRUE(empty({folder_}).empty());
    EXPECT_FALSE(std::filesystem::exists(hold_.directory()));
}

TEST_F(RetryFolders, give_up_only_what_is_a_message) {
    put("secret", "no message");
    put("retry/new/2", "From: x@example.net\n\nx\n");
    std::filesystem::create_symlink(directory_.at("secret"), directory_.at("retry/new/1"));
    make_directories(directory_.at("retry/new/3"));
    put("no-folder", "a file");
    const auto faults = empty({directory_.at("no-folder"), folder_});
    ASSERT_EQ(faults.size(), 3U);
    EXPECT_NE(faults[0].find("no-folder"), std::string::npos) << faults[0];
    EXPECT_NE(faults[1].find("retry/new/1"), std::string::npos) << faults[1];
    EXPECT_NE(faults[2].find("retry/new/3"), std::string::npos) << faults[2];
    ASSERT_EQ(hold_.list().size(), 1U);
    EXPECT_EQ(read_file(hold_.list()[0].path), "From: x@example.net\n\nx\n");
}

}  // namespace ndr
