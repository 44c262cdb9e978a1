// A ledger that cannot be used: one line that names it, its status, and nothing lost or changed.
#include <gtest/gtest.h>

#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

// A site with a ledger that holds one complaint and its reply.
class BadLedger : public ::testing::Test {
protected:
    void SetUp() override {
        site.record(example("complaints/03-telnet-scan.eml"));
        site.output({"replay", "-"}, example("replies/03-qmail-no-mailbox.eml"));
        site.write("other.eml", example("replies/01-postfix-mailbox-full.eml"));
        site.write("complaint.eml", example("complaints/01-ssh-brute-force.eml"));
    }

    // Every command that opens the ledger says so, and changes no octet of it.
    void expect_refused(int status, const std::vector<std::string>& parts) const {
        const std::string before = octets_of(site.ledger());
        const std::vector<std::vector<std::string>> commands{{"replay", "other.eml"},
                                                             {"record", "complaint.eml"},
                                                             {"explain", "other.eml"},
                                                             {"networks"},
                                                             {"replies"},
                                                             {"replies", "show", "1"},
                                                             {"replies", "reclassify"},
                                                             {"status", "203.0.113.5"},
                                                             {"act", "--dry-run"},
                                                             {"act"},
                                                             {"ledger", "check"},
                                                             {"ledger", "upgrade"},
                                                             {"ledger", "backup", "copy"}};
        for (const auto& words : commands) {
            SCOPED_TRACE(words[0] + (words.size() > 1 ? " " + words[1] : ""));
            expect_one_line_error(site.run(words), status, parts);
        }
        EXPECT_TRUE(octets_of(site.ledger()) == before);
        EXPECT_FALSE(std::filesystem::exists(site.at("copy")));
    }

    // `doctor` goes on, names what is broken and ends in the status of a broken configuration.
    void expect_doctor_says(const std::string& part) const {
        const Ran ran = site.run({"doctor"});
        EXPECT_EQ(ran.status, 78) << ran;
        EXPECT_NE(ran.out.find("broken   "), std::string::npos) << ran;
        EXPECT_NE(ran.out.find(part), std::string::npos) << ran;
    }

    Site site;
};

TEST_F(BadLedger, of_a_newer_schema_is_refused) {
    LedgerFile(site.ledger()).execute("PRAGMA user_version = 1000");
    expect_refused(78, {site.ledger(), "schema 1000", "newer"});
    expect_doctor_says("newer");
}

TEST_F(BadLedger, of_an_older_schema_asks_for_an_upgrade) {
    LedgerFile(site.ledger()).execute("PRAGMA user_version = 0");
    expect_one_line_error(site.run({"replay", "other.eml"}), 78,
                          {site.ledger(), "older", "ledger upgrade"});
    expect_doctor_says("ledger upgrade");
}

TEST_F(BadLedger, another_programs_database_is_left_alone) {
    std::filesystem::remove(site.ledger());
    site.write("ledger.sqlite3", "");
    LedgerFile(site.ledger()).execute("CREATE TABLE sheep (name TEXT)");
    expect_refused(65, {site.ledger(), "another program"});
    expect_doctor_says("another program");
}

TEST_F(BadLedger, that_is_no_database_is_left_alone) {
    site.write("ledger.sqlite3", std::string(100, 'x') + "\n" + std::string(5000, 'y'));
    expect_refused(65, {site.ledger(), "damaged"});
    expect_doctor_says("damaged");
}

TEST_F(BadLedger, with_overwritten_pages_is_damaged) {
    std::string octets = octets_of(site.ledger());
    for (std::size_t i = 4096; i < octets.size(); ++i)
        octets[i] = '\xaa';
    site.write("ledger.sqlite3", octets);
    expect_one_line_error(site.run({"ledger", "check"}), 65, {site.ledger(), "damaged"});
    expect_one_line_error(site.run({"replay", "other.eml"}), 65, {site.ledger(), "damaged"});
    expect_one_line_error(site.run({"networks"}), 65, {site.ledger(), "damaged"});
    expect_doctor_says("damaged");
}

