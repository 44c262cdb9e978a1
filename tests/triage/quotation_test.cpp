#include <gtest/gtest.h>

#include "../../src/triage/auto_reply.hpp"

namespace ndr {

namespace {

TEST(Voices, are_told_apart_above_below_and_between) {
    const auto voices = voices_in("mine\n> theirs\nmine too\nFrom: Jo\ntheirs too\n");
    EXPECT_EQ(voices.own, "mine\nmine too\n");
    EXPECT_EQ(voices.quoted, "> theirs\nFrom: Jo\ntheirs too\n");
}

TEST(Complaint, speaks_of_an_attack_and_names_an_address) {
    EXPECT_TRUE(is_complaint("the address 198.51.100.23 attacked our server"));
    EXPECT_TRUE(is_complaint("Abuse from 2001:db8::1"));
    EXPECT_FALSE(is_complaint("attacked at 04:11:07 by version 1.2.3"));
    EXPECT_FALSE(is_complaint("198.51.100.23 is our new server"));
}

}  // namespace

}  // namespace ndr
