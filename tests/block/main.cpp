// These tests change firewalls, addresses and routes: never those of a host that somebody uses.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    const bool is_private = std::getenv("NDR_PRIVATE_NETWORK") != nullptr;
    if (!is_private && !testing::GTEST_FLAG(list_tests)) {
        std::fputs("ndr-block-tests: would change this host's network: ctest -R block_\n", stderr);
        return EXIT_FAILURE;
    }
    return RUN_ALL_TESTS();
}
