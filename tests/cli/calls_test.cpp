// Calls, from the bounce that asks for one to each of its three ends.
#include <gtest/gtest.h>

#include "support/complained.hpp"
#include "support/ledger_file.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

// At home, with a telephone; in California it is four in the morning.
std::string arin_text(const std::string& abuse) {
    return "NetRange:       203.0.113.0 - 203.0.113.255\nCIDR:           203.0.113.0/24\n"
           "NetName:        EXAMPLE-NET\nNetHandle:      NET-203-0-113-0-1\n\n"
           "OrgName:        Example Hosting\nOrgId:          EXH\nCity:           Fresno\n"
           "StateProv:      CA\nCountry:        US\n\n"
           "OrgAbuseHandle: EX1-ARIN\nOrgAbuseName:   Abuse Desk\n"
           "OrgAbusePhone:  +1-555-555-0100\nOrgAbuseEmail:  " +
           abuse + "\n";
}

struct Calls : Complained, testing::Test {
    Calls() : Complained(arin_text("abuse@example.net")) {
        bounce("abuse@example.net", "5.1.1", no_such_user);
        id = follow_up("call");
    }

    // "due notice example.net", of all that is open.
    std::vector<std::string> open() const {
        std::vector<std::string> lines;
        for (const auto& row : site.listed({"act", "--dry-run"}))
            lines.push_back(row["state"].get<std::string>() + " " + row["kind"].get<std::string>() +
                            " " + row["target"].get<std::string>());
        return lines;
    }

    // What the registry says then.
    void import_at(std::string_view time, const std::string& abuse) const {
        const std::string file = site.write("again.txt", arin_text(abuse));
        EXPECT_EQ(site.run_at(time, {"networks", "import", file}).status, 0);
    }

