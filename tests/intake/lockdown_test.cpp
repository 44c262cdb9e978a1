#include "../../src/intake/lockdown.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <map>
#include <string>

#include "ndr_triage/base/files.hpp"

namespace ndr {

namespace {

// The lines of proc(5)'s status, without their blanks.
std::map<std::string, std::string> status_of(pid_t process) {
    std::map<std::string, std::string> found;
    std::ifstream file("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(":\t");
        if (colon != std::string::npos) found[line.substr(0, colon)] = line.substr(colon + 2);
    }
    return found;
}

// As a child of a program that root started, which is the ledger's owner for a while; and as one
// with capabilities from its unit.
[[noreturn]] void live_locked_down(int fd) {
    constexpr uid_t nobody = 65534;
    if (geteuid() == 0 &&
        (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0 || setresuid(nobody, nobody, 0) != 0))
        _exit(1);
    lock_down(fd);
    char octet = 0;
    const bool lived = write(fd, &octet, 1) == 1 && read(fd, &octet, 1) == 0;
    _exit(lived ? 0 : 1);
}

TEST(Lockdown, leaves_no_capability_and_no_way_back_to_root) {
    int ends[2];
    ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) live_locked_down(ends[1]);
    close(ends[1]);
    char octet = 0;
    EXPECT_EQ(read(ends[0], &octet, 1), 1);
    auto status = status_of(child);
    close(ends[0]);
    int ended = 0;
    EXPECT_EQ(waitpid(child, &ended, 0), child);
    EXPECT_EQ(ended, 0);
    for (const char* set : {"CapPrm", "CapEff", "CapInh", "CapAmb"})
        EXPECT_EQ(status[set], "0000000000000000") << set;
    const std::string user = std::to_string(geteuid() == 0 ? 65534 : geteuid());
    EXPECT_EQ(status["Uid"], user + "\t" + user + "\t" + user + "\t" + user);
}

}  // namespace

}  // namespace ndr
