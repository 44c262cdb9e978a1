#include "ndr_triage/base/privileges.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "ndr_triage/base/processes.hpp"

namespace ndr {

namespace {

constexpr uid_t somebody = 65534;

std::string lines_of_status(const std::string& field) {
    return run_program({"grep", "^" + field + ":", "/proc/self/status"}, "",
                       std::chrono::seconds(10), 1000)
        .output;
}

}  // namespace

// Real, effective, saved and file system user: a program has nothing to become root again with.
TEST(Privileges, of_root_are_out_of_reach_for_what_is_started_meanwhile) {
    if (geteuid() != 0) GTEST_SKIP() << "only root has rights to put down";
    Privileges privileges;
    privileges.put_down(somebody, somebody, "a test");
    EXPECT_EQ(lines_of_status("Uid"), "Uid:\t65534\t65534\t65534\t65534\n");
    EXPECT_EQ(lines_of_status("Gid"), "Gid:\t65534\t65534\t65534\t65534\n");
    EXPECT_EQ(lines_of_status("Groups"), "Groups:\t65534 \n");
    privileges.take_up();
}

TEST(Privileges, come_back_as_they_were) {
    if (geteuid() != 0) GTEST_SKIP() << "only root has rights to put down";
    const std::string groups = lines_of_status("Groups");
    Privileges privileges;
    privileges.put_down(somebody, somebody, "a test");
    privileges.put_down(somebody, somebody, "a test");
    privileges.take_up();
    EXPECT_EQ(lines_of_status("Uid"), "Uid:\t0\t0\t0\t0\n");
    EXPECT_EQ(lines_of_status("Gid"), "Gid:\t0\t0\t0\t0\n");
    EXPECT_EQ(lines_of_status("Groups"), groups);
}

TEST(Privileges, of_whoever_is_not_root_stay) {
    if (geteuid() != 0) GTEST_SKIP() << "only root can become another";
    Privileges root;
    root.put_down(somebody, somebody, "a test");
    Privileges privileges;
    privileges.put_down(1, 1, "a test");
    EXPECT_EQ(geteuid(), somebody);
    privileges.take_up();
    EXPECT_EQ(geteuid(), somebody);
    root.take_up();
}

}  // namespace ndr
