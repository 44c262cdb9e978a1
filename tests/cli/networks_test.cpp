#include <gtest/gtest.h>

#include <fstream>

#include "support/registry.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

constexpr const char* answer =
    "inetnum: 203.0.112.0 - 203.0.113.255\nnetname: EXAMPLE-NET\ncountry: NZ\nabuse-c: A1\n"
    "source: APNIC\n\nrole: Desk\nnic-hdl: A1\nabuse-mailbox: abuse@example.net\n"
    "phone: +64 4 555 0100\n";

// A site with one complaint about 203.0.113.7, its network a guess.
class NetworksCommand : public testing::Test {
protected:
    NetworksCommand() {
        site_.write("complaint.eml",
                    "From: complaints@example.org\nTo: abuse@example.net\n"
                    "Subject: Abuse from 203.0.113.7\nMessage-ID: <c1@example.org>\n"
                    "Date: Fri, 20 Nov 2026 12:00:00 +0000\n\nlog\n");
        site_.output({"record", "complaint.eml"});
    }

    void ask(const std::string& behaviour) {
        site_.configure("lookup_bootstrap = " + registry_.bootstrap(behaviour) +
                        "\nlookup_whois = " + registry_.whois() + "\n");
    }
    std::string networks() {
        std::string text;
        for (const auto& row : site_.listed({"networks"}))
            text += row["network"].get<std::string>() + " " + row["authority"].get<std::string>() +
                    " " + std::to_string(row["complaints"].get<int>()) + "\n";
        return text;
    }

    Site site_;
    Registry registry_;
};

}  // namespace

TEST_F(NetworksCommand, imports_answers_by_their_content) {
    EXPECT_EQ(networks(), "203.0.113.0/24 guess 1\n");
    site_.write("answer.txt", answer);
    EXPECT_EQ(site_.output({"networks", "import", "answer.txt"}),
              "answer.txt: 203.0.112.0/23 EXAMPLE-NET, NZ, APNIC: abuse@example.net\n"
              "1 network new or changed, 1 complaint moved, 1 case decided again\n");
    EXPECT_EQ(networks(), "203.0.112.0/23 imported 1\n203.0.113.0/24 guess 0\n");
    EXPECT_EQ(site_.output({"networks", "import", "-"}, answer),
              "-: 203.0.112.0/23 EXAMPLE-NET, NZ, APNIC: abuse@example.net\n"
              "0 networks new or changed, 0 complaints moved, 0 cases decided again\n");
}

TEST_F(NetworksCommand, shows_one_with_its_contacts) {
    site_.output({"networks", "import", "-"}, answer);
    EXPECT_EQ(site_.output({"networks", "show", "203.0.113.7"}),
              "203.0.112.0/23\n"
              "  name              EXAMPLE-NET\n"
              "  handle            203.0.112.0 - 203.0.113.255\n"
              "  country           NZ\n"
              "  registry          APNIC\n"
              "  who says so       imported, standard input, 2026-11-23T12:00:00Z\n"
              "  telephone         +64 4 555 0100\n"
              "  abuse             abuse@example.net, +64 4 555 0100, Desk\n"
              "  complaints        1\n"
              "  open follow-ups   0\n");
    const auto rows = site_.listed({"networks", "show", "203.0.113.0/24"});
    EXPECT_EQ(rows.at(0)["contacts"], Json::array({"abuse@example.net"}));
    expect_one_line_error(site_.run({"networks", "show", "192.0.2.1"}), 66,
                          {"none is known that holds 192.0.2.1"});
}

TEST_F(NetworksCommand, stores_nothing_of_what_is_no_answer) {
    site_.write("page.html", "<html>Too many requests</html>");
    site_.write("wide.txt", "inetnum: 0.0.0.0 - 255.255.255.255\n");
    const Ran ran = site_.run({"networks", "import", "page.html", "wide.txt"});
    EXPECT_EQ(ran.status, 65);
    EXPECT_EQ(
        ran.err,
        "ndr-triage: page.html: HTML instead of whois text; a registry's RDAP or whois answer "
        "is wanted\n"
        "ndr-triage: wide.txt: 0.0.0.0/0 is wider than any registered network; a registry's "
        "RDAP or whois answer is wanted\n");
    EXPECT_EQ(networks(), "203.0.113.0/24 guess 1\n");
    expect_one_line_error(site_.run({"networks", "import", "absent"}), 66, {"absent"});
    expect_one_line_error(site_.run({"networks", "import"}), 64, {"networks import FILE..."});
    expect_one_line_error(site_.run({"networks", "frobnicate"}), 64, {"networks import FILE..."});
}

