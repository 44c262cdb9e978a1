// contacts and review: what became of whom, and what waits for a person.
#include <gtest/gtest.h>

#include "support/ledger_file.hpp"
#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

class ContactsCommand : public ::testing::Test {
protected:
    void take_in_all() {
        site_.copy_examples("complaints");
        site_.copy_examples("replies");
        site_.configure("allow_documentation = yes\n");
        site_.output({"record", "complaints"});
        site_.output({"replay", "replies"});
    }
    Json contact(const std::string& address) {
        for (const auto& row : site_.listed({"contacts"})) {
            if (row["address"] == address) return row;
        }
        ADD_FAILURE() << address << " is not listed";
        return {};
    }

    Site site_;
};

TEST_F(ContactsCommand, are_listed_with_what_became_of_them) {
    take_in_all();
    const Json dead = contact("abuse@vps-park.example");
    EXPECT_EQ(dead["state"], "failing");
    EXPECT_EQ(dead["last_outcome"], "recipient-unknown");
    EXPECT_EQ(dead["failures"], 1);
    EXPECT_EQ(dead["known_dead_until"], nullptr);  // nothing proves it
    EXPECT_EQ(contact("abuse@greywall.example.net")["state"], "unknown");
    EXPECT_TRUE(holds(site_.output({"contacts", "list"}), "CONTACT"));
}

TEST_F(ContactsCommand, are_written_as_csv) {
    take_in_all();
    LedgerFile(site_.ledger())
        .execute(
            "UPDATE contact SET address = 'od\"d,@example.net' "
            "WHERE address = 'abuse@vps-park.example'");
    const std::string csv = site_.output({"contacts", "--csv"});
    const auto lines = lines_of(csv);
    EXPECT_EQ(lines.at(0),
              "address,state,last_outcome,failing_since,last_failure,last_worked,"
              "known_dead_until,complaints,failures,acknowledgements\r");
    EXPECT_EQ(lines.size(), site_.listed({"contacts"}).size() + 1);
    EXPECT_TRUE(holds(csv, "\r\n\"od\"\"d,@example.net\",failing,recipient-unknown,2026-11-"))
        << csv;
}

TEST_F(ContactsCommand, may_be_mailed_or_not_with_the_reason) {
    const auto check = [&](const std::string& address) {
        return site_.run({"contacts", "check", address});
    };
    const Ran yes = check("Abuse@Example.NET");  // before there is a ledger
    EXPECT_EQ(yes.status, 0) << yes;
    EXPECT_EQ(yes.out, "yes: abuse@example.net may be mailed\n");
    const Ran ours = check("complaints@example.org");
    EXPECT_EQ(ours.status, 1) << ours;
    EXPECT_EQ(ours.out, "no: complaints@example.org: it is an address of ours\n");
    EXPECT_TRUE(holds(check("removed@lacnic.net").out, "placeholder"));
    EXPECT_TRUE(holds(check("abuse@[192.0.2.1]").out, "no plain mail address"));
    EXPECT_EQ(check("evil\x1b[31m").out, "no: evil\\x1b[31m: it is no plain mail address\n");
    const Ran json = site_.run({"contacts", "check", "complaints@example.org", "--json"});
    EXPECT_EQ(json.out,
              "{\"address\":\"complaints@example.org\",\"may_be_mailed\":false,"
              "\"reason\":\"it is an address of ours\"}\n");
}

TEST_F(ContactsCommand, of_other_words_are_a_wrong_command_line) {
    expect_one_line_error(site_.run({"contacts", "check"}), 64, {"contacts check ADDRESS"});
    expect_one_line_error(site_.run({"contacts", "list", "x"}), 64, {"contacts [list]"});
}

class ReviewCommand : public ContactsCommand {};

