// `act` killed at a hundred random points: nothing is lost, nothing done twice.
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <random>
#include <thread>

#include "support/complained.hpp"
#include "support/ledger_file.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kills = 100;
constexpr int networks = 4;

std::string domain_of_network(int i) {
    return "net" + std::to_string(i) + ".example";
}

std::string whois_of(int i) {
    const std::string first = "203.0.113." + std::to_string(64 * i);
    const std::string last = "203.0.113." + std::to_string(64 * i + 63);
    return ripe_answer(first + " - " + last, "abuse@" + domain_of_network(i));
}

// Four networks whose contacts failed: of each a block and a notice are due. Every trial begins
// with that ledger.
struct KilledAct : Complained, testing::Test {
    KilledAct() : Complained(whois_of(0)) {
        for (int i = 0; i < networks; ++i) {
            const std::string contact = "abuse@" + domain_of_network(i);
            if (i > 0) {
                site.output({"networks", "import", site.write("more.txt", whois_of(i))});
                site.output({"complain", "--ip", "203.0.113." + std::to_string(64 * i + 7)});
            }
            bounce(contact, "5.1.1", "smtp; 550 5.1.1 <" + contact + ">: User unknown");
        }
        site.configure("enforce = block, notice\nback_ends = list\nlist.path = " +
                       site.make_directory("export") + "/blocked\n");
        due = octets_of(site.ledger());
        server.think_for(std::chrono::milliseconds(20));  // most points fall into letters
    }

    void begin_anew() const {
        for (const char* name : {"ledger.sqlite3-wal", "ledger.sqlite3-shm", "export/blocked"})
            fs::remove(site.at(name));
        site.write("ledger.sqlite3", due);
    }
    // How often a letter to the postmaster arrived so far.
    std::map<std::string, std::size_t> letters() const {
        std::map<std::string, std::size_t> count;
        for (const auto& session : server.received()) {
            for (const auto& command : session.commands) {
                const auto at = command.find("TO:<postmaster@");
                if (at != std::string::npos)
                    ++count[command.substr(at + 15, command.find('>') - at - 15)];
            }
        }
        return count;
    }
    void kill_after(std::chrono::microseconds delay) const {
        Running running(site.program({"act", "--first"}));
        std::this_thread::sleep_for(delay);  // the random point, and no event may choose it
        kill(running.pid(), SIGKILL);
        running.finish();
    }
    std::vector<std::string> states(const std::string& kind) const {
        std::vector<std::string> found;
        for (const auto& row :
             LedgerFile(site.ledger())
                 .rows("SELECT state FROM follow_up WHERE kind = '" + kind + "' ORDER BY target"))
            found.push_back(row[0]);
        return found;
    }

    std::string due;
};

}  // namespace

TEST_F(KilledAct, leaves_each_block_done_or_due_and_each_letter_sent_at_most_once) {
    begin_anew();
    const auto began = Clock::now();
    ASSERT_EQ(site.run({"act", "--first"}).status, 0);
    const auto whole =
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began).count();
    ASSERT_EQ(states("block"), std::vector<std::string>(networks, "done"));
    ASSERT_EQ(states("notice"), std::vector<std::string>(networks, "done"));
    const auto before_all = letters();
    ASSERT_EQ(before_all.size(), static_cast<std::size_t>(networks));
    const std::string complete = octets_of(site.at("export/blocked"));

    std::mt19937 random(20261123);
    std::uniform_int_distribution<long> point(0, whole);
    int cut_short = 0;
    for (int trial = 0; trial < kills; ++trial) {
        begin_anew();
        const auto before = letters();
        const long delay = point(random);
        SCOPED_TRACE("trial " + std::to_string(trial) + ", killed after " + std::to_string(delay) +
                     " us of " + std::to_string(whole));
        kill_after(std::chrono::microseconds(delay));
        for (const auto& state : states("block"))
            EXPECT_TRUE(state == "due" || state == "done") << state;
        const bool is_whole = fs::exists(site.at("export/blocked")) &&
                              octets_of(site.at("export/blocked")) == complete;
        if (!is_whole) ++cut_short;
        ASSERT_EQ(site.run({"act", "--first"}).status, 0);
        // Each once in the ledger, and in force.
        EXPECT_EQ(states("block"), std::vector<std::string>(networks, "done"));
        EXPECT_EQ(octets_of(site.at("export/blocked")), complete);
        // A letter left at most once; one of which nobody knows waits for a person.
        const auto notices = states("notice");
        ASSERT_EQ(notices.size(), static_cast<std::size_t>(networks));
        const auto after = letters();
        for (int i = 0; i < networks; ++i) {
            const std::string domain = domain_of_network(i);
            const auto old = before.count(domain) > 0 ? before.at(domain) : 0;
            const auto arrived = after.at(domain) - old;
            EXPECT_LE(arrived, 1U) << domain;
            const std::string& state = notices[static_cast<std::size_t>(i)];
            EXPECT_TRUE(state == "sending" || (state == "done" && arrived == 1))
                << domain << ": " << state << ", arrived " << arrived;
        }
    }
    RecordProperty("cut_short", cut_short);
    EXPECT_GT(cut_short, kills / 4) << "the points were not random enough";
}

}  // namespace ndr::support
