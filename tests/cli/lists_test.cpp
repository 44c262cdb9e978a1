// networks, replies and status: what the ledger knows.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "support/ledger_file.hpp"
#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

std::vector<std::string> keys_of(const Json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items())
        keys.push_back(key);
    return keys;
}

// A site whose ledger holds all examples.
class Lists : public ::testing::Test {
protected:
    void SetUp() override { site.take_in_examples(); }

    // The number of the reply about this contact.
    std::string reply_about(const std::string& contact) const {
        for (const auto& row : site.listed({"replies"})) {
            if (row["recipient"] == contact) return row["id"].dump();
        }
        return "?";
    }

    Site site;
};

TEST_F(Lists, networks_are_one_a_prefix_and_marked_as_guesses) {
    const auto rows = site.listed({"networks"});
    ASSERT_EQ(rows.size(), 13U);
    for (const auto& row : rows) {
        EXPECT_EQ(row["authority"], "guess");
        EXPECT_EQ(row["source"], "IANA table");
    }
    const auto row = std::find_if(rows.begin(), rows.end(), [](const Json& candidate) {
        return candidate["network"] == "203.0.113.0/24";
    });
    ASSERT_NE(row, rows.end());
    EXPECT_EQ((*row)["complaints"], 3);
    // A report and a notice for each of the three; the block is refused, hence not open.
    EXPECT_EQ((*row)["open_follow_ups"], 6);
    const std::string table = site.output({"networks"});
    EXPECT_EQ(table.rfind("ID  NETWORK", 0), 0U);
    EXPECT_EQ(lines_of(table).size(), 14U);
    EXPECT_EQ(site.output({"networks", "list"}), table);
}

TEST_F(Lists, of_real_space_name_the_registry_that_iana_names) {
    const Site other;
    other.record(example("complaints/01-ssh-brute-force.eml"), {"--ip", "1.1.1.1"});
    const auto rows = other.listed({"networks"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["network"], "1.1.1.0/24");
    EXPECT_EQ(rows[0]["registry"], "apnic");
}

TEST_F(Lists, replies_stand_latest_first_and_can_be_chosen) {
    const auto rows = site.listed({"replies"});
    ASSERT_EQ(rows.size(), 21U);
    EXPECT_EQ(keys_of(rows[0]),
              (std::vector<std::string>{"id", "received_at", "outcome", "acknowledgement", "form",
                                        "trust", "complaint", "recipient", "rule", "subject"}));
    EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(), [](const Json& a, const Json& b) {
        return a["received_at"] > b["received_at"];
    }));
    EXPECT_EQ(rows[0]["received_at"], "2026-11-17T17:41:04Z");
    EXPECT_EQ(site.listed({"replies", "list", "--last", "2"}),
              (std::vector<Json>{rows[0], rows[1]}));
    const auto full = site.listed({"replies", "--outcome", "mailbox-full"});
    EXPECT_EQ(full.size(), 3U);
    for (const auto& row : full)
        EXPECT_EQ(row["outcome"], "mailbox-full");
}

TEST_F(Lists, a_reply_is_shown_with_its_evidence_and_policy) {
    const std::string out = site.output({"replies", "show", reply_about("abuse@vps-park.example")});
    for (const char* part : {"recipient-unknown", "No such user here", "^^^^", "by rule ",
                             "trust: matched", "policy: recipient-unknown, elsewhere"})
        EXPECT_TRUE(holds(out, part)) << part << "\n" << out;
}

TEST_F(Lists, the_octets_of_a_reply_are_those_that_came) {
    for (const auto& [contact, file] :
         {std::pair("abuse@xinghai-net.example", "replies/06-coremail-mailbox-full-gbk.eml"),
          std::pair("abuse@greywall.example.net", "replies/12-failed-without-reason.eml")}) {
        const std::string out = site.output({"replies", "show", reply_about(contact), "--octets"});
        EXPECT_TRUE(out == example(file)) << file;
    }
}

TEST_F(Lists, a_reply_that_is_not_there_is_an_error) {
    expect_one_line_error(site.run({"replies", "show", "4711"}), 66, {"4711"});
    expect_one_line_error(site.run({"replies", "reclassify", "4711"}), 66, {"4711"});
}

TEST_F(Lists, reclassify_changes_nothing_while_the_rules_are_the_same) {
    const std::string before = canonical_dump(site.ledger());
    EXPECT_TRUE(holds(site.output({"replies", "reclassify"}), "21 replies judged, 0 changed"));
    EXPECT_EQ(canonical_dump(site.ledger()), before);
}