TEST_F(BadLedger, that_lost_its_second_half_is_damaged) {
    const std::string octets = octets_of(site.ledger());
    site.write("ledger.sqlite3", octets.substr(0, octets.size() / 2));
    expect_one_line_error(site.run({"ledger", "check"}), 65, {site.ledger(), "damaged"});
    expect_doctor_says("damaged");
}

// A trigger would run with our rights whenever we write.
TEST_F(BadLedger, with_a_trigger_is_refused) {
    LedgerFile(site.ledger())
        .execute("CREATE TRIGGER t AFTER INSERT ON reply BEGIN DELETE FROM complaint; END");
    expect_refused(65, {site.ledger(), "trigger"});
}

TEST_F(BadLedger, that_this_user_may_only_read_is_not_written) {
    site.make_directory("locked");
    std::filesystem::rename(site.ledger(), site.at("locked/ledger.sqlite3"));
    const std::string path = site.at("locked/ledger.sqlite3");
    std::filesystem::permissions(path, std::filesystem::perms(0444));
    std::filesystem::permissions(site.at("locked"), std::filesystem::perms(0555));
    const std::string before = octets_of(path);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"replay", "other.eml"}, {"record", "complaint.eml"}}) {
        auto all = words;
        all.insert(all.begin(), {"--ledger", path});
        expect_one_line_error(site.run(all), 77, {path, "read-only"});
    }
    EXPECT_TRUE(octets_of(path) == before);
    std::filesystem::permissions(site.at("locked"), std::filesystem::perms(0755));
}

TEST_F(BadLedger, whose_directory_may_not_be_written_cannot_be_made) {
    site.make_directory("locked");
    std::filesystem::permissions(site.at("locked"), std::filesystem::perms(0555));
    const std::string path = site.at("locked/ledger.sqlite3");
    expect_one_line_error(site.run({"--ledger", path, "replay", "other.eml"}), 77, {path});
    expect_one_line_error(site.run({"--ledger", path, "networks"}), 66, {path, "not there yet"});
    std::filesystem::permissions(site.at("locked"), std::filesystem::perms(0755));
}

TEST_F(BadLedger, that_is_missing_is_made_only_by_what_writes) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"networks"},
                                                  {"replies"},
                                                  {"status", "192.0.2.1"},
                                                  {"act", "--dry-run"},
                                                  {"ledger", "check"},
                                                  {"ledger", "upgrade"}}) {
        auto all = words;
        all.insert(all.begin(), {"--ledger", "none/l"});
        expect_one_line_error(site.run(all), 66, {site.at("none/l"), "not there yet"});
    }
    EXPECT_FALSE(std::filesystem::exists(site.at("none")));
    site.output({"--ledger", "none/l", "replay", "other.eml"});
    EXPECT_TRUE(std::filesystem::exists(site.at("none/l")));
}

// It keeps people's mail.
TEST_F(BadLedger, is_nobody_elses_to_read) {
    using std::filesystem::perms;
    site.output({"ledger", "backup", "copy"});
    for (const auto& path : {site.ledger(), site.at("copy")})
        EXPECT_EQ(std::filesystem::status(path).permissions(),
                  perms::owner_read | perms::owner_write)
            << path;
}

TEST_F(BadLedger, locked_by_another_is_waited_for_three_seconds) {
    LedgerFile other(site.ledger());
    other.execute("BEGIN IMMEDIATE");
    const Ran ran = site.run({"replay", "other.eml"});
    expect_one_line_error(ran, 75, {site.ledger(), "locked"});
    EXPECT_GE(ran.took.count(), 2500);
    EXPECT_LT(ran.took.count(), 8000);
    // Reading goes on meanwhile.
    EXPECT_EQ(site.listed({"replies"}).size(), 1U);
    other.execute("ROLLBACK");
    site.output({"replay", "other.eml"});
    EXPECT_EQ(site.listed({"replies"}).size(), 2U);
}

}  // namespace

}  // namespace ndr::support
