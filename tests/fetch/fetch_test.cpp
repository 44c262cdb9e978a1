// The helper as a whole, against real servers on loopback.
#include <fmt/core.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <thread>

#include "ndr_triage/base/processes.hpp"
#include "ndr_triage/network/fetched.hpp"
#include "support/registry.hpp"
#include "support/site.hpp"

namespace ndr {

namespace {

class Fetch : public testing::Test {
protected:
    Finished run(std::vector<std::string> words) {
        words.insert(words.begin(), support::fetch_program());
        return run_program(words, "", std::chrono::seconds(50), 4 * 1024 * 1024);
    }
    Finished rdap(const std::string& behaviour, const std::string& address = "203.0.113.7") {
        return run({"--bootstrap", registry_.bootstrap(behaviour), "rdap", address});
    }
    Finished whois(const std::string& address, std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--server", registry_.whois(), "whois", address});
        return run(std::move(more));
    }
    static std::vector<Fetched> answers(const Finished& ran) {
        EXPECT_EQ(ran.status, 0) << ran.errors;
        EXPECT_EQ(ran.errors, "");
        return read_fetched(ran.output).value_or(std::vector<Fetched>{});
    }
    static void expect_fault(const Finished& ran, int status, const std::string& part) {
        EXPECT_EQ(ran.status, status) << ran.errors;
        EXPECT_EQ(ran.output, "");
        EXPECT_EQ(support::lines_of(ran.errors).size(), 1U) << ran.errors;
        EXPECT_NE(ran.errors.find(part), std::string::npos) << ran.errors;
    }

