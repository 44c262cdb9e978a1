// doctor and ledger: what works, what does not, and copies.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include "support/ledger_file.hpp"
#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

// "works", "warning" or "broken" of the first finding that holds `what`.
std::string health_of(const std::vector<Json>& findings, const std::string& what) {
    const auto found = std::find_if(findings.begin(), findings.end(), [&](const Json& finding) {
        return holds(finding["what"], what);
    });
    return found == findings.end() ? "not mentioned" : (*found)["health"].get<std::string>();
}

TEST(Doctor, of_a_good_site_finds_nothing_broken) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    const auto findings = site.listed({"doctor"});
    for (const char* what : {"configuration: ", "user: ", "address: ", "rules: ", "parsing child: ",
                             "ledger ", "hold "})
        EXPECT_EQ(health_of(findings, what), "works") << what;
    for (const auto& finding : findings) {
        EXPECT_NE(finding["health"], "broken") << finding;
        EXPECT_EQ(finding["remedy"] == nullptr, finding["health"] == "works") << finding;
    }
}

TEST(Doctor, names_the_user_who_owns_ledger_and_hold) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    const std::string user = geteuid() == 0 ? "nobody" : "";
    EXPECT_TRUE(holds(site.output({"doctor"}), "user: " + user));
}

TEST(Doctor, without_a_ledger_warns_and_makes_none) {
    const Site site;
    const Ran ran = site.run({"doctor"});
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_TRUE(holds(ran.out, "warning  ledger " + site.ledger())) << ran;
    EXPECT_TRUE(holds(ran.out, "not there yet")) << ran;
    EXPECT_EQ(names_in(site.at("")), (std::vector<std::string>{"site.conf"}));
}

TEST(Doctor, warns_of_an_address_that_is_not_set) {
    const Site site;
    Program program = site.program({});
    program.words = {"--config", site.write("bare.conf", "ledger = " + site.ledger() + "\n"),
                     "doctor", "--json"};
    EXPECT_EQ(health_of(json_lines(run(program).out), "address: "), "warning");
}

TEST(Doctor, warns_when_nobody_is_given_what_people_wrote) {
    Site site;
    EXPECT_EQ(health_of(site.listed({"doctor"}), "answers: not set"), "warning");
    site.configure("answers = " + site.at("answers") + "\n");
    EXPECT_EQ(health_of(site.listed({"doctor"}), "answers: " + site.at("answers")), "works");
}

TEST(Doctor, counts_what_is_held) {
    const Site site;
    site.run({"deliver"});
    const std::string out = site.run({"doctor"}).out;
    EXPECT_TRUE(holds(out, "warning  hold " + site.hold() + ": 1 message")) << out;
    EXPECT_TRUE(holds(out, "hold list")) << out;
}

TEST(Doctor, tells_when_nobody_takes_up_what_is_held) {
    const Site site;
    site.run({"deliver"});
    const Ran soon = site.run_at("2026-11-23T12:59:00Z", {"doctor"});
    EXPECT_FALSE(holds(soon.out, "broken ")) << soon;
    const Ran late = site.run_at("2026-11-23T13:01:00Z", {"doctor"});
    EXPECT_EQ(late.status, 78) << late;
    EXPECT_TRUE(holds(late.out, "broken   hold " + site.hold() + ": nobody takes up 1 message"))
        << late;
    site.run({"hold", "retry"});  // in vain: it is empty
    EXPECT_FALSE(holds(site.run_at("2026-11-24T12:00:00Z", {"doctor"}).out, "nobody takes up"));
}

TEST(Doctor, says_whether_the_keys_are_there_and_ours_alone) {
    const Site site;
    EXPECT_TRUE(holds(site.run({"doctor"}).out, "warning  keys " + site.at("keys") + ": none yet"));
    site.output({"keys", "new"});
    EXPECT_TRUE(holds(site.run({"doctor"}).out, "works    keys " + site.at("keys") + ": 1 key"));
    std::filesystem::permissions(site.at("keys"), std::filesystem::perms(0644));
    const Ran ran = site.run({"doctor"});
    EXPECT_EQ(ran.status, 78) << ran;
    EXPECT_TRUE(holds(ran.out, "broken   " + site.at("keys") + ": others may read the keys"))
        << ran;
}

