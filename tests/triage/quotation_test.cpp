#include <gtest/gtest.h>

#include "../../src/triage/auto_reply.hpp"

namespace ndr {

namespace {

TEST(Voices, are_told_apart_above_below_and_between) {
    const auto voices = voices_in("mine\n> theirs\nmine too\nFrom: Jo\ntheirs too\n");
    EXPECT_EQ(voices.own, "mine\nmine too\n");
    EXPECT_EQ(voices.quoted, "> theirs\nFrom: Jo\ntheirs too\n");
}

TEST(Voices, of_ours_are_known_by_the_words_of_the_complaint) {
    const auto voices = voices_in("mine\na host in a network of yours attacks us:\nuser unknown\n");
    EXPECT_EQ(voices.own, "mine\n");
    EXPECT_EQ(voices_in("> a host in a network of yours attacks us:\nmine\n").own, "mine\n");
}

TEST(Voices, of_ours_end_a_notification) {
    EXPECT_EQ(before_complaint("not taken\n\nHello,\n\nA host in a network of yours attacks us:"),
              "not taken\n\nHello,\n\n");
    EXPECT_EQ(before_complaint("not taken\nHello, a host in a network\nof yours attacks us: 1"),
              "not taken\n");
    EXPECT_EQ(before_complaint("not taken\nuser unknown\n"), "not taken\nuser unknown\n");
}

TEST(Voices, of_a_transcript_are_not_quoted) {
    EXPECT_EQ(without_quoted_lines("own\n > theirs\n>>> RCPT\n<<< 550\n"),
              "own\n>>> RCPT\n<<< 550\n");
}

TEST(Complaint, speaks_of_an_attack_and_names_an_address) {
    EXPECT_TRUE(is_complaint("the address 198.51.100.23 attacked our server"));
    EXPECT_TRUE(is_complaint("Abuse from 2001:db8::1"));
    EXPECT_FALSE(is_complaint("attacked at 04:11:07 by version 1.2.3"));
    EXPECT_FALSE(is_complaint("198.51.100.23 is our new server"));
}

}  // namespace

}  // namespace ndr
