#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

TEST(KeysCommand, lists_keys_and_which_one_signs_but_no_secret) {
    const Site site;
    EXPECT_TRUE(holds(site.output({"keys"}), "no key"));
    site.output({"keys", "new"});
    site.output({"keys", "new"});
    const auto rows = site.listed({"keys"});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["use"], "verifies");
    EXPECT_EQ(rows[0]["believed_until"], "2027-01-22T12:00:00Z");  // 60 days after the second
    EXPECT_EQ(rows[1]["use"], "signs");
    EXPECT_EQ(rows[1]["believed_until"], nullptr);
    const std::string secret = octets_of(site.at("keys")).substr(5, 64);
    EXPECT_FALSE(holds(site.output({"keys"}), secret));
    struct stat state {};
    ASSERT_EQ(stat(site.at("keys").c_str(), &state), 0);
    EXPECT_EQ(state.st_mode & 07777U, 0600U);
}

TEST(KeysCommand, carries_a_key_to_another_host_where_it_only_verifies) {
    const Site protected_server;
    const Site ledger_host;
    protected_server.output({"keys", "new"});
    ledger_host.output({"keys", "new"});
    const std::string id = protected_server.listed({"keys"}).at(0)["id"];
    const std::string line = protected_server.output({"keys", "export", id});
    EXPECT_TRUE(holds(ledger_host.output({"keys", "import"}, line), "verifies"));
    const auto rows = ledger_host.listed({"keys"});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["use"], "signs");
    EXPECT_EQ(rows[1]["id"], id);
    EXPECT_EQ(rows[1]["use"], "verifies");
    EXPECT_EQ(rows[1]["is_foreign"], true);
    expect_one_line_error(ledger_host.run({"keys", "import"}, line), 65, {"already", id});
    EXPECT_EQ(ledger_host.listed({"keys"}).size(), 2U);
}

TEST(KeysCommand, refuses_what_is_no_key) {
    const Site site;
    expect_one_line_error(site.run({"keys", "import"}, ""), 78, {"standard input", "no key"});
    expect_one_line_error(site.run({"keys", "import"}, "abcd\n"), 78, {"standard input:1"});
    expect_one_line_error(site.run({"keys", "export", "abcd"}), 66, {"no key 'abcd'"});
    expect_one_line_error(site.run({"keys", "old"}), 64, {"keys: write"});
}

TEST(KeysCommand, a_file_that_others_may_read_stops_everything) {
    const Site site;
    site.output({"keys", "new"});
    ASSERT_EQ(chmod(site.at("keys").c_str(), 0644), 0);
    expect_one_line_error(site.run({"keys"}), 78, {site.at("keys"), "0644", "chmod 600"});
    const Ran ran = site.run({"deliver"}, example("replies/13-vacation.eml"));
    EXPECT_EQ(ran.status, 75) << ran;
}

}  // namespace

}  // namespace ndr::support