    std::string id;
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_F(Calls, are_listed_with_the_time_there) {
    const auto rows = site.listed({"calls"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["state"], "due");
    EXPECT_EQ(rows[0]["telephone"], "+1-555-555-0100");
    EXPECT_EQ(rows[0]["time_there"], "Mon 2026-11-23 04:00");
    EXPECT_EQ(rows[0]["network"], "203.0.113.0/24");
    EXPECT_EQ(rows[0]["outcome"], "recipient-unknown");
    EXPECT_TRUE(holds(site.output({"calls", "list"}), "EXAMPLE-NET"));
}

TEST_F(Calls, have_a_worksheet) {
    EXPECT_EQ(site.output({"calls", "show", id}),
              replaced(R"(call #: due, not before 2026-11-23 11:59 UTC
complaint 1 about 203.0.113.7 of 2026-11-23: abuse@example.net: recipient-unknown, signed reply

whom         Example Hosting, Abuse Desk (abuse)
network      203.0.113.0/24, EXAMPLE-NET
number       +1-555-555-0100
time there   Mon 2026-11-23 04:00 (US-CA, America/Los_Angeles)
offices      closed, open at 2026-11-23 17:00 UTC (Monday to Friday, 9 to 17)

what bounced
    abuse@example.net: there is no such mailbox (reply 1 of 2026-11-23)
        status 5.1.1
        said by mx.example.net
        550 5.1.1 <abuse@example.net>: User unknown

what was tried
    2026-11-23  complaint to abuse@example.net: recipient-unknown on 2026-11-23

what to say
    Good day, I call for complaints@example.org.
    203.0.113.7, an address of your network 203.0.113.0/24, attacks our servers.
    Our complaint of 2026-11-23 to abuse@example.net, which ARIN publishes for your network, came back: there is no such mailbox.
    Can you see to it that this ends?
    To which mail address may I send the log lines?

how it ends
    they see to it:        ndr-triage calls done # --satisfied
        then nothing more follows from this complaint
    they name an address:  ndr-triage calls done # --contact NEW@ADDRESS
        then it is the contact of 203.0.113.0/24, and the complaint can be sent to it
    neither:               ndr-triage calls done # --no-satisfaction
        then due: report abuse@example.net to ARIN
        then due: notice to postmaster@example.net
        then due: block 203.0.113.0/24 for 30d
    '--why TEXT' keeps what was said.
)",
                       "#", id));
}

TEST_F(Calls, with_satisfaction_end_the_matter) {
    ASSERT_EQ(open(), (Lines{"due call +1-555-555-0100", "due notice example.net"}));
    EXPECT_TRUE(holds(site.output({"calls", "done", id, "--satisfied", "--why", "cut off"}),
                      "nothing more follows from complaint 1"));
    EXPECT_EQ(open(), Lines{});
    EXPECT_EQ(site.output({"calls"}), "no call to make\n");
    EXPECT_EQ(site.listed({"calls", "--all"})[0]["done_at"], Site::now);
    EXPECT_TRUE(holds(site.output({"calls", "show", id}),
                      "how it ended\n    called, with satisfaction, by "));
    EXPECT_TRUE(holds(site.output({"status", "203.0.113.7"}), "on 2026-11-23: cut off"));
    expect_one_line_error(site.run({"calls", "done", id, "--no-satisfaction"}), 65, {"already"});
}

TEST_F(Calls, without_satisfaction_are_followed_by_what_follows_elsewhere) {
    site.output({"calls", "done", id, "--no-satisfaction"});
    EXPECT_EQ(open(), (Lines{"due block 203.0.113.0/24", "due notice example.net",
                             "due report abuse@example.net"}));
    EXPECT_EQ(
        LedgerFile(site.ledger()).value("SELECT count(*) FROM follow_up WHERE kind = 'notice'"),
        "1");
}

// The complaint goes there at once, though it was of today, until the registry says something new.
TEST_F(Calls, that_tell_of_a_contact_give_the_network_that_one) {
    EXPECT_TRUE(holds(site.output({"complain", "--ip", "203.0.113.7"}), "less than 1d ago"));
    const std::string said = site.output({"calls", "done", id, "--contact", "NOC@example.com"});
    EXPECT_TRUE(holds(said, "noc@example.com is the contact of 203.0.113.0/24 now\n")) << said;
    EXPECT_TRUE(holds(said, "ndr-triage complain --ip 203.0.113.7 --log FILE\n")) << said;
    EXPECT_EQ(open(), Lines{});
    EXPECT_EQ(site.output({"complain", "--ip", "203.0.113.7"}),
              "complaint about 203.0.113.7 to noc@example.com: sent as complaint 2\n");
    EXPECT_TRUE(holds(site.output({"networks", "show", "203.0.113.7"}),
                      "told by telephone noc@example.com (to "));
    import_at("2026-11-23T13:00:00Z", "abuse@example.net");
    EXPECT_EQ(site.listed({"networks"})[0]["contacts"], Json::array({"noc@example.com"}));
    import_at("2026-11-24T12:00:00Z", "abuse@example.com");
    EXPECT_EQ(site.listed({"networks"})[0]["contacts"], Json::array({"abuse@example.com"}));
}

TEST_F(Calls, say_what_is_wrong_with_their_end) {
    for (const Lines& end : {Lines{}, Lines{"--satisfied", "--no-satisfaction"},
                             Lines{"--satisfied", "--contact", "a@b"}}) {
        Lines words{"calls", "done", id};
        words.insert(words.end(), end.begin(), end.end());
        expect_one_line_error(site.run(words), 64, {"calls done N", "--no-satisfaction"});
    }
    for (const auto& [contact, why] :
         std::map<std::string, std::string>{{"nobody", "no plain mail address"},
                                            {"complaints@example.org", "an address of ours"},
                                            {"abuse@example.net", "known dead"},
                                            {"hostmaster@arin.net", "a registry's own address"}})
        expect_one_line_error(site.run({"calls", "done", id, "--contact", contact}), 64,
                              {"--contact " + contact + ": it is ", why});
    expect_one_line_error(site.run({"calls", "done", "99", "--satisfied"}), 66, {"no call 99"});
    expect_one_line_error(site.run({"calls", "show", follow_up("notice")}), 66, {"no call"});
    expect_one_line_error(site.run({"calls", "show", "x"}), 64, {"'x' is no number"});
    EXPECT_EQ(open().size(), 2U);
}

// From the Aleutian Islands to the east coast.
TEST(CallsWithoutState, have_a_range_of_times) {
    const Complained somewhere(
        replaced(arin_text("abuse@example.net"), "StateProv:      CA\n", ""));
    somewhere.bounce("abuse@example.net", "5.1.1", no_such_user);
    const std::string sheet = somewhere.site.output({"calls", "show", somewhere.follow_up("call")});
    EXPECT_TRUE(holds(sheet,
                      "time there   Mon 2026-11-23 02:00 to Mon 2026-11-23 07:00 (US, America/Adak "
                      "to America/Detroit)\noffices      closed, open at 2026-11-23 19:00 UTC "))
        << sheet;
}

// A mailbox that is full: the words say so.
TEST(CallsAboutFullMailboxes, say_that_it_is_full) {
    const Complained full(arin_text("abuse@example.net"));
    full.bounce("abuse@example.net", "5.2.2", "smtp; 552 5.2.2 Mailbox full");
    const std::string sheet = full.site.output({"calls", "show", full.follow_up("call")});
    EXPECT_TRUE(holds(sheet, "came back: the mailbox is full.")) << sheet;
    EXPECT_FALSE(holds(sheet, "then due: report")) << sheet;
}

}  // namespace ndr::support
