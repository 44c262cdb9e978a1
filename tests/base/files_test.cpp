#include "ndr_triage/base/files.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ndr_triage/base/failure.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

namespace fs = std::filesystem;
using support::TemporaryDirectory;

bool is_open(int fd) {
    return fcntl(fd, F_GETFD) >= 0;
}

mode_t mode_of(const std::string& path) {
    struct stat status {};
    EXPECT_EQ(stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 07777;
}

// The status of the IoError that `call` throws; it must name `path`.
template <typename Call>
ExitStatus fault_of(const Call& call, const std::string& path) {
    try {
        call();
    } catch (const IoError& failure) {
        EXPECT_TRUE(std::string_view(failure.what()).starts_with(path)) << failure.what();
        return failure.status();
    }
    ADD_FAILURE() << "nothing thrown for " << path;
    return ExitStatus::ok;
}

TEST(Descriptor, is_closed_by_its_last_owner_once) {
    const int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(fd, 0);
    {
        Descriptor first(fd);
        Descriptor second(std::move(first));
        EXPECT_EQ(second.get(), fd);
        EXPECT_TRUE(is_open(fd));
    }
    EXPECT_FALSE(is_open(fd));
    EXPECT_FALSE(Descriptor());
}

TEST(Descriptor, closes_what_it_held_when_it_gets_another) {
    const int one = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int two = open("/dev/null", O_RDONLY | O_CLOEXEC);
    Descriptor owner(one);
    owner = Descriptor(two);
    EXPECT_FALSE(is_open(one));
    EXPECT_TRUE(is_open(two));
    owner.reset();
    EXPECT_FALSE(is_open(two));
    EXPECT_FALSE(owner);
}

TEST(Files, are_read_whole) {
    const TemporaryDirectory directory;
    const std::string octets = std::string("a\0b\r\n", 5) + std::string(200'000, 'x');
    EXPECT_EQ(read_file(directory.write("file", octets)), octets);
    EXPECT_EQ(read_file(directory.write("empty", "")), "");
    EXPECT_EQ(read_file_if_there(directory.at("empty")), "");
}

TEST(Files, that_are_missing_are_nothing_or_a_fault) {
    const TemporaryDirectory directory;
    const auto path = directory.at("missing");
    EXPECT_EQ(read_file_if_there(path), std::nullopt);
    EXPECT_EQ(fault_of([&] { read_file(path); }, path), ExitStatus::no_input);
}

TEST(Files, that_cannot_be_read_are_a_fault_either_way) {
    const TemporaryDirectory directory;
    const auto path = directory.path().string();
    EXPECT_EQ(fault_of([&] { read_file(path); }, path), ExitStatus::io_error);
    EXPECT_EQ(fault_of([&] { read_file_if_there(path); }, path), ExitStatus::io_error);
}

TEST(Files, a_full_disk_is_a_fault_that_names_the_file) {
    const Descriptor full(open("/dev/full", O_WRONLY | O_CLOEXEC));
    ASSERT_TRUE(full);
    EXPECT_EQ(fault_of([&] { write_all(full.get(), "x", "ledger"); }, "ledger: "),
              ExitStatus::io_error);
    write_all(full.get(), "", "nothing to write is no fault");
}

TEST(Files, written_durably_hold_exactly_the_octets_for_their_owner_only) {
    const TemporaryDirectory directory;
    const auto path = directory.at("file");
    const std::string octets = std::string("a\0b", 3) + std::string(200'000, 'x');
    write_file_durably(path, octets);
    EXPECT_EQ(read_file(path), octets);
    EXPECT_EQ(mode_of(path), 0600U);
    write_file_durably(path, "short");
    EXPECT_EQ(read_file(path), "short");
    EXPECT_EQ(std::distance(fs::directory_iterator(directory.path()), fs::directory_iterator()), 1);
}

TEST(Files, written_durably_are_for_their_owner_even_after_a_crash_left_something) {
    const TemporaryDirectory directory;
    const auto path = directory.at("file");
    const auto left = directory.write("file.new", "left by a crash, longer than what is written");
    ASSERT_EQ(chmod(left.c_str(), 0644), 0);
    write_file_durably(path, "secret");
    EXPECT_EQ(read_file(path), "secret");
    EXPECT_EQ(mode_of(path), 0600U);
}

TEST(Files, that_cannot_be_replaced_stay_as_they_were) {
    const TemporaryDirectory directory;
    const auto path = directory.write("file", "old");
    directory.make_directory("file.new");
    EXPECT_THROW(write_file_durably(path, "new"), IoError);
    EXPECT_EQ(read_file(path), "old");
    EXPECT_EQ(fault_of([&] { write_file_durably(directory.at("no/file"), "x"); },
                       directory.at("no/file")),
              ExitStatus::no_input);
}

TEST(Files, directories_are_made_with_those_above_them) {
    const TemporaryDirectory directory;
    make_directories(directory.at("a/b/c"));
    EXPECT_EQ(mode_of(directory.at("a")), 0700U);
    EXPECT_EQ(mode_of(directory.at("a/b/c")), 0700U);
    make_directories(directory.at("a/b/c"));
    make_directories(directory.at("a/d/"));
    EXPECT_TRUE(fs::is_directory(directory.at("a/d")));
}

TEST(Files, a_file_where_a_directory_should_be_is_a_fault) {
    const TemporaryDirectory directory;
    const auto file = directory.write("file", "x");
    EXPECT_THROW(make_directories(file), IoError);
    EXPECT_THROW(make_directories(file + "/below"), IoError);
    EXPECT_THROW(sync_directory(file), IoError);
    EXPECT_THROW(sync_directory(directory.at("missing")), IoError);
    sync_directory(directory.path().string());
}

TEST(Files, directory_of_a_path_is_all_before_its_last_slash) {
    EXPECT_EQ(directory_of("/a/b/c"), "/a/b");
    EXPECT_EQ(directory_of("a/b"), "a");
    EXPECT_EQ(directory_of("a"), ".");
    EXPECT_EQ(directory_of("/a"), "/");
    EXPECT_EQ(directory_of("/"), "/");
}

}  // namespace

}  // namespace ndr
