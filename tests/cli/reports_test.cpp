// Reports for registries, from the bounce that asks for one to the draft and its file.
#include <gtest/gtest.h>

#include "support/complained.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

// APNIC validated the contact before it failed.
constexpr const char* apnic_text =
    "% Abuse contact for '203.0.113.0 - 203.0.113.255' is 'abuse@example.net'\n\n"
    "inetnum: 203.0.113.0 - 203.0.113.255\nnetname: EXAMPLE-NET\ncountry: ZZ\n"
    "mnt-irt: IRT-EXAMPLE-ZZ\nsource: APNIC\n\n"
    "irt: IRT-EXAMPLE-ZZ\nabuse-mailbox: abuse@example.net\n"
    "remarks: abuse@example.net was validated on 2026-03-14\nsource: APNIC\n";

struct Reports : Complained, testing::Test {
    Reports() : Complained(apnic_text) {}
    std::string directory() const { return site.at("reports"); }
};

}  // namespace

TEST_F(Reports, are_drafted_for_the_form_of_the_registry) {
    bounce("abuse@example.net", "5.1.1", no_such_user);
    const auto rows = site.listed({"reports"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["registry"], "apnic");
    EXPECT_EQ(rows[0]["state"], "due");
    EXPECT_EQ(rows[0]["about"], "abuse@example.net");
    EXPECT_EQ(rows[0]["network"], "203.0.113.0/24");
    EXPECT_EQ(rows[0]["outcome"], "recipient-unknown");
    const std::string shown = site.output({"reports", "show", follow_up("report")});
    for (const char* part :
         {"form      https://www.apnic.net/invalidcontact",
          "characters)\nOur mail of 2026-11-23 "
          "came back on 2026-11-23. The address was validated on 2026-03-14, before that. Status "
          "5.1.1. Answer of mx.example.net: 550 5.1.1 <abuse@example.net>: User unknown\n"})
        EXPECT_TRUE(holds(shown, part)) << part << "\n" << shown;
}

TEST_F(Reports, are_never_made_of_a_full_mailbox) {
    bounce("abuse@example.net", "5.2.2", "smtp; 552 5.2.2 Mailbox full");
    EXPECT_EQ(follow_up("block") == "none", false);
    EXPECT_EQ(site.output({"reports"}), "no report for a registry\n");
    site.output({"reports", "write"});
    EXPECT_TRUE(names_in(directory()).empty());
}

TEST_F(Reports, are_files_while_they_are_due) {
    bounce("abuse@example.net", "5.1.1", no_such_user);
    const std::string id = follow_up("report");
    const std::string name = "report-" + id + "-apnic-203.0.113.0-24.txt";
    EXPECT_EQ(site.output({"reports", "write"}), directory() + "/" + name + "\n");
    EXPECT_EQ(octets_of(directory() + "/" + name), site.output({"reports", "show", id}));
    EXPECT_TRUE(holds(site.output({"reports", "write"}), "nothing new"));
    site.write("reports/report-999-apnic-gone.txt", "stale");
    site.write("reports/report-mine.txt", "a person's");
    site.output({"reports", "write"});
    EXPECT_EQ(names_in(directory()), (std::vector<std::string>{name, "report-mine.txt"}));
}

TEST_F(Reports, are_drafted_by_act_where_it_is_told_to) {
    bounce("abuse@example.net", "5.1.1", no_such_user);
    site.output({"act"});
    EXPECT_TRUE(names_in(directory()).empty());
    site.configure("enforce = report\n");
    site.output({"act", "--dry-run"});
    EXPECT_TRUE(names_in(directory()).empty());
    const std::string name = "report-" + follow_up("report") + "-apnic-203.0.113.0-24.txt";
    site.output({"act", "--only", "blocks"});
    EXPECT_TRUE(names_in(directory()).empty());
    EXPECT_TRUE(holds(site.output({"act"}), "drafted: " + directory() + "/" + name + "\n"));
    EXPECT_EQ(names_in(directory()), std::vector<std::string>{name});
    EXPECT_FALSE(holds(site.output({"act"}), "drafted"));
}

TEST_F(Reports, go_where_the_site_says) {
    bounce("abuse@example.net", "5.1.1", no_such_user);
    site.configure("reports = " + site.at("elsewhere") + "\nregistries = " +
                   site.write("registries.conf",
                              "registry apnic\nname Ours\nurl https://form.example/\n"
                              "field All\nlimit 30\n| {contact} {diagnostic_code}\n") +
                   "\n");
    const std::string path = lines_of(site.output({"reports", "write"})).at(0);
    EXPECT_EQ(path.rfind(site.at("elsewhere") + "/report-", 0), 0U) << path;
    EXPECT_TRUE(holds(octets_of(path), "(30 of 30 characters)\nabuse@example.net 550 5.1.1...\n"))
        << octets_of(path);
    site.write("registries.conf", "registry apnic\nurl nowhere\n");
    expect_one_line_error(site.run({"reports"}), 78, {"registries.conf:2", "an http URL"});
}

TEST_F(Reports, are_done_when_somebody_says_that_they_are_sent) {
    bounce("abuse@example.net", "5.1.1", no_such_user);
    const std::string id = follow_up("report");
    site.output({"reports", "write"});
    EXPECT_EQ(site.output({"reports", "sent", id, "--why", "ticket\n4711"}),
              id + ": sent: report abuse@example.net to APNIC\n");
    EXPECT_EQ(site.output({"reports"}), "no report for a registry\n");
    const auto rows = site.listed({"reports", "--all"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["state"], "sent");
    EXPECT_EQ(rows[0]["sent_at"], Site::now);
    EXPECT_EQ(follow_up("report"), "none");
    site.output({"reports", "write"});
    EXPECT_TRUE(names_in(directory()).empty());
    const std::string story = site.output({"status", "203.0.113.7"});
    EXPECT_TRUE(holds(story, "due: report abuse@example.net to APNIC")) << story;
    EXPECT_TRUE(holds(story, "report abuse@example.net: sent by ")) << story;
    EXPECT_TRUE(holds(story, " on 2026-11-23: ticket\\n4711")) << story;
    expect_one_line_error(site.run({"reports", "sent", id}), 65,
                          {"report abuse@example.net to APNIC", "done on 2026-11-23", "already"});
    EXPECT_EQ(site.listed({"reports", "--all"}).size(), 1U);
}

// The same contact of a network is not reported again within 90 days.
TEST_F(Reports, that_were_sent_cover_later_complaints) {
    bounce("abuse@example.net", "5.1.1", no_such_user);
    site.output({"reports", "sent", follow_up("report")});
    site.output({"complain", "--ip", "203.0.113.9"});
    EXPECT_EQ(site.output({"reports"}), "no report for a registry\n");
    EXPECT_TRUE(holds(site.output({"status", "203.0.113.9"}),
                      "complaint 1 had it done on 2026-11-23; not again before 2027-02-21"));
}

TEST_F(Reports, of_numbers_that_are_none_say_so) {
    bounce("abuse@example.net", "5.1.1", no_such_user);
    expect_one_line_error(site.run({"reports", "show", "99"}), 66, {"no report 99"});
    expect_one_line_error(site.run({"reports", "show", follow_up("block")}), 66, {"no report"});
    expect_one_line_error(site.run({"reports", "show", "x"}), 64, {"'x' is no number"});
    expect_one_line_error(site.run({"reports", "sent", "99"}), 66, {"no report 99"});
    expect_one_line_error(site.run({"reports", "sent", follow_up("block")}), 66, {"no report"});
    expect_one_line_error(site.run({"reports", "mail"}), 64, {"reports: write"});
}

TEST_F(Reports, take_the_example_of_a_site_s_own_records) {
    site.configure("registries = " + site.write("registries.conf", example("registries.conf")) +
                   "\n");
    EXPECT_EQ(site.output({"reports"}), "no report for a registry\n");
}

// What is only proposed can be sent as well, by a person's own judgement; who waits for the same
// does not ask for it any more.
TEST(ReportsOfGuesses, are_done_for_all_who_ask_when_one_is_sent) {
    Site site;
    site.configure("lookup = no\n");
    const std::string first = "20261106.120544.5385@";
    for (const auto& id : {first, std::string("second@")}) {
        for (const std::string name :
             {"complaints/04-wordpress-login.eml", "replies/04-exim-no-such-user.eml"}) {
            const std::string octets =
                replaced(replaced(example(name), first, id), "E1xPIhZ", id.substr(0, 6));
            site.output({name.starts_with("complaints") ? "record" : "replay",
                         site.write(id.substr(0, 6) + std::to_string(name.size()), octets)});
        }
    }
    const auto rows = site.listed({"reports"});
    ASSERT_EQ(rows.size(), 2U);
    site.output({"reports", "sent", rows[1]["id"].dump()});
    EXPECT_EQ(site.output({"reports"}), "no report for a registry\n");
    EXPECT_EQ(site.listed({"reports", "--all"}).size(), 1U);
}

// A guess is proposed, never due: so no file, but a draft that says what to do first.
TEST(ReportsOfGuesses, are_shown_and_not_written) {
    Site site;
    site.configure("lookup = no\n");
    site.output({"record", site.copy_examples("complaints")});
    site.output({"replay", site.copy_examples("replies")});
    const auto rows = site.listed({"reports"});
    ASSERT_FALSE(rows.empty());
    for (const auto& row : rows)
        EXPECT_EQ(row["state"], "proposed") << row;
    EXPECT_TRUE(holds(site.output({"reports", "show", rows[0]["id"].dump()}), "networks refresh"));
    site.output({"reports", "write"});
    EXPECT_TRUE(names_in(site.at("reports")).empty());
}

// APNIC's form is filled in by a person; AFRINIC takes mail.
TEST(ReportsByMail, go_where_the_registry_takes_mail_once_the_site_says_so) {
    Complained site_of_afrinic(
        "% Abuse contact for '203.0.113.0 - 203.0.113.255' is 'abuse@example.net'\n\n"
        "inetnum: 203.0.113.0 - 203.0.113.255\nnetname: EXAMPLE\ncountry: ZZ\n"
        "source: AFRINIC\n");
    Site& site = site_of_afrinic.site;
    site.configure("enforce = report\n");
    site_of_afrinic.bounce("abuse@example.net", "5.1.1", no_such_user);
    site.output({"act"});
    EXPECT_EQ(site_of_afrinic.sender_to("hostmaster@afrinic.net"), "");
    site.configure("report_by_mail = yes\n");
    EXPECT_TRUE(holds(site.output({"act"}), "sent: report abuse@example.net to AFRINIC"));
    EXPECT_NE(site_of_afrinic.sender_to("hostmaster@afrinic.net"), "");
    const auto letters = site_of_afrinic.server.received().size();
    site.output({"act"});
    EXPECT_EQ(site_of_afrinic.server.received().size(), letters);
    EXPECT_EQ(site.listed({"reports", "--all"})[0]["state"], "sent");
}

}  // namespace ndr::support