    support::TemporaryDirectory directory_;
    support::Registry registry_;
};

}  // namespace

TEST_F(Fetch, prints_an_answer_under_its_source_and_time) {
    const auto got = answers(rdap("good"));
    ASSERT_EQ(got.size(), 1U);
    EXPECT_EQ(got[0].source, "http://" + registry_.rdap() + "/good/ip/203.0.113.7");
    EXPECT_NE(got[0].octets.find("\"FROM-RDAP\""), std::string::npos);
    ASSERT_EQ(registry_.questions().size(), 1U);
    EXPECT_TRUE(
        registry_.questions()[0].starts_with("GET /good/ip/203.0.113.7 application/rdap+json"));
}

TEST_F(Fetch, follows_redirects_to_http_only_and_five_at_most) {
    EXPECT_EQ(answers(rdap("redirect")).at(0).source,
              "http://" + registry_.rdap() + "/good/ip/203.0.113.7");
    const auto before = registry_.questions().size();
    expect_fault(rdap("loop"), 75, "more than 5 redirects");
    EXPECT_EQ(registry_.questions().size() - before, 6U);
    expect_fault(rdap("file"), 75, "neither http nor https");
}

TEST_F(Fetch, names_each_fault) {
    expect_fault(rdap("missing"), 66, "status 404: the registry has no such network");
    expect_fault(rdap("busy"), 75, "status 429: ask again in 120 s");
    expect_fault(rdap("html"), 65, "HTML instead of RDAP");
    expect_fault(rdap("huge"), 65, "the answer is longer than 1048576 octets");
    expect_fault(
        run({"--limit", "1", "--bootstrap", registry_.bootstrap("slow"), "rdap", "203.0.113.7"}),
        75, "it did not answer in time");
    expect_fault(run({"--server", "127.0.0.1:1", "whois", "203.0.113.7"}), 75,
                 "whois://127.0.0.1:1: ");
}

TEST_F(Fetch, keeps_answers_for_a_day) {
    const std::string cache = directory_.at("cache");
    const std::string bootstrap = registry_.bootstrap("good");
    const std::vector<std::string> words{"--cache", cache,  "--bootstrap",
                                         bootstrap, "rdap", "203.0.113.7"};
    const Finished first = run(words);
    const Finished second = run(words);
    EXPECT_EQ(answers(first).size(), 1U);
    EXPECT_EQ(first.output, second.output);
    EXPECT_EQ(registry_.questions().size(), 1U);
    // Two days later: the same file, aged.
    auto old = answers(first);
    old[0].at -= std::chrono::days(2);
    directory_.write("cache/answer-rdap-203.0.113.7", fetched_text(old));
    answers(run(words));
    EXPECT_EQ(registry_.questions().size(), 2U);
    // What somebody broke is asked for anew.
    directory_.write("cache/answer-rdap-203.0.113.7", "rubbish");
    answers(run(words));
    EXPECT_EQ(registry_.questions().size(), 3U);
}

TEST_F(Fetch, asks_a_server_ten_times_a_minute_at_most) {
    const std::string bootstrap = registry_.bootstrap("good");
    Finished last;
    for (int i = 1; i <= 11; ++i)
        last = run({"--cache", directory_.at("cache"), "--bootstrap", bootstrap, "rdap",
                    "203.0.113." + std::to_string(i)});
    expect_fault(last, 75, registry_.rdap() + ": not to be asked for another ");
    EXPECT_EQ(registry_.questions().size(), 10U);
}

TEST_F(Fetch, leaves_a_server_alone_that_wants_it) {
    const std::string cache = directory_.at("cache");
    expect_fault(
        run({"--cache", cache, "--bootstrap", registry_.bootstrap("busy"), "rdap", "203.0.113.7"}),
        75, "status 429");
    expect_fault(
        run({"--cache", cache, "--bootstrap", registry_.bootstrap("good"), "rdap", "203.0.113.8"}),
        75, "not to be asked for another ");
    EXPECT_EQ(registry_.questions().size(), 1U);
}

TEST_F(Fetch, takes_a_bootstrap_from_a_server_once_a_day) {
    // registry.py has no such file: the table of our own knows 203.0.113.0/24 as special use.
    const std::string url = "http://" + registry_.rdap() + "/nothing/";
    const Finished ran =
        run({"--cache", directory_.at("cache"), "--bootstrap", url, "rdap", "203.0.113.7"});
    EXPECT_EQ(ran.status, 66);
    EXPECT_NE(ran.errors.find("status 404; going on without it"), std::string::npos) << ran.errors;
    EXPECT_NE(ran.errors.find("no RDAP server is known for it"), std::string::npos) << ran.errors;
    EXPECT_TRUE(registry_.questions().at(0).starts_with("GET /nothing/ipv4.json application/json"));
}

TEST_F(Fetch, follows_referrals_of_whois_servers_but_in_no_circle) {
    const auto got = answers(whois("203.0.113.7"));
    ASSERT_EQ(got.size(), 2U);
    EXPECT_EQ(got[0].source, "whois://" + registry_.whois());
    EXPECT_EQ(got[1].source, "whois://" + registry_.referred());
    EXPECT_EQ(registry_.questions(),
              (std::vector<std::string>{"first 203.0.113.7", "referred 203.0.113.7"}));
}

TEST_F(Fetch, bounds_whois_answers_in_size_and_time) {
    expect_fault(whois("203.0.113.10"), 65, "the answer is longer than 1048576 octets");
    expect_fault(whois("203.0.113.11", {"--limit", "1"}), 75, "it did not answer in time");
}

// `act` may have the right to change firewalls, as its unit starts it. This can fail as root only.
TEST_F(Fetch, has_no_rights_while_it_talks_to_the_world) {
    std::thread asking([&] { whois("203.0.113.11"); });  // which is not answered
    EXPECT_TRUE(support::comes_true([&] { return !registry_.questions().empty(); }));
    std::string status;
    for (const pid_t child : support::children_of(getpid())) {
        const std::string found = support::octets_of(fmt::format("/proc/{}/status", child));
        if (!found.starts_with("Name:\tndr-triage-fetc")) continue;
        status = found;
        kill(child, SIGTERM);
    }
    asking.join();
    for (const char* none : {"\nCapInh:\t", "\nCapPrm:\t", "\nCapEff:\t", "\nCapAmb:\t"})
        EXPECT_NE(status.find(none + std::string("0000000000000000\n")), std::string::npos)
            << status;
    EXPECT_NE(status.find("\nNoNewPrivs:\t1\n"), std::string::npos);
}

TEST_F(Fetch, asks_for_nothing_but_addresses) {
    expect_fault(run({"rdap", "example.net"}), 64, "example.net: no IP address");
    expect_fault(run({"whois", "203.0.113.0/24"}), 64, "no IP address");
    expect_fault(run({"rdap"}), 64, "write 'rdap ADDRESS'");
    expect_fault(run({"finger", "203.0.113.7"}), 64, "write 'rdap ADDRESS'");
    expect_fault(run({"--cache"}), 64, "--cache: what?");
    expect_fault(run({"--proxy", "x", "rdap", "203.0.113.7"}), 64, "--proxy: no such option");
    expect_fault(run({"--limit", "0", "rdap", "203.0.113.7"}), 64, "--limit 0: write 1 to 60");
    expect_fault(run({"--server", "-x", "whois", "203.0.113.7"}), 64, "write HOST or HOST:PORT");
    expect_fault(run({"rdap", "192.168.1.1"}), 66, "no registry has it: private use, RFC 1918");
    EXPECT_TRUE(registry_.questions().empty());
    EXPECT_EQ(run({"--help"}).status, 0);
    EXPECT_EQ(run({"--version"}).output.substr(0, 17), "ndr-triage-fetch ");
}

}  // namespace ndr