TEST(Doctor, sends_a_letter_only_when_asked_to) {
    Site site;
    site.configure("relay = 127.0.0.1:9\n");  // discard: nobody listens
    EXPECT_FALSE(holds(site.run({"doctor"}).out, "mail test"));
    const Ran ran = site.run({"doctor", "--mail-test", "--wait", "0"});
    EXPECT_EQ(ran.status, 78) << ran;
    EXPECT_TRUE(holds(ran.out, "broken   mail test: the MTA at 127.0.0.1 port 9 did not take"))
        << ran;
    expect_one_line_error(site.run({"doctor", "--wait", "1m"}), 64, {"--wait", "--mail-test"});
    expect_one_line_error(site.run({"doctor", "--mail-test", "--wait", "soon"}), 64, {"soon"});
}

TEST(Doctor, warns_of_a_ledger_that_others_may_read) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    std::filesystem::permissions(site.ledger(), std::filesystem::perms(0644));
    const std::string out = site.run({"doctor"}).out;
    EXPECT_TRUE(holds(out, "others may read it")) << out;
    EXPECT_TRUE(holds(out, "chmod 600 " + site.ledger())) << out;
}

TEST(Doctor, names_a_ledger_that_this_user_may_not_write) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    std::filesystem::permissions(site.ledger(), std::filesystem::perms(0400));
    const Ran ran = site.run({"doctor"});
    EXPECT_EQ(ran.status, 78) << ran;
    EXPECT_TRUE(holds(ran.out, "broken   ledger " + site.ledger())) << ran;
}

TEST(LedgerCommand, check_finds_no_fault_in_a_good_one) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    const std::string out = site.output({"ledger", "check"});
    EXPECT_TRUE(holds(out, site.ledger() + ": no fault")) << out;
}

TEST(LedgerCommand, check_finds_a_row_that_belongs_to_nothing) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    LedgerFile(site.ledger()).execute("PRAGMA foreign_keys = OFF; DELETE FROM reply");
    expect_one_line_error(site.run({"ledger", "check"}), 65, {site.ledger(), "damaged"});
}

TEST(LedgerCommand, backup_is_a_ledger_that_knows_the_same) {
    const Site site;
    site.copy_examples("complaints");
    site.copy_examples("replies");
    site.output({"record", "complaints"});
    site.output({"replay", "replies"});
    site.output({"ledger", "backup", "copy.sqlite3"});
    EXPECT_EQ(canonical_dump(site.at("copy.sqlite3")), canonical_dump(site.ledger()));
    site.output({"--ledger", "copy.sqlite3", "ledger", "check"});
    EXPECT_EQ(lines_of(site.output({"--ledger", "copy.sqlite3", "replay", "replies"})).back(),
              "all                0    0       21");
}

TEST(LedgerCommand, backup_never_overwrites) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    site.write("precious", "do not touch");
    expect_one_line_error(site.run({"ledger", "backup", "precious"}), 73, {"precious", "exists"});
    EXPECT_EQ(octets_of(site.at("precious")), "do not touch");
}

TEST(LedgerCommand, backup_works_while_another_writes) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    LedgerFile other(site.ledger());
    other.execute("BEGIN IMMEDIATE; DELETE FROM mention");
    site.output({"ledger", "backup", "copy.sqlite3"});
    EXPECT_NE(LedgerFile(site.at("copy.sqlite3")).value("SELECT count(*) FROM mention"), "0");
}

TEST(LedgerCommand, backup_to_a_place_that_is_not_there_is_an_error) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    const Ran ran = site.run({"ledger", "backup", "gone/copy"});
    EXPECT_NE(ran.status, 0);
    expect_one_line_error(ran, ran.status, {"gone/copy"});
}

TEST(LedgerCommand, upgrade_of_a_current_one_applies_nothing) {
    const Site site;
    site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
    const std::string before = canonical_dump(site.ledger());
    EXPECT_TRUE(holds(site.output({"ledger", "upgrade"}), "0 steps applied"));
    EXPECT_EQ(canonical_dump(site.ledger()), before);
}

}  // namespace

}  // namespace ndr::support
