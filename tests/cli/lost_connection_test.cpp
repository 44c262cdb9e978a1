// Lost connections through the real program where nobody can be asked: a person decides, and what
// our own block did is nobody's failure. enforcement_test.cpp has the questions that are asked.
#include <gtest/gtest.h>

#include "support/complained.hpp"
#include "support/ledger_file.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

const std::string ripe_text = ripe_answer("203.0.113.0 - 203.0.113.255", "abuse@example.net");
const std::string other_text = ripe_answer("198.51.100.0 - 198.51.100.255", "abuse@example.com");

class LostConnectionsOfASite : public testing::Test, protected Complained {
protected:
    LostConnectionsOfASite() : Complained(ripe_text) {
        site.configure("enforce = block\nback_ends = list\nlist.path = " + list + "\n");
    }
    std::string listed() const { return octets_of(list); }

    std::string list = site.make_directory("export") + "/blocked";
};

TEST_F(LostConnectionsOfASite, block_when_a_person_approved) {
    bounce("abuse@example.net", "4.4.1",
           "X-Postfix; connect to mx.example.net[192.0.2.1]:25: Connection timed out");
    site.output({"act", "--first"});
    EXPECT_FALSE(holds(listed(), "203.0.113"));
    site.output({"approve", follow_up("block"), "--why", "their MX is gone for weeks"});
    const std::string said = site.output({"act", "--first"});
    EXPECT_TRUE(holds(said, "done: block 203.0.113.0/24")) << said;
    EXPECT_FALSE(holds(said, "asked:")) << said;
    EXPECT_TRUE(holds(listed(), "203.0.113.0/24"));
}

// The contact of another network, with its mail host in the one that is blocked.
TEST_F(LostConnectionsOfASite, of_our_own_block_let_nothing_follow) {
    bounce("abuse@example.net", "5.1.1", no_such_user);
    site.output({"act", "--first"});
    ASSERT_TRUE(holds(listed(), "203.0.113.0/24"));
    // The bounces of these tests are of 11:59, one minute ago.
    LedgerFile(site.ledger()).execute("UPDATE follow_up SET done_at = done_at - 3600");
    site.output({"networks", "import", site.write("other.txt", other_text)});
    site.output({"complain", "--ip", "198.51.100.7"});
    bounce("abuse@example.com", "4.4.1",
           "X-Postfix; connect to mx.example.com[203.0.113.25]:25: Connection timed out");
    const std::string story = site.output({"status", "198.51.100.7"});
    EXPECT_TRUE(holds(story, "reply 2, dsn, signed")) << story;
    EXPECT_TRUE(holds(story,
                      "its lost connection is undetermined, for our own block of 203.0.113.0/24 "
                      "covered the mail host"))
        << story;
    EXPECT_FALSE(holds(story, "decided")) << story;
}

}  // namespace

}  // namespace ndr::support