TEST_F(NetworksCommand, imports_statistics_and_lists_them_on_demand) {
    site_.write("delegated",
                "2|apnic|20261119|2|19830613|20261119|+1000\n"
                "apnic|NZ|ipv4|203.0.112.0|512|20110412|allocated|A1\n"
                "apnic|AU|ipv4|198.51.100.0|768|20110412|allocated|A2\n");
    EXPECT_EQ(site_.output({"networks", "import", "--delegated", "delegated"}),
              "2 networks new or changed, 1 complaint moved, 1 case decided again\n");
    EXPECT_EQ(networks(), "203.0.112.0/23 delegated 1\n203.0.113.0/24 guess 0\n");
    EXPECT_EQ(site_.listed({"networks", "list", "--all"}).size(), 3U);
    expect_one_line_error(site_.run({"networks", "import", "--delegated", "complaint.eml"}), 65,
                          {"complaint.eml:1: "});
}

TEST_F(NetworksCommand, refreshes_what_open_cases_know_by_guess) {
    ask("good");
    EXPECT_EQ(site_.output({"networks", "refresh"}),
              "203.0.113.7: 203.0.113.0/24 FROM-RDAP, NZ, APNIC: abuse@example.net\n"
              "1 address asked for; 1 network new or changed, 0 complaints moved, 1 case decided "
              "again\n");
    EXPECT_EQ(networks(), "203.0.113.0/24 registry 1\n");
    // Known now: nothing to ask, until it is old.
    EXPECT_EQ(site_.output({"networks", "refresh"}),
              "0 addresses asked for; 0 networks new or changed, 0 complaints moved, 0 cases "
              "decided again\n");
    EXPECT_EQ(registry_.questions().size(), 1U);
}

TEST_F(NetworksCommand, refreshes_what_is_named_and_notes_changed_contacts) {
    ask("good");
    site_.output({"networks", "refresh", "203.0.113.7"});
    EXPECT_TRUE(site_.listed({"networks"}).at(0)["contacts_changed_at"].is_null());
    // The registry names another contact; the clock of the second run is an hour later.
    Site other;
    other.configure("lookup_bootstrap = " + registry_.bootstrap("changed") +
                    "\nlookup_cache = " + other.at("cache") + "\nnetwork_age = 0\n");
    Program program =
        other.program({"--ledger", site_.ledger(), "networks", "refresh", "203.0.113.7"});
    program.words[3] = "2026-11-23T13:00:00Z";
    const Ran ran = support::run(program);
    EXPECT_EQ(ran.status, 0) << ran;
    const auto row = site_.listed({"networks"}).at(0);
    EXPECT_EQ(row["contacts"], Json::array({"cert@example.net"}));
    EXPECT_EQ(row["contacts_changed_at"], "2026-11-23T13:00:00Z");
}

TEST_F(NetworksCommand, tells_what_could_not_be_refreshed_and_keeps_what_it_has) {
    ask("busy");
    site_.write("wide.txt", answer);
    const Ran ran = site_.run({"networks", "refresh", "203.0.113.12"});
    EXPECT_EQ(ran.status, 75) << ran;
    EXPECT_NE(ran.err.find("ndr-triage: 203.0.113.12: "), std::string::npos) << ran;
    EXPECT_NE(ran.err.find("ask again in 120 s"), std::string::npos) << ran;
    EXPECT_EQ(networks(), "203.0.113.0/24 guess 1\n");
    expect_one_line_error(site_.run({"networks", "refresh", "nonsense"}), 64,
                          {"'nonsense' is no address or prefix"});
}

TEST_F(NetworksCommand, asks_nobody_where_look_ups_are_switched_off) {
    ask("good");
    site_.configure("lookup = no\n");
    expect_one_line_error(site_.run({"networks", "refresh", "203.0.113.7"}), 65,
                          {"look-ups are switched off (lookup = no)"});
    EXPECT_TRUE(registry_.questions().empty());
}

}  // namespace ndr::support
