#include "../../src/triage/statements.hpp"

#include <gtest/gtest.h>

#include "samples.hpp"

namespace ndr {

namespace {

// "mailbox is full: wins; over quota: says the same"
std::string fates(const RuleSet& rules, RuleField field, std::string_view text) {
    std::string result;
    for (const auto& contender : contenders(rules, field, text)) {
        if (!result.empty()) result += "; ";
        result.append(contender.finding.rule->phrase).append(": ").append(contender.fate);
    }
    return result;
}

std::string fates(std::string_view text) {
    RuleSet rules;
    rules.add(
        "mailbox-full text mailbox is full\n example mailbox is full\n"
        "mailbox-full text over quota\n example over quota\n"
        "undetermined text is full\n example is full\n"
        "recipient-unknown text user unknown\n example user unknown\n"
        "recipient-unknown text user * gone\n example user joe gone\n"
        "refused text spam\n example spam\n"
        "failed notification not delivered\n example not delivered\n"
        "delayed notification will try again\n example will try again\n",
        "test.rules", false);
    return fates(rules, RuleField::notification, text);
}

std::vector<std::string> stated(const std::string& text) {
    std::vector<std::string> phrases;
    for (const auto& finding : statements_in(samples::standard_rules(), text, {RuleField::text}))
        phrases.emplace_back(finding.rule->phrase);
    return phrases;
}

TEST(Statements, a_supposition_states_nothing) {
    EXPECT_EQ(stated("The mailbox is full."), std::vector<std::string>{"mailbox is full"});
    EXPECT_TRUE(stated("If the mailbox is full, try again.").empty());
    EXPECT_TRUE(stated("Falls das Postfach voll ist, versuchen Sie es erneut.").empty());
    EXPECT_EQ(stated("If in doubt, ask. The mailbox is full."),
              std::vector<std::string>{"mailbox is full"});
}

TEST(Statements, a_gap_does_not_silence_what_it_passes_over) {
    EXPECT_EQ(fates("user joe: spam, gone"),
              "user * gone: is outranked by 'text: spam'; spam: wins");
}

TEST(Statements, a_name_in_a_gap_is_no_statement_of_its_own) {
    EXPECT_EQ(winner(samples::standard_rules(), RuleField::text, "Domain joe@example.net not found")
                  ->outcome,
              Outcome::lost_connection);
}

TEST(Contenders, tell_who_wins_and_why_the_others_lose) {
    EXPECT_EQ(fates("mailbox is full"),
              "mailbox is full: wins; is full: lies within 'text: mailbox is full'");
    EXPECT_EQ(fates("over quota, mailbox is full"),
              "over quota: says the same; mailbox is full: wins; "
              "is full: lies within 'text: mailbox is full'");
    EXPECT_EQ(fates("spam, user unknown"),
              "spam: wins; user unknown: is outranked by 'text: spam'");
    EXPECT_EQ(fates("over quota, user unknown"),
              "over quota: contradicts another: undetermined; "
              "user unknown: contradicts another: undetermined");
    EXPECT_EQ(fates("if the user unknown"), "user unknown: is only supposed");
    EXPECT_EQ(fates("not delivered, will try again"),
              "not delivered: says that it failed, not why; "
              "will try again: says that it is not final");
    EXPECT_EQ(fates("good morning"), "");
}

}  // namespace

}  // namespace ndr
