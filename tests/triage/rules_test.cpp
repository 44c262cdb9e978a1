#include "ndr_triage/triage/rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/failure.hpp"
#include "samples.hpp"

namespace ndr {

namespace {

RuleSet parsed(std::string_view table, bool is_site = false) {
    RuleSet rules;
    rules.add(table, "test.rules", is_site);
    return rules;
}

// What add() says of a wrong table.
std::string fault_of(std::string_view table) {
    try {
        parsed(table);
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "no fault";
}

// "mailbox-full", "contradictory", "nothing"
std::string ruled(const RuleSet& rules, std::string_view text) {
    const Weighing weighing = weigh(rules.find(text, {RuleField::text}));
    if (weighing.is_contradictory) return "contradictory";
    return weighing.rule == nullptr ? "nothing" : weighing.rule->meaning();
}

TEST(RuleTable, a_rule_is_outcome_field_phrase_and_examples) {
    const auto rules = parsed(
        "# a comment\n"
        "\n"
        "mailbox-full   diagnostic-code   mailbox  * full\n"
        "    example    552 mailbox of joe is full\n"
        "\texample 552 Mailbox quite full\n");
    ASSERT_EQ(rules.rules().size(), 1U);
    const Rule& rule = rules.rules().front();
    EXPECT_EQ(rule.outcome, Outcome::mailbox_full);
    EXPECT_EQ(rule.field, RuleField::diagnostic_code);
    EXPECT_EQ(rule.phrase, "mailbox  * full");
    EXPECT_EQ(rule.line->examples, (std::vector<std::string_view>{"552 mailbox of joe is full",
                                                                  "552 Mailbox quite full"}));
    EXPECT_EQ(rule.line->file, "test.rules");
    EXPECT_EQ(rule.line->number, 3U);
    EXPECT_FALSE(rule.line->is_site);
    EXPECT_EQ(rule.name(), "diagnostic-code: mailbox  * full");
    EXPECT_EQ(rule.meaning(), "mailbox-full");
}

TEST(RuleTable, a_line_with_alternatives_is_a_rule_for_each_phrase) {
    const auto rules = parsed(
        "mailbox-full text mailbox {is|was} {full|over quota}\n"
        "    example mailbox is full\n"
        "recipient-unknown status {5.1.1|X.1.6}\n"
        "    example 5.1.1\n");
    ASSERT_EQ(rules.lines().size(), 2U);
    ASSERT_EQ(rules.rules().size(), 6U);
    EXPECT_EQ(rules.lines().front().pattern, "mailbox {is|was} {full|over quota}");
    EXPECT_EQ(rules.rules()[3].name(), "text: mailbox was over quota");
    EXPECT_EQ(rules.rules()[3].line, &rules.lines().front());
    EXPECT_EQ(ruled(rules, "the mailbox was full"), "mailbox-full");
    EXPECT_EQ(ruled(rules, "the mailbox were full"), "nothing");
    EXPECT_NE(rules.find(EnhancedStatus{4, 1, 6}), nullptr);
}

TEST(RuleTable, a_brace_without_a_partner_is_a_fault) {
    for (const char* phrase : {"a {b", "a b}", "{a|{b|c}}"})
        EXPECT_TRUE(fault_of(std::string("refused text ") + phrase + "\n example a\n")
                        .starts_with("test.rules:1: write alternatives as "))
            << phrase;
    std::string many = "refused text ";
    for (int i = 0; i < 30; ++i)
        many += "{a|b}";
    EXPECT_EQ(fault_of(many + "\n example a\n"),
              "test.rules:1: more than 1000 phrases in one line");
    EXPECT_TRUE(fault_of("refused text {a|}\n example a\n").starts_with("test.rules:1: "));
}

TEST(RuleTable, an_acknowledgement_names_its_kind) {
    const auto rules = parsed("acknowledged/ticket subject [ticket#\n example [Ticket#1]\n", true);
    const Rule& rule = rules.rules().front();
    EXPECT_EQ(rule.outcome, Outcome::acknowledged);
    EXPECT_EQ(rule.acknowledgement, Acknowledgement::ticket);
    EXPECT_EQ(rule.meaning(), "acknowledged/ticket");
    EXPECT_TRUE(rule.line->is_site);
}

TEST(RuleTable, failed_decides_finality_and_no_outcome) {
    const auto rules = parsed("failed notification not delivered\n example not delivered\n");
    EXPECT_EQ(rules.rules().front().outcome, std::nullopt);
    EXPECT_EQ(rules.rules().front().meaning(), "failed");
}

TEST(RuleTable, a_fault_names_file_and_line) {
    const std::string good = "mailbox-full text full\n example full\n";
    EXPECT_EQ(fault_of(good), "no fault");
    EXPECT_EQ(fault_of(good + "mailbox-empty text empty\n"),
              "test.rules:3: unknown outcome 'mailbox-empty'");
    EXPECT_EQ(fault_of(good + "\n# comment\nmailbox-full body empty\n"),
              "test.rules:5: unknown field 'body'");
    EXPECT_TRUE(fault_of("mailbox-full text\n").starts_with("test.rules:1: "));
    EXPECT_TRUE(fault_of("mailbox-full\n").starts_with("test.rules:1: "));
    EXPECT_TRUE(fault_of("mailbox-full text *\n").starts_with("test.rules:1: "));
    EXPECT_TRUE(fault_of(good + " proof full\n").starts_with("test.rules:3: "));
    EXPECT_TRUE(fault_of(good + " example\n").starts_with("test.rules:3: "));
    EXPECT_TRUE(fault_of("\n example full\n").starts_with("test.rules:2: "));
}

TEST(RuleTable, an_acknowledgement_without_its_kind_is_a_fault) {
    EXPECT_TRUE(fault_of("acknowledged text thanks\n").starts_with("test.rules:1: "));
    EXPECT_TRUE(fault_of("acknowledged/letter text thanks\n").starts_with("test.rules:1: "));
    EXPECT_TRUE(fault_of("refused/ticket text thanks\n").starts_with("test.rules:1: "));
}

TEST(RuleTable, a_fault_quotes_no_control_character) {
    const std::string fault = fault_of("mail\x1b[31mbox text full\n");
    EXPECT_TRUE(fault.starts_with("test.rules:1: ")) << fault;
    EXPECT_EQ(fault.find('\x1b'), std::string::npos);
}

TEST(RuleSet, finds_the_rule_of_a_status_the_exact_class_first) {
    const auto rules = parsed(
        "undetermined status X.2.1\n example 4.2.1\n"
        "recipient-unknown status 5.2.1\n example 5.2.1\n");
    ASSERT_NE(rules.find(EnhancedStatus{5, 2, 1}), nullptr);
    EXPECT_EQ(rules.find(EnhancedStatus{5, 2, 1})->outcome, Outcome::recipient_unknown);
    ASSERT_NE(rules.find(EnhancedStatus{4, 2, 1}), nullptr);
    EXPECT_EQ(rules.find(EnhancedStatus{4, 2, 1})->outcome, Outcome::undetermined);
    EXPECT_EQ(rules.find(EnhancedStatus{5, 2, 2}), nullptr);
}

TEST(RuleSet, finds_the_rule_of_a_reply_code) {
    const auto rules = parsed("lost-connection reply-code 421\n example 421 bye\n");
    ASSERT_NE(rules.find_reply_code(421), nullptr);
    EXPECT_EQ(rules.find_reply_code(421)->outcome, Outcome::lost_connection);
    EXPECT_EQ(rules.find_reply_code(422), nullptr);
}

TEST(RuleSet, a_sites_code_stands_over_the_standard_one_whichever_comes_first) {
    const char* standard = "refused status X.7.1\n example 5.7.1\n";
    const char* site = "recipient-unknown status X.7.1\n example 5.7.1\n";
    for (const bool site_first : {true, false}) {
        RuleSet rules;
        rules.add(site_first ? site : standard, "one.rules", site_first);
        rules.add(site_first ? standard : site, "two.rules", !site_first);
        EXPECT_EQ(rules.find(EnhancedStatus{5, 7, 1})->outcome, Outcome::recipient_unknown);
    }
}

TEST(RuleSet, a_sites_phrase_stands_over_the_standard_one) {
    RuleSet rules = RuleSet::standard();
    const char* text = "554 5.7.1 Relay access denied";
    ASSERT_EQ(winner(rules, RuleField::diagnostic_code, text)->outcome, Outcome::refused);
    rules.add("recipient-unknown text relay access denied\n example Relay access denied\n",
              "site.rules", true);
    EXPECT_EQ(winner(rules, RuleField::diagnostic_code, text)->outcome, Outcome::recipient_unknown);
}

class Rulings : public ::testing::Test {
protected:
    const RuleSet rules_ = parsed(
        "mailbox-full text is full\n example is full\n"
        "mailbox-full text over quota\n example over quota\n"
        "recipient-unknown text no such user\n example no such user\n"
        "lost-connection text timed out\n example timed out\n"
        "refused text spam\n example spam\n"
        "undetermined text local problem\n example local problem\n"
        "undetermined text user or no room\n example user or no room\n"
        "expired text gave up\n example gave up\n"
        "failed text not delivered\n example not delivered\n"
        "delayed text will try again\n example will try again\n");
};

TEST_F(Rulings, one_finding_decides) {
    EXPECT_EQ(ruled(rules_, "it is full"), "mailbox-full");
    EXPECT_EQ(ruled(rules_, "it is full, over quota"), "mailbox-full");
    EXPECT_EQ(ruled(rules_, "nothing known"), "nothing");
}

TEST_F(Rulings, full_and_unknown_contradict_each_other) {
    EXPECT_EQ(ruled(rules_, "no such user, or the mailbox is full"), "contradictory");
    EXPECT_EQ(ruled(rules_, "is full, or no such user"), "contradictory");
}

TEST_F(Rulings, a_refusal_outranks_the_words_it_is_given_in) {
    EXPECT_EQ(ruled(rules_, "no such user for spam"), "refused");
    EXPECT_EQ(ruled(rules_, "spam: is full, no such user, timed out"), "refused");
}

TEST_F(Rulings, a_host_that_answered_outranks_a_lost_connection) {
    EXPECT_EQ(ruled(rules_, "timed out after: no such user"), "recipient-unknown");
    EXPECT_EQ(ruled(rules_, "is full, later timed out"), "mailbox-full");
}

TEST_F(Rulings, a_clear_reason_outranks_a_vague_one) {
    EXPECT_EQ(ruled(rules_, "local problem: is full"), "mailbox-full");
    EXPECT_EQ(ruled(rules_, "local problem: timed out"), "lost-connection");
    EXPECT_EQ(ruled(rules_, "local problem"), "undetermined");
}

// Attempts used up with no reason is lost-connection; after a host's local error it
// is undetermined.
TEST_F(Rulings, a_doubt_takes_in_what_shares_words_with_it) {
    EXPECT_EQ(ruled(rules_, "no such user or no room"), "undetermined");
    EXPECT_EQ(ruled(rules_, "no such user; another user or no room"), "recipient-unknown");
}

TEST_F(Rulings, any_reason_outranks_that_the_attempts_are_used_up) {
    EXPECT_EQ(ruled(rules_, "gave up"), "lost-connection");
    EXPECT_EQ(ruled(rules_, "local problem, gave up"), "undetermined");
    EXPECT_EQ(ruled(rules_, "gave up: is full"), "mailbox-full");
    EXPECT_EQ(ruled(rules_, "spam, gave up"), "refused");
}

TEST_F(Rulings, which_of_two_equal_rules_is_named_does_not_depend_on_their_order) {
    const std::string one = "mailbox-full text quota gone\n example quota gone\n";
    const std::string two = "mailbox-full text space gone\n example space gone\n";
    for (const auto& table : {one + two, two + one}) {
        const auto rules = parsed(table);
        for (const std::string first : {"quota", "space"}) {
            const auto second = first == "quota" ? " gone, space gone" : " gone, quota gone";
            const auto weighing = weigh(rules.find(first + second, {RuleField::text}));
            ASSERT_NE(weighing.rule, nullptr);
            EXPECT_EQ(weighing.rule->phrase, first + " gone");
        }
    }
}

TEST_F(Rulings, failed_and_delayed_are_told_apart_from_the_reason) {
    const auto weighing =
        weigh(rules_.find("not delivered, is full, will try again", {RuleField::text}));
    EXPECT_TRUE(weighing.says_failed);
    EXPECT_TRUE(weighing.says_delayed);
    ASSERT_NE(weighing.rule, nullptr);
    EXPECT_EQ(weighing.rule->outcome, Outcome::mailbox_full);
    const auto nothing = weigh({});
    EXPECT_FALSE(nothing.says_failed);
    EXPECT_FALSE(nothing.says_delayed);
    EXPECT_EQ(nothing.rule, nullptr);
}

TEST(StandardRules, each_example_is_won_by_its_own_rule) {
    const auto& rules = samples::standard_rules();
    ASSERT_GT(rules.rules().size(), 1000U);
    for (const auto& rule : rules.rules()) {
        EXPECT_FALSE(rule.line->examples.empty()) << rule.line->place();
        for (const auto& example : rule.line->examples) {
            const Rule* won = winner(rules, rule.field, example);
            ASSERT_NE(won, nullptr) << rule.line->place() << ": " << example;
            EXPECT_EQ(won->line, rule.line) << rule.line->place() << ": " << example;
        }
    }
}

// One block for each rule: its line and what is indented below.
std::vector<std::string> blocks_of(std::string_view table) {
    std::vector<std::string> blocks;
    for (const auto line : split_lines(table)) {
        if (trimmed(line).empty() || line.front() == '#') continue;
        if (line.front() != ' ') blocks.emplace_back();
        blocks.back().append(line).append("\n");
    }
    return blocks;
}

TEST(StandardRules, the_order_of_the_file_decides_nothing) {
    auto blocks = blocks_of(embedded::standard_rules);
    ASSERT_EQ(blocks.size(), samples::standard_rules().lines().size());
    std::mt19937 random(4711);  // NOLINT: the same order each time
    for (int round = 0; round < 3; ++round) {
        std::shuffle(blocks.begin(), blocks.end(), random);
        RuleSet rules;
        for (const auto& block : blocks)
            rules.add(block, "shuffled.rules", false);
        for (const auto& rule : rules.rules()) {
            for (const auto& example : rule.line->examples)
                ASSERT_EQ(winner(rules, rule.field, example)->line, rule.line) << example;
        }
    }
}

TEST(StandardRules, the_order_of_the_file_does_not_change_a_judgement) {
    auto blocks = blocks_of(embedded::standard_rules);
    std::reverse(blocks.begin(), blocks.end());
    RuleSet reversed;
    for (const auto& block : blocks)
        reversed.add(block, "reversed.rules", false);
    for (const auto& sample : samples::all_samples()) {
        const auto judgement = judge(reversed, parse_message(sample.octets));
        EXPECT_EQ(judgement.outcome, sample.judgement.outcome) << sample.path;
        EXPECT_EQ(judgement.rule, sample.judgement.rule) << sample.path;
    }
}

}  // namespace

}  // namespace ndr
