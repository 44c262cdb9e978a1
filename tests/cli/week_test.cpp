// Weeks over the mail in examples/, with a timer that runs `act` every hour: every follow-up comes,
// is carried out and ends at its hour.
//
// The hours are worked out by hand from the dates in the mail: our own MTA wrote its bounces at
// 07:15:14, 02:27:00 and 17:40:06, without our token, so they wait for `settle`, a day; a block
// ends after 30 days, what waits for a person after 60.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "ndr_triage/mail/date.hpp"
#include "ndr_triage/mail/message.hpp"
#include "support/ledger_file.hpp"
#include "support/mail_set_up.hpp"
#include "support/site.hpp"
#include "support/smtp_server.hpp"

namespace ndr::support {

namespace {

struct Arrival {
    Instant at{};
    std::string command;  // that takes it in
    std::string file;
};

// When our server received it, else when it was sent.
Instant arrival_of(const std::string& octets) {
    const Message message = parse_message(octets);
    const auto received = message.header.value("Received");
    return received.empty() ? parse_mail_date(message.header.value("Date")).value()
                            : received_date(received).value();
}

class Weeks : public testing::Test {
protected:
    Weeks() {
        site.configure(
            "own_domains = example.org\nlookup = no\nallow_documentation = yes\n"
            "enforce = block, notice\nback_ends = list\nlist.path = " +
            site.make_directory("export") + "/blocked\nrelay = " + server.address() + "\n");
        for (const auto& [folder, command] :
             std::map<std::string, std::string>{{"complaints", "record"}, {"replies", "replay"}}) {
            const std::string path = site.copy_examples(folder);
            for (const auto& name : names_in(path)) {
                if (name.ends_with(".eml"))
                    mail.push_back(
                        {arrival_of(example(folder + "/" + name)), command, path + "/" + name});
            }
        }
        std::stable_sort(mail.begin(), mail.end(),
                         [](const Arrival& a, const Arrival& b) { return a.at < b.at; });
        const std::string networks = site.copy_examples("networks");
        for (const auto& name : names_in(networks))
            at(now, {"networks", "import", networks + "/" + name});
    }

    void at(Instant when, const std::vector<std::string>& words) {
        const Ran ran = site.run_at(iso_text(when), words);
        EXPECT_EQ(ran.status, 0) << iso_text(when) << " " << ran;
    }
    // The timer runs on the hour; what has come in by then is taken in before.
    void run_until(const std::string& end) {
        for (; now <= parse_instant(end).value(); now += std::chrono::hours(1)) {
            for (; !mail.empty() && mail.front().at <= now; mail.erase(mail.begin()))
                at(now, {mail.front().command, mail.front().file});
            at(now, {"act", "--first"});
            note();
        }
    }
    void jump_to(const std::string& when) {
        now = parse_instant(when).value();
        at(now, {"act", "--first"});
    }
    // The hour at which each follow-up was first seen to be so.
    void note() {
        for (const auto& row :
             LedgerFile(site.ledger()).rows("SELECT kind, target, state FROM follow_up"))
            hours.emplace(row[0] + " " + row[1] + " " + row[2], iso_text(now).substr(0, 13));
    }
    std::string hour_of(const std::string& what) const {
        const auto found = hours.find(what);
        return found == hours.end() ? "never" : found->second;
    }
    bool is_listed(const std::string& prefix) const {
        return octets_of(site.at("export/blocked")).find("\n" + prefix + " ") != std::string::npos;
    }

    SmtpServer server;
    Site site;
    std::vector<Arrival> mail;
    std::map<std::string, std::string> hours;
    Instant now = parse_instant("2026-11-03T07:00:00Z").value();
};

}  // namespace

TEST_F(Weeks, of_the_examples_bring_every_follow_up_at_its_hour) {
    run_until("2026-11-19T00:00:00Z");
    ASSERT_TRUE(mail.empty());
    const std::map<std::string, std::string> expected{
        // 07:15:14 on the 3rd: due a day later, and then it is done.
        {"block 198.51.100.0/25 due", "2026-11-03T08"},
        {"block 198.51.100.0/25 done", "2026-11-04T08"},
        // 05:20:09 on the 5th, from outside and without a token: a person must decide.
        {"call +1-202-555-0142 held", "2026-11-05T06"},
        {"notice colo-west.example.net held", "2026-11-05T06"},
        // 12:05:50 on the 6th.
        {"block 203.0.113.64/26 held", "2026-11-06T13"},
        {"report abuse@vps-park.example held", "2026-11-06T13"},
        // 18:30:24 on the 8th; the network is only a guess.
        {"block 203.0.113.0/24 proposed", "2026-11-08T19"},
        // 01:41:38 on the 15th: five days after the complaint.
        {"block 2001:db8:51::/48 proposed", "2026-11-15T02"},
        // 02:27:00 and 17:40:06 on the 17th: a notice aims at no network, so a guess keeps none.
        {"notice harbourline.example.net due", "2026-11-17T03"},
        {"notice harbourline.example.net done", "2026-11-18T03"},
        {"notice twinpeer.example due", "2026-11-17T18"},
        {"notice twinpeer.example done", "2026-11-18T18"}};
    for (const auto& [what, hour] : expected)
        EXPECT_EQ(hour_of(what), hour) << what;
    EXPECT_EQ(std::count_if(hours.begin(), hours.end(),
                            [](const auto& seen) { return seen.first.ends_with(" done"); }),
              3);
    EXPECT_TRUE(is_listed("198.51.100.0/25"));
    jump_to("2026-12-04T07:00:00Z");
    EXPECT_TRUE(is_listed("198.51.100.0/25"));
    jump_to("2026-12-04T08:00:00Z");
    EXPECT_FALSE(is_listed("198.51.100.0/25"));
    const auto calls = [&] {
        return LedgerFile(site.ledger())
            .value("SELECT count(*) FROM follow_up WHERE kind = 'call' AND state = 'held'");
    };
    jump_to("2027-01-04T05:00:00Z");
    EXPECT_EQ(calls(), "1");
    jump_to("2027-01-04T06:00:00Z");
    EXPECT_EQ(calls(), "0");
}

}  // namespace ndr::support