TEST_F(ReviewCommand, groups_by_network_and_outcome_with_the_signed_first) {
    take_in_all();
    const auto before = site_.listed({"review"});
    ASSERT_GT(before.size(), 10U);
    for (const auto& row : before)
        EXPECT_EQ(row["trust"], "matched") << row;
    const auto last = before.back()["id"].get<std::int64_t>();
    LedgerFile(site_.ledger())
        .execute("UPDATE follow_up SET trust = 'signed' WHERE id = " + std::to_string(last));
    const auto after = site_.listed({"review"});
    EXPECT_EQ(after.front()["id"], last);
    EXPECT_EQ(after.size(), before.size());
    const std::string text = site_.output({"review"});
    EXPECT_TRUE(holds(text, "203.0.113.0/24: recipient-unknown, matched (3 complaints)")) << text;
    EXPECT_TRUE(holds(text, "held     notice to postmaster@colo-west.example.net  [")) << text;
}

TEST_F(ReviewCommand, leaves_out_what_is_due_and_shows_what_is_refused) {
    take_in_all();
    LedgerFile(site_.ledger())
        .execute(
            "UPDATE follow_up SET state = CASE kind WHEN 'block' THEN 'refused' ELSE 'due' END");
    const auto rows = site_.listed({"review"});
    ASSERT_FALSE(rows.empty());
    for (const auto& row : rows)
        EXPECT_EQ(row["state"], "refused");
}

TEST_F(ReviewCommand, counts_the_messages_in_hold) {
    take_in_all();
    LedgerFile(site_.ledger()).execute("DELETE FROM follow_up");
    EXPECT_EQ(site_.output({"review"}), "nothing to review\n");
    site_.run({"deliver"});  // an empty message
    EXPECT_EQ(site_.output({"review"}), "1 message in hold: 'ndr-triage hold list' shows why\n");
}

// ---- what must never be blocked ----------------------------------------------------------------

TEST_F(ReviewCommand, shows_blocks_that_the_allow_list_refuses) {
    site_.configure("allow_list = " + site_.write("allow", "203.0.113.128/25 the office\n") + "\n");
    take_in_all();
    int refused = 0;
    for (const auto& row : site_.listed({"review"})) {
        if (row["kind"] != "block" || row["network"] != "203.0.113.0/24") continue;
        EXPECT_EQ(row["state"], "refused");
        EXPECT_TRUE(holds(row["reason"], "it contains 203.0.113.128/25, allow-listed (the office)"))
            << row;
        ++refused;
    }
    EXPECT_EQ(refused, 3);
}

TEST_F(ReviewCommand, shows_blocks_that_would_hit_our_mail_hosts) {
    site_.configure("mail_hosts = 203.0.113.25, 198.51.100.25\n");
    take_in_all();
    const std::string text = site_.output({"review"});
    EXPECT_TRUE(holds(text, "it contains 203.0.113.25/32, a mail host of ours")) << text;
    EXPECT_TRUE(holds(text, "it contains 198.51.100.25/32, a mail host of ours")) << text;
}

TEST_F(ReviewCommand, doctor_counts_what_is_never_blocked) {
    const auto never_blocked = [&] {
        for (const auto& row : site_.listed({"doctor"})) {
            const auto what = row["what"].get<std::string>();
            if (holds(what, "never blocked: ")) return what;
        }
        return std::string();
    };
    EXPECT_TRUE(holds(never_blocked(), " around this host, no allow list")) << never_blocked();
    const std::string list = site_.write("allow", "203.0.113.0/24\n");
    site_.configure("allow_list = " + list + "\n");
    EXPECT_TRUE(holds(never_blocked(), ", with those of " + list)) << never_blocked();
}

TEST_F(ReviewCommand, with_a_faulty_allow_list_is_an_error_and_deliver_defers) {
    site_.configure("allow_list = " + site_.write("allow", "203.0.113.1/24\n") + "\n");
    expect_one_line_error(site_.run({"config", "check"}), 78, {"allow:1:", "203.0.113.1/24"});
    EXPECT_EQ(site_.run({"deliver"}, "Subject: x\n\nx\n").status, 75);
}

}  // namespace

}  // namespace ndr::support
