// replay: saved replies into the ledger.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

// What each of the examples is, read by a person.
struct Expected {
    const char* file;
    const char* outcome;
    const char* acknowledgement;
    const char* form;
    const char* about;
    const char* trust;
    const char* attacker;  // of the complaint that it answers
};

constexpr std::array examples{
    Expected{"01-postfix-mailbox-full.eml", "mailbox-full", "", "dsn", "abuse@nordnetz.example",
             "matched", "198.51.100.23"},
    Expected{"02-provider-over-quota-452.eml", "mailbox-full", "", "dsn",
             "abuse@smallhost.example.com", "matched", "198.51.100.87"},
    Expected{"03-qmail-no-mailbox.eml", "recipient-unknown", "", "bounce",
             "abuse@colo-west.example.net", "matched", "203.0.113.5"},
    Expected{"04-exim-no-such-user.eml", "recipient-unknown", "", "bounce",
             "abuse@vps-park.example", "matched", "203.0.113.77"},
    Expected{"05-microsoft-recipient-not-found.eml", "recipient-unknown", "", "dsn",
             "abuse@cloudrack.example.com", "matched", "203.0.113.190"},
    Expected{"06-coremail-mailbox-full-gbk.eml", "mailbox-full", "", "bounce",
             "abuse@xinghai-net.example", "matched", "198.51.100.141"},
    Expected{"07-japanese-user-unknown.eml", "recipient-unknown", "", "bounce",
             "abuse@hoshizora.example", "matched", "2001:db8:81:4::b7"},
    Expected{"08-postfix-connection-timed-out.eml", "lost-connection", "", "dsn",
             "abuse@farlink.example.net", "matched", "2001:db8:51:200::7"},
    Expected{"09-postfix-host-not-found.eml", "lost-connection", "", "dsn",
             "abuse@oldtelco.example", "matched", "2001:db8:77::1f:9"},
    Expected{"10-postfix-refused-as-spam.eml", "refused", "", "dsn", "abuse@filterhost.example.org",
             "matched", "2001:db8:2a:9::100"},
    Expected{"11-postfix-delayed.eml", "delayed", "", "dsn", "abuse@hillside-net.example",
             "matched", "2001:db8:b3::44"},
    Expected{"12-failed-without-reason.eml", "undetermined", "", "dsn",
             "abuse@greywall.example.net", "matched", "2001:db8:9c:1::2"},
    Expected{"13-vacation.eml", "acknowledged", "vacation", "auto-reply", "noc@alpenrouter.example",
             "matched", "192.0.2.61"},
    Expected{"14-ticket-request-tracker.eml", "acknowledged", "ticket", "auto-reply",
             "abuse@datahall.example", "matched", "192.0.2.133"},
    Expected{"15-use-our-form.eml", "acknowledged", "redirected", "auto-reply",
             "abuse@hoster.example", "matched", "2001:db8:c10:f::a"},
    Expected{"16-person-answers.eml", "acknowledged", "person", "reply", "abuse@campus.example.org",
             "matched", "192.0.2.214"},
    Expected{"17-mdn-displayed.eml", "acknowledged", "displayed", "mdn",
             "security@labnet.example.com", "matched", "2001:db8:d4::8:1"},
    Expected{"18-newsletter.eml", "unrelated", "", "other", "editor@news.example.com", "unknown",
             ""},
    Expected{"19-postfix-two-recipients.eml", "recipient-unknown", "", "dsn",
             "abuse@harbourline.example.net", "matched", "2001:db8:e5::66"},
    Expected{"20-postfix-one-of-two-unknown.eml", "recipient-unknown", "", "dsn",
             "abuse@twinpeer.example", "matched", "2001:db8:f6::3"},
    Expected{"21-ticket-znuny-other-contact.eml", "acknowledged", "ticket", "auto-reply",
             "tech@twinpeer.example", "matched", "2001:db8:f6::3"}};

// A site that knows the complaints and has the replies at hand.
class ReplayCommand : public ::testing::Test {
protected:
    void SetUp() override {
        site.copy_examples("complaints");
        site.copy_examples("replies");
        site.output({"record", "complaints"});
    }

    Site site;
};

TEST_F(ReplayCommand, the_table_of_examples_is_complete) {
    std::vector<std::string> files;
    for (const auto& expected : examples)
        files.emplace_back(expected.file);
    EXPECT_EQ(names_in(site.at("replies")), files);
}

