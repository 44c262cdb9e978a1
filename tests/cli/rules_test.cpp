// rules: the phrases and codes, those of the site too.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

constexpr const char* good_rules =
    "# Words of our own provider.\n"
    "mailbox-full  text  the cupboard is bare\n"
    "    example   550 sorry, the cupboard is bare\n";

TEST(RulesCommand, list_names_outcome_phrase_place_and_examples) {
    const Site site;
    const auto rows = site.listed({"rules", "list"});
    EXPECT_GT(rows.size(), 500U);
    for (const auto& row : rows) {
        EXPECT_FALSE(row["phrase"].get<std::string>().empty());
        EXPECT_FALSE(row["examples"].empty()) << row;
        EXPECT_FALSE(row["phrases"].empty()) << row;
        EXPECT_EQ(row["place"], row["file"].get<std::string>() + ":" + row["line"].dump());
    }
    EXPECT_EQ(lines_of(site.output({"rules"})).size(), rows.size() + 1);
}

TEST(RulesCommand, check_proves_every_rule) {
    const Site site;
    const auto lines = lines_of(site.output({"rules", "check"}));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(holds(lines[0], " phrases, 0 faults")) << lines[0];
}

TEST(RulesCommand, check_lists_what_the_site_overrides_and_finds_no_fault_in_it) {
    const Site site;
    site.write("rules.d/a.rules",
               "undetermined  text  {over quota|mailbox is full}\n    example  mailbox is full\n");
    const auto lines = lines_of(site.output({"rules", "check"}));
    ASSERT_GE(lines.size(), 2U);
    EXPECT_TRUE(holds(lines.front(), "standard.rules:")) << lines.front();
    EXPECT_TRUE(holds(lines.front(), "(" + site.at("rules.d/a.rules") + ":1) overrides"))
        << lines.front();
    EXPECT_TRUE(holds(lines.back(), " phrases, 0 faults")) << lines.back();
}

TEST(RulesCommand, test_tells_which_rule_wins_on_some_words) {
    const Site site;
    const auto lines = lines_of(site.output({"rules", "test", "--text", "552 Mailbox is full"}));
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_TRUE(holds(lines[2], "text: mailbox is full")) << lines[2];
    EXPECT_TRUE(lines[2].ends_with(" wins")) << lines[2];
    EXPECT_EQ(lines[0].rfind("mailbox-full  ", 0), 0U) << lines[0];
    EXPECT_EQ(lines[1].rfind("standard.rules:", 0), 0U) << lines[1];
    EXPECT_EQ(site.output({"rules", "test", "--text", "It is raining."}),
              "no rule wins: undetermined\n");
    EXPECT_TRUE(holds(site.output({"rules", "test", "--field", "status", "--text", "5.1.1"}),
                      "recipient-unknown"));
}

TEST(RulesCommand, test_tells_why_no_rule_wins) {
    const Site site;
    const auto out = site.output({"rules", "test", "--text", "If the mailbox is full"});
    EXPECT_TRUE(holds(out, "no rule wins: undetermined\n")) << out;
    EXPECT_TRUE(holds(out, "text: mailbox is full (standard.rules:")) << out;
    EXPECT_TRUE(holds(out, ") is only supposed\n")) << out;
}

TEST(RulesCommand, test_shows_what_they_find_in_a_message) {
    const Site site;
    site.copy_examples("replies");
    const std::string out = site.output({"rules", "test", "replies/03-qmail-no-mailbox.eml"});
    EXPECT_TRUE(holds(out, "outcome    recipient-unknown")) << out;
    EXPECT_TRUE(holds(out, "by rule "));
    EXPECT_TRUE(holds(out, "phrases, by piece of evidence\n")) << out;
    EXPECT_TRUE(holds(out, ") wins\n")) << out;
}

TEST(RulesCommand, those_of_the_site_are_read_beside_the_configuration) {
    const Site site;
    EXPECT_TRUE(
        holds(site.output({"rules", "test", "--text", "The cupboard is bare!"}), "no rule"));
    const std::string path = site.write("rules.d/a.rules", good_rules);
    site.write("rules.d/a.rules.bak", "nonsense that nobody reads\n");
    const auto rows = site.listed({"rules", "list"});
    EXPECT_EQ(std::count_if(rows.begin(), rows.end(),
                            [&](const Json& row) { return holds(row["file"], "a.rules"); }),
              1);
    const std::string won = site.output({"rules", "test", "--text", "The cupboard is bare!"});
    EXPECT_TRUE(holds(won, "mailbox-full")) << won;
    EXPECT_TRUE(holds(won, "rules.d/a.rules:2")) << won;
    EXPECT_TRUE(holds(site.output({"rules", "check"}), " 0 faults"));
    site.write("m.eml", replaced(example("replies/12-failed-without-reason.eml"), "Status: 5.0.0",
                                 "Status: 5.0.0\r\nDiagnostic-Code: smtp; 550 cupboard is bare"));
    EXPECT_TRUE(holds(site.output({"classify", "m.eml"}), "undetermined"));
    site.write("m.eml",
               replaced(example("replies/12-failed-without-reason.eml"), "Status: 5.0.0",
                        "Status: 5.0.0\r\nDiagnostic-Code: smtp; 550 the cupboard is bare"));
    EXPECT_TRUE(holds(site.output({"classify", "m.eml"}), "mailbox-full"));
}

TEST(RulesCommand, their_directory_can_be_configured) {
    Site site;
    site.configure("rules_dir = " + site.at("elsewhere") + "\n");
    site.write("elsewhere/a.rules", good_rules);
    EXPECT_TRUE(
        holds(site.output({"rules", "test", "--text", "The cupboard is bare!"}), "mailbox-full"));
}

// Each names file and line, and every command that needs the rules ends in EX_CONFIG.
TEST(RulesCommand, a_faulty_file_of_the_site_is_named_with_its_line) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"mailbox-empty text no room\n    example no room\n", ":1: "},
        {"# one\n\nmailbox-full nose no room\n    example no room\n", ":3: "},
        {"    example lost\n", ":1: "},
        {"mailbox-full text\n", ":1: "}};
    for (const auto& [table, place] : cases) {
        const Site site;
        const std::string path = site.write("rules.d/a.rules", table);
        site.copy_examples("replies");
        for (const std::vector<std::string>& words : {std::vector<std::string>{"rules", "check"},
                                                      {"classify", "replies"},
                                                      {"replay", "replies"},
                                                      {"config", "check"}})
            expect_one_line_error(site.run(words), 78, {path + place});
    }
}

TEST(RulesCommand, check_finds_a_rule_that_is_not_proven) {
    for (const char* example : {"", "    example   550 user unknown\n"}) {
        const Site site;
        site.write("rules.d/a.rules",
                   std::string("\nmailbox-full  text  the cupboard is bare\n") + example);
        const Ran ran = site.run({"rules", "check"});
        expect_one_line_error(ran, 78, {"rules.d/a.rules:2: "});
        EXPECT_TRUE(holds(ran.out, " 1 fault\n")) << ran;
        const Ran doctor = site.run({"doctor"});
        EXPECT_EQ(doctor.status, 78) << doctor;
        EXPECT_TRUE(holds(doctor.out, "rules.d/a.rules:2: ")) << doctor;
    }
}

}  // namespace

}  // namespace ndr::support
