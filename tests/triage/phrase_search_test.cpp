#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "ndr_triage/triage/rules.hpp"

namespace ndr {

namespace {

// A rule set of one rule for each phrase, all of the field `text`.
RuleSet rules_for(const std::vector<std::string>& phrases) {
    RuleSet rules;
    for (const auto& phrase : phrases)
        rules.add("mailbox-full  text  " + phrase + "\n    example  x\n", "test.rules", false);
    return rules;
}

// The words of the text that were found, in order.
std::vector<std::string> found(const RuleSet& rules, const std::string& text) {
    std::vector<std::string> words;
    for (const auto& finding : rules.find(text, {RuleField::text}))
        words.push_back(text.substr(finding.begin, finding.end - finding.begin));
    return words;
}

std::vector<std::string> found(const std::string& phrase, const std::string& text) {
    return found(rules_for({phrase}), text);
}

using Words = std::vector<std::string>;

TEST(PhraseSearch, finds_a_phrase_whatever_its_case_and_blanks) {
    EXPECT_EQ(found("mailbox is full", "The  MAILBOX   is\n\tFull."),
              Words{"MAILBOX   is\n\tFull"});
}

TEST(PhraseSearch, finds_every_occurrence_in_order) {
    EXPECT_EQ(found(rules_for({"full", "user"}), "user full, User FULL"),
              (Words{"user", "full", "User", "FULL"}));
}

TEST(PhraseSearch, finds_nothing_in_an_empty_text) {
    EXPECT_EQ(found("full", ""), Words{});
    EXPECT_EQ(found("full", "ful"), Words{});
}

TEST(PhraseSearch, matches_whole_words_only) {
    EXPECT_EQ(found("user unknown", "superuser unknown"), Words{});
    EXPECT_EQ(found("user unknown", "user unknowns"), Words{});
    EXPECT_EQ(found("user unknown", "user unknown2"), Words{});
    EXPECT_EQ(found("user unknown", "[user unknown]"), Words{"user unknown"});
    EXPECT_EQ(found("user unknown", "local-user unknown."), Words{"user unknown"});
}

TEST(PhraseSearch, a_phrase_that_ends_in_punctuation_needs_no_word_behind_it) {
    EXPECT_EQ(found("auto:", "Auto:reply"), Words{"Auto:"});
}

TEST(PhraseSearch, a_star_at_the_end_opens_the_word) {
    EXPECT_EQ(found("spam*", "a spammer"), Words{"spam"});
    EXPECT_EQ(found("spam*", "antispam"), Words{});
}

TEST(PhraseSearch, a_star_at_the_beginning_opens_the_word) {
    EXPECT_EQ(found("*quota", "overquota"), Words{"quota"});
    EXPECT_EQ(found("*quota", "overquotas"), Words{});
}

TEST(PhraseSearch, a_star_stands_for_anything) {
    EXPECT_EQ(found("mailbox * full", "the mailbox of Joe is full"),
              Words{"mailbox of Joe is full"});
    EXPECT_EQ(found("not reply*monitored", "do not reply, not monitored"),
              Words{"not reply, not monitored"});
    EXPECT_EQ(found("a1*b2*c3", "a1 b2 c3"), Words{"a1 b2 c3"});
    EXPECT_EQ(found("a1*b2*c3", "a1 c3 b2"), Words{});
}

TEST(PhraseSearch, a_star_stands_for_nothing_too) {
    EXPECT_EQ(found("over*quota", "overquota"), Words{"overquota"});
}

TEST(PhraseSearch, a_star_reaches_eighty_octets) {
    const std::string near = "mailbox " + std::string(80, '.') + " full";
    const std::string far = "mailbox " + std::string(81, '.') + " full";
    EXPECT_EQ(found("mailbox * full", near), Words{near});
    EXPECT_EQ(found("mailbox * full", far), Words{});
}

TEST(PhraseSearch, a_star_looks_further_when_the_last_word_goes_on) {
    EXPECT_EQ(found("user * not found", "user joe not founded here, not found"),
              Words{"user joe not founded here, not found"});
}

TEST(PhraseSearch, a_phrase_within_another_yields_to_it) {
    EXPECT_EQ(found(rules_for({"access denied", "address rejected: access denied"}),
                    "550 address rejected: access denied"),
              Words{"address rejected: access denied"});
}

TEST(PhraseSearch, a_phrase_stays_where_it_stands_alone) {
    EXPECT_EQ(found(rules_for({"access denied", "address rejected: access denied"}),
                    "access denied; address rejected: access denied"),
              (Words{"access denied", "address rejected: access denied"}));
}

TEST(PhraseSearch, overlapping_phrases_both_stay) {
    EXPECT_EQ(
        found(rules_for({"mailbox is full", "full or unknown"}), "mailbox is full or unknown"),
        (Words{"mailbox is full", "full or unknown"}));
}

TEST(PhraseSearch, of_two_over_the_same_words_the_one_that_spells_out_more_stays) {
    const auto rules = rules_for({"mailbox * full", "mailbox is full"});
    const auto findings = rules.find("mailbox is full", {RuleField::text});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings.front().rule->phrase, "mailbox is full");
    for (const bool star_first : {true, false}) {
        const auto pair = star_first ? rules_for({"mailbox*full", "mailbox full"})
                                     : rules_for({"mailbox full", "mailbox*full"});
        const auto found_in_pair = pair.find("mailbox full", {RuleField::text});
        ASSERT_EQ(found_in_pair.size(), 1U);
        EXPECT_EQ(found_in_pair.front().rule->phrase, "mailbox full");
    }
}

TEST(PhraseSearch, two_over_the_same_words_come_in_the_same_order_whatever_the_files) {
    for (const bool swapped : {true, false}) {
        const auto rules =
            swapped ? rules_for({"a1*c3 d4", "a1 b2*d4"}) : rules_for({"a1 b2*d4", "a1*c3 d4"});
        const auto findings = rules.find("a1 b2 c3 d4", {RuleField::text});
        ASSERT_EQ(findings.size(), 2U);
        EXPECT_EQ(findings.front().rule->phrase, "a1 b2*d4");
    }
}

TEST(PhraseSearch, of_two_equal_ones_the_sites_stays) {
    for (const bool site_first : {true, false}) {
        RuleSet rules;
        rules.add("refused text full\n example full\n", "one.rules", site_first);
        rules.add("mailbox-full text full\n example full\n", "two.rules", !site_first);
        const auto findings = rules.find("full", {RuleField::text});
        ASSERT_EQ(findings.size(), 1U);
        EXPECT_TRUE(findings.front().rule->line->is_site);
    }
}

TEST(PhraseSearch, looks_only_at_the_fields_asked_for) {
    RuleSet rules;
    rules.add("refused diagnostic-code policy\n example policy\n", "test.rules", false);
    EXPECT_EQ(rules.find("policy", {RuleField::text, RuleField::notification}).size(), 0U);
    EXPECT_EQ(rules.find("policy", {RuleField::diagnostic_code}).size(), 1U);
}

TEST(PhraseSearch, passes_over_blanks_between_cjk_letters) {
    EXPECT_EQ(found("邮箱已满", "您的 邮箱\n已满。"), Words{"邮箱\n已满"});
}

TEST(PhraseSearch, compares_compatible_forms_of_letters) {
    EXPECT_EQ(found("mailbox full", "ＭＡＩＬＢＯＸ　ＦＵＬＬ"), Words{"ＭＡＩＬＢＯＸ　ＦＵＬＬ"});
    EXPECT_EQ(found("can't open", "can’t open"), Words{"can’t open"});
    EXPECT_EQ(found("empfänger unbekannt", "EMPFÄNGER unbekannt"), Words{"EMPFÄNGER unbekannt"});
}

TEST(PhraseSearch, is_bounded_in_what_it_returns) {
    std::string text;
    for (int i = 0; i < 10000; ++i)
        text += "full ";
    const auto findings = rules_for({"full"}).find(text, {RuleField::text});
    EXPECT_GE(findings.size(), 1U);
    EXPECT_LE(findings.size(), 100U);
}

TEST(PhraseSearch, survives_octets_that_are_no_text) {
    std::string text;
    for (int i = 0; i < 2560; ++i)
        text += static_cast<char>(i % 256);
    text += " mailbox full";
    const auto findings = rules_for({"mailbox full"}).find(text, {RuleField::text});
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_LE(findings.front().end, text.size());
}

}  // namespace

}  // namespace ndr