TEST_F(ReplayCommand, judges_each_example_and_finds_its_complaint) {
    std::map<std::string, std::string> attackers{{"null", ""}};
    LedgerFile ledger(site.ledger());
    for (const auto& row : ledger.rows("SELECT id, subject FROM complaint")) {
        // "Abuse from ADDRESS: ..."
        const auto end = row.at(1).find(": ");
        attackers[row.at(0)] = row.at(1).substr(11, end - 11);
    }
    for (const auto& expected : examples) {
        SCOPED_TRACE(expected.file);
        const std::string path = std::string("replies/") + expected.file;
        std::string line = path + ": " + expected.outcome;
        if (*expected.acknowledgement != '\0')
            line += std::string(" (") + expected.acknowledgement + ")";
        const std::string out = site.output({"replay", path});
        EXPECT_EQ(out.rfind(line + "  " + expected.form, 0), 0U) << out;
        EXPECT_NE(out.find(std::string("  recorded (") + expected.trust + ")\n"),
                  std::string::npos);
        // The newest number is the reply of this turn.
        const auto rows = site.listed({"replies"});
        const auto& reply =
            *std::max_element(rows.begin(), rows.end(),
                              [](const Json& a, const Json& b) { return a["id"] < b["id"]; });
        EXPECT_EQ(reply["outcome"], expected.outcome);
        EXPECT_EQ(reply["acknowledgement"],
                  *expected.acknowledgement != '\0' ? Json(expected.acknowledgement) : Json());
        EXPECT_EQ(reply["form"], expected.form);
        EXPECT_EQ(reply["recipient"], expected.about);
        EXPECT_EQ(reply["trust"], expected.trust);
        EXPECT_EQ(attackers.at(reply["complaint"].dump()), expected.attacker);
    }
}

TEST_F(ReplayCommand, ends_with_a_table_of_what_came_in) {
    const auto lines = lines_of(site.output({"replay", "replies"}));
    ASSERT_EQ(lines.size(), examples.size() + 11);
    const std::vector<std::string> table(lines.end() - 11, lines.end());
    EXPECT_EQ(table, (std::vector<std::string>{
                         "", "OUTCOME            NEW  RAISED  KNOWN BEFORE",
                         "mailbox-full       3    0       0", "recipient-unknown  6    0       0",
                         "lost-connection    2    0       0", "acknowledged       6    0       0",
                         "refused            1    0       0", "delayed            1    0       0",
                         "undetermined       1    0       0", "unrelated          1    0       0",
                         "all                21   0       0"}));
    const auto again = lines_of(site.output({"replay", "replies"}));
    EXPECT_EQ(again.back(), "all                0    0       21");
}

TEST_F(ReplayCommand, json_is_the_summary) {
    const auto rows =
        site.listed({"replay", "replies/18-newsletter.eml", "replies/13-vacation.eml"});
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].dump(), R"({"outcome":"acknowledged","recorded":1,"raised":0,"repeated":0})");
    EXPECT_EQ(rows[1].dump(), R"({"outcome":"unrelated","recorded":1,"raised":0,"repeated":0})");
    EXPECT_EQ(rows[2].dump(), R"({"outcome":"all","recorded":2,"raised":0,"repeated":0})");
}

TEST_F(ReplayCommand, reads_standard_input) {
    const std::string out =
        site.output({"replay", "-"}, example("replies/01-postfix-mailbox-full.eml"));
    EXPECT_EQ(out.rfind("-: mailbox-full  dsn  abuse@nordnetz.example  recorded (matched)\n", 0),
              0U);
}

TEST_F(ReplayCommand, writes_plain_lines_where_no_terminal_is) {
    const Ran ran = site.run({"replay", "replies"});
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(ran.out.find_first_of("\r\x1b"), std::string::npos);
}

// All that a pseudo terminal was given until the last writer closed it.
std::string shown_on(int terminal) {
    std::string shown;
    std::array<char, 4096> buffer{};
    for (ssize_t got = 1; got > 0;) {
        got = read(terminal, buffer.data(), buffer.size());
        if (got > 0) shown.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return shown;
}

TEST_F(ReplayCommand, draws_a_bar_on_a_terminal_and_wipes_it) {
    const int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    ASSERT_TRUE(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    int terminal = open(ptsname(master), O_RDWR | O_NOCTTY | O_CLOEXEC);
    ASSERT_GE(terminal, 0);
    Program program = site.program({"replay", "replies"});
    program.err = terminal;
    const Ran ran = run(program);
    close(terminal);
    const std::string bar = shown_on(master);
    close(master);
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_NE(bar.find("\r["), std::string::npos) << bar;
    EXPECT_NE(bar.find(" messages"), std::string::npos);
    const std::string wipe = "\r\x1b[K";
    ASSERT_GE(bar.size(), wipe.size());
    EXPECT_EQ(bar.substr(bar.size() - wipe.size()), wipe);
    EXPECT_NE(ran.out.find("all                21   0       0\n"), std::string::npos) << ran;
}

}  // namespace

}  // namespace ndr::support
