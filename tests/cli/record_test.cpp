// record: complaints that were sent by other means, from saved copies.
#include <gtest/gtest.h>

#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

std::string complaint(const std::string& subject, const std::string& to = "abuse@example.net") {
    return "From: Complaints <complaints@example.org>\nTo: " + to + "\nSubject: " + subject +
           "\nDate: Tue, 3 Nov 2026 08:15:12 +0100\nMessage-ID: <one@example.org>\n\nDear team\n";
}

TEST(RecordCommand, tells_attacker_contacts_and_network) {
    const Site site;
    site.copy_examples("complaints");
    EXPECT_EQ(site.output({"record", "complaints/19-imap-password-guessing.eml"}),
              "complaints/19-imap-password-guessing.eml: complaint 1 about 2001:db8:e5::66 to "
              "abuse@harbourline.example.net, noc@harbourline.example.net, network "
              "2001:db8:e5::/48 (guess)\n");
}

TEST(RecordCommand, of_the_same_again_changes_nothing) {
    const Site site;
    site.record(complaint("Abuse from 198.51.100.7"));
    const std::string before = canonical_dump(site.ledger());
    const std::string out = site.record(complaint("Abuse from 198.51.100.7"));
    EXPECT_NE(out.find("recorded before"), std::string::npos);
    EXPECT_EQ(canonical_dump(site.ledger()), before);
}

TEST(RecordCommand, takes_the_attacker_from_the_option_where_the_subject_has_none) {
    const Site site;
    const Ran ran = site.run_record(complaint("Abuse"));
    expect_one_line_error(ran, 65, {"complaint.eml: ", "--ip"});
    const std::string out = site.record(complaint("Abuse"), {"--ip", "203.0.113.9"});
    EXPECT_NE(out.find("about 203.0.113.9 "), std::string::npos) << out;
}

TEST(RecordCommand, of_two_attackers_takes_none) {
    const Site site;
    expect_one_line_error(site.run_record(complaint("Abuse from 198.51.100.7 and 203.0.113.9")), 65,
                          {"several IP addresses"});
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT count(*) FROM complaint"), "0");
}

TEST(RecordCommand, never_takes_our_own_address_for_a_contact) {
    const Site site;
    expect_one_line_error(
        site.run_record(complaint("Abuse from 198.51.100.7", "Complaints@Example.ORG")), 65,
        {"no contact"});
}

TEST(RecordCommand, carries_on_after_a_bad_one) {
    const Site site;
    site.write("in/a.eml", complaint("Abuse from 198.51.100.7"));
    site.write("in/b.eml", complaint("no address here"));
    site.write("in/c.txt", "milk\n");
    site.write("in/d.eml", complaint("Abuse from 203.0.113.9"));
    const Ran ran = site.run({"record", "in"});
    EXPECT_EQ(ran.status, 65);
    EXPECT_EQ(lines_of(ran.err).size(), 2U) << ran;
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT count(*) FROM complaint"), "2");
}

TEST(RecordCommand, finds_replies_that_came_before) {
    const Site site;
    site.copy_examples("replies");
    site.copy_examples("complaints");
    site.output({"replay", "replies"});
    for (const auto& row : site.listed({"replies"})) {
        EXPECT_EQ(row["trust"], "unknown");
        EXPECT_EQ(row["complaint"], nullptr);
    }
    const std::string out = site.output({"record", "complaints/20-web-exploit.eml"});
    EXPECT_NE(out.find("; 2 replies found"), std::string::npos) << out;
    std::size_t matched = 0;
    for (const auto& row : site.listed({"replies"})) {
        if (row["trust"] != "matched") continue;
        ++matched;
        EXPECT_EQ(row["complaint"], 1);
    }
    EXPECT_EQ(matched, 2U);
    // What follows from them follows now.
    EXPECT_FALSE(site.listed({"act", "--dry-run"}).empty());
}

}  // namespace

}  // namespace ndr::support
