#include "../../src/fetch/connection.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace ndr {

namespace {

bool admits(Guard& guard, const char* text) {
    sockaddr_in6 six{};
    sockaddr_in four{};
    if (inet_pton(AF_INET6, text, &six.sin6_addr) == 1) {
        six.sin6_family = AF_INET6;
        return guard.admits(reinterpret_cast<const sockaddr&>(six), sizeof six);
    }
    EXPECT_EQ(inet_pton(AF_INET, text, &four.sin_addr), 1);
    four.sin_family = AF_INET;
    return guard.admits(reinterpret_cast<const sockaddr&>(four), sizeof four);
}

}  // namespace

// Addresses of the registries' own allocations: no documentation space is ordinary.
TEST(Guard, leads_nobody_from_the_world_into_the_house) {
    Guard guard;
    EXPECT_TRUE(admits(guard, "1.1.1.1"));
    for (const char* inside : {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1",
                               "fc00::1", "::ffff:127.0.0.1", "0.0.0.0", "224.0.0.1"})
        EXPECT_FALSE(admits(guard, inside)) << inside;
    EXPECT_TRUE(guard.has_refused());
    EXPECT_TRUE(admits(guard, "2001:500::1"));
}

TEST(Guard, lets_a_laboratory_be_one) {
    Guard guard;
    EXPECT_TRUE(admits(guard, "127.0.0.1"));
    EXPECT_TRUE(admits(guard, "10.0.0.1"));
    EXPECT_TRUE(admits(guard, "1.1.1.1"));
    EXPECT_FALSE(guard.has_refused());
}

TEST(Guard, admits_no_unknown_family) {
    Guard guard;
    EXPECT_TRUE(admits(guard, "1.1.1.1"));
    sockaddr other{};
    other.sa_family = AF_UNIX;
    EXPECT_FALSE(guard.admits(other, sizeof other));
}

}  // namespace ndr