// A site's rule takes effect on what is stored, and what follows with it.
TEST_F(Lists, reclassify_judges_anew_by_the_rules_of_the_site) {
    const std::string id = reply_about("abuse@filterhost.example.org");
    site.write("rules.d/site.rules",
               "mailbox-full text message rejected as spam by our content filter\n"
               "    example 554 Message rejected as spam by our content filter\n");
    EXPECT_EQ(site.output({"replies", "reclassify", id}),
              "reply " + id + ": refused -> mailbox-full\n1 reply judged, 1 changed\n");
    EXPECT_EQ(site.listed({"replies", "--outcome", "refused"}).size(), 0U);
    EXPECT_TRUE(holds(site.output({"act", "--dry-run"}), "abuse@filterhost.example.org"));
    // And back.
    std::filesystem::remove(site.at("rules.d/site.rules"));
    EXPECT_TRUE(holds(site.output({"replies", "reclassify"}), "mailbox-full -> refused"));
    EXPECT_FALSE(holds(site.output({"act", "--dry-run"}), "abuse@filterhost.example.org"));
}

TEST_F(Lists, status_tells_of_an_address_all_of_its_network_in_the_order_of_time) {
    const auto events = site.listed({"status", "203.0.113.5"});
    ASSERT_EQ(events.size(), 3U + 3U + 9U);
    EXPECT_TRUE(std::is_sorted(events.begin(), events.end(),
                               [](const Json& a, const Json& b) { return a["at"] < b["at"]; }));
    EXPECT_EQ(events[0]["event"], "complaint");
    EXPECT_EQ(events[0]["at"], "2026-11-05T05:20:05Z");
    EXPECT_TRUE(holds(events[0]["what"], "203.0.113.5 to abuse@colo-west.example.net"));
    EXPECT_EQ(events[1]["event"], "reply");
    EXPECT_TRUE(holds(events[1]["what"], "recipient-unknown, abuse@colo-west.example.net"));
    const std::string text = site.output({"status", "203.0.113.5"});
    EXPECT_EQ(text.rfind("203.0.113.5: network 203.0.113.0/24", 0), 0U);
    EXPECT_TRUE(holds(text, "no contact works; policy column 'elsewhere'"));
}

TEST_F(Lists, status_tells_of_a_prefix_only_what_lies_in_it) {
    EXPECT_EQ(site.listed({"status", "203.0.113.0/24"}).size(), 15U);
    EXPECT_EQ(site.listed({"status", "203.0.113.64/26"}).size(), 5U);
    EXPECT_EQ(site.listed({"status", "2001:db8:f6::/48"}).size(), 5U);
    EXPECT_EQ(site.listed({"status", "203.0.113.0 - 203.0.113.255"}).size(), 15U);
}

TEST_F(Lists, status_knows_contacts_and_domains_in_any_case) {
    const auto contact = site.listed({"status", "abuse@twinpeer.example"});
    ASSERT_EQ(contact.size(), 5U);
    EXPECT_EQ(contact[0]["what"],
              "about 2001:db8:f6::3 to abuse@twinpeer.example, tech@twinpeer.example");
    EXPECT_EQ(site.listed({"status", "Abuse@TwinPeer.Example"}), contact);
    EXPECT_EQ(site.listed({"status", "twinpeer.example"}), contact);
    EXPECT_EQ(site.listed({"status", "TWINPEER.EXAMPLE"}), contact);
    EXPECT_EQ(site.listed({"status", "editor@news.example.com"}).size(), 1U);
}

TEST_F(Lists, status_of_what_is_unknown_says_so) {
    for (const char* what :
         {"198.18.0.1", "2001:db8:dead::/48", "nobody@example.com", "unheard-of.example"}) {
        EXPECT_TRUE(holds(site.output({"status", what}), "the ledger knows nothing of it")) << what;
        EXPECT_TRUE(site.listed({"status", what}).empty());
    }
}

TEST_F(Lists, status_of_nonsense_is_a_wrong_command_line) {
    for (const char* what : {"nonsense", "", "203.0.113.5/99", "2001:db8::zz", "@"})
        expect_one_line_error(site.run({"status", what}), 64, {what});
}

TEST_F(Lists, json_is_one_object_a_line_whatever_is_listed) {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"networks"},
                                                  {"replies"},
                                                  {"status", "203.0.113.5"},
                                                  {"act", "--dry-run"},
                                                  {"rules", "list"},
                                                  {"config", "show"},
                                                  {"doctor"}}) {
        const auto rows = site.listed(words);
        EXPECT_GT(rows.size(), 3U) << words[0];
        std::set<std::vector<std::string>> keys;
        for (const auto& row : rows)
            keys.insert(keys_of(row));
        EXPECT_EQ(keys.size(), 1U) << words[0] << ": not the same keys in each line";
    }
}

}  // namespace

}  // namespace ndr::support
