#include <gtest/gtest.h>

#include <string>

#include "ndr_triage/triage/rules.hpp"
#include "samples.hpp"

namespace ndr {

namespace {

RuleSet parsed(std::string_view table, const std::string& file = "test.rules",
               bool is_site = false) {
    RuleSet rules;
    rules.add(table, file, is_site);
    return rules;
}

std::string faults_of(const RuleSet& rules) {
    std::string all;
    for (const auto& fault : check(rules))
        all += fault.text + "\n";
    return all;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

constexpr std::string_view sound =
    "mailbox-full  text  mailbox is full\n"
    "    example  552 Mailbox is full\n";

TEST(RuleCheck, finds_no_fault_in_the_standard_rules) {
    EXPECT_EQ(faults_of(samples::standard_rules()), "");
}

TEST(RuleCheck, finds_no_fault_in_a_sound_table) {
    EXPECT_EQ(faults_of(parsed(sound)), "");
    EXPECT_EQ(faults_of(RuleSet()), "");
}

TEST(RuleCheck, a_rule_needs_an_example) {
    const auto faults = faults_of(parsed(std::string(sound) + "refused  text  no thanks\n"));
    EXPECT_TRUE(has(faults, "test.rules:3: ")) << faults;
    EXPECT_TRUE(has(faults, "without an example")) << faults;
}

TEST(RuleCheck, an_example_needs_the_words_of_its_rule) {
    const auto faults = faults_of(parsed("refused  text  no thanks\n    example  thanks\n"));
    EXPECT_TRUE(has(faults, "test.rules:1: ")) << faults;
    EXPECT_TRUE(has(faults, "no rule wins 'thanks'")) << faults;
}

TEST(RuleCheck, an_example_that_another_rule_wins_names_that_rule) {
    const auto faults = faults_of(parsed(std::string(sound) + "recipient-unknown  text  mailbox\n"
                                                              "    example  Mailbox is full\n"));
    EXPECT_TRUE(has(faults, "test.rules:3: ")) << faults;
    EXPECT_TRUE(has(faults, "'text: mailbox is full' (test.rules:1)")) << faults;
}

TEST(RuleCheck, an_example_that_says_two_things_is_won_by_none) {
    const auto faults =
        faults_of(parsed(std::string(sound) + "recipient-unknown  text  no such user\n"
                                              "    example  no such user, or mailbox is full\n"));
    EXPECT_TRUE(has(faults, "test.rules:3: ")) << faults;
}

TEST(RuleCheck, a_phrase_stands_only_once) {
    const auto faults = faults_of(parsed(std::string(sound) + std::string(sound)));
    EXPECT_TRUE(has(faults, "test.rules:3: ")) << faults;
    EXPECT_TRUE(has(faults, "stands twice")) << faults;
}

TEST(RuleCheck, a_phrase_is_in_folded_form) {
    const auto faults =
        faults_of(parsed("mailbox-full  text  Mailbox  Is Full\n"
                         "    example  Mailbox is full\n"));
    EXPECT_TRUE(has(faults, "test.rules:1: ")) << faults;
    EXPECT_TRUE(has(faults, "'mailbox is full'")) << faults;
    EXPECT_TRUE(has(faults_of(parsed("mailbox-full  text  邮箱 已满\n    example  邮箱已满\n")),
                    "'邮箱已满'"));
}

TEST(RuleCheck, a_code_is_proven_too) {
    EXPECT_EQ(faults_of(parsed("mailbox-full  status  X.2.2\n    example  4.2.2\n"
                               "lost-connection  reply-code  421\n    example  421 bye\n")),
              "");
    EXPECT_NE(faults_of(parsed("mailbox-full  status  X.2.2\n    example  5.2.1\n")), "");
    EXPECT_NE(faults_of(parsed("mailbox-full  status  2.2\n    example  5.2.2\n")), "");
    EXPECT_NE(faults_of(parsed("lost-connection  reply-code  421\n    example  451 later\n")), "");
}

TEST(RuleCheck, a_rule_of_failed_or_delayed_wins_its_example) {
    EXPECT_EQ(faults_of(parsed("failed  notification  not delivered\n"
                               "    example  It was not delivered.\n"
                               "delayed  notification  will try again\n"
                               "    example  We will try again.\n")),
              "");
}

TEST(RuleCheck, a_sites_rule_that_takes_a_standard_example_is_listed_as_overriding) {
    RuleSet rules = parsed(sound, "standard.rules");
    rules.add("undetermined  text  552 mailbox is full\n    example  552 mailbox is full\n",
              "site.rules", true);
    const auto faults = check(rules);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().rule, &rules.rules().front());
    EXPECT_TRUE(has(faults.front().text, "standard.rules:1: ")) << faults.front().text;
    EXPECT_TRUE(has(faults.front().text, "(site.rules:1) overrides")) << faults.front().text;
    EXPECT_TRUE(faults.front().is_override);
}

TEST(RuleCheck, a_standard_rule_that_takes_a_sites_example_is_a_fault) {
    RuleSet rules = parsed(sound, "standard.rules");
    rules.add("undetermined  text  mailbox\n    example  552 mailbox is full\n", "site.rules",
              true);
    const auto faults = check(rules);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().rule->line->file, "site.rules");
    EXPECT_FALSE(faults.front().is_override);
}

TEST(RuleCheck, one_example_may_prove_a_line_of_alternatives) {
    EXPECT_EQ(faults_of(parsed("mailbox-full  text  mailbox {is|was}*{full|over quota}\n"
                               "    example  The mailbox was over quota\n")),
              "");
}

TEST(RuleCheck, an_alternative_wins_its_own_words) {
    const auto faults =
        faults_of(parsed(std::string(sound) + "refused  text  mailbox {is|was}*full\n"
                                              "    example  mailbox was full\n"));
    EXPECT_EQ(faults, "");  // "mailbox isxfull" is its own
    const auto twice =
        faults_of(parsed(std::string(sound) + "refused  text  mailbox {is|was} full\n"
                                              "    example  mailbox was full\n"));
    EXPECT_TRUE(has(twice, "test.rules:3: 'text: mailbox is full' ")) << twice;
    const auto address =
        faults_of(parsed("refused  text  no {thanks|joe@example.net}\n"
                         "    example  no thanks\n"));
    EXPECT_TRUE(has(address, "'text: no joe@example.net' does not win its own words: no rule wins"))
        << address;
}

TEST(RuleCheck, an_alternative_is_in_folded_form) {
    const auto faults = faults_of(parsed("refused  text  no{| } thanks\n    example  no thanks\n"));
    EXPECT_TRUE(has(faults, "test.rules:1: write the phrase 'no  thanks' as 'no thanks'"))
        << faults;
}

TEST(RuleCheck, a_site_may_take_over_a_standard_phrase) {
    RuleSet rules = parsed(sound, "standard.rules");
    rules.add("undetermined  text  mailbox is full\n    example  mailbox is full\n", "site.rules",
              true);
    const auto faults = faults_of(rules);
    EXPECT_TRUE(has(faults, "overrides")) << faults;
    EXPECT_FALSE(has(faults, "stands twice")) << faults;
}

TEST(RuleCheck, a_phrase_that_is_only_an_address_never_wins) {
    EXPECT_NE(faults_of(parsed("refused  text  joe@example.net\n"
                               "    example  joe@example.net\n")),
              "");
}

TEST(RuleCheck, a_fault_shows_no_control_character) {
    const auto faults = faults_of(parsed("refused  text  no thanks\n    example  \x1b[31mred\n"));
    EXPECT_NE(faults, "");
    EXPECT_FALSE(has(faults, "\x1b"));
}

}  // namespace

}  // namespace ndr
