// The configuration: where it is looked for, and what is wrong in it.
#include <gtest/gtest.h>

#include <unistd.h>
#include <set>

#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

// A site whose configurations are told apart by their block_term.
class ConfigurationOrder : public ::testing::Test {
protected:
    void SetUp() override {
        if (std::filesystem::exists("/etc/ndr-triage/ndr-triage.conf"))
            GTEST_SKIP() << "this machine has an /etc/ndr-triage/ndr-triage.conf of its own";
        site.write("option.conf", "block_term = 1d\n");
        site.write("environment.conf", "block_term = 2d\n");
        site.write("xdg/ndr-triage/ndr-triage.conf", "block_term = 3d\n");
        site.write("home/.config/ndr-triage/ndr-triage.conf", "block_term = 4d\n");
        program = site.program({});
        program.words = {"config", "show", "--json"};
        program.environment = {{"HOME", site.at("home")}, {"XDG_CONFIG_HOME", site.at("xdg")}};
    }

    std::string value(const std::string& key) const {
        const Ran ran = run(program);
        EXPECT_EQ(ran.status, 0) << ran;
        for (const auto& row : json_lines(ran.out)) {
            if (row["key"] == key) return row["value"];
        }
        return "no such key";
    }
    // The file it says that it read.
    std::string source() {
        Program text = program;
        text.words = {"config", "show"};
        return lines_of(run(text).out).at(0);
    }

    Site site;
    Program program;
};

TEST_F(ConfigurationOrder, the_option_comes_first) {
    program.environment["NDR_TRIAGE_CONFIG"] = site.at("environment.conf");
    program.words.insert(program.words.begin(), {"--config", "option.conf"});
    EXPECT_EQ(value("block_term"), "1d");
}

TEST_F(ConfigurationOrder, then_the_environment) {
    program.environment["NDR_TRIAGE_CONFIG"] = site.at("environment.conf");
    EXPECT_EQ(value("block_term"), "2d");
    EXPECT_EQ(source(), "# read from " + site.at("environment.conf"));
}

TEST_F(ConfigurationOrder, then_the_users_own_by_xdg) {
    EXPECT_EQ(value("block_term"), "3d");
}

TEST_F(ConfigurationOrder, then_the_users_own_below_home) {
    program.environment.erase("XDG_CONFIG_HOME");
    EXPECT_EQ(value("block_term"), "4d");
    program.environment["XDG_CONFIG_HOME"] = "";
    EXPECT_EQ(value("block_term"), "4d");
    program.environment["XDG_CONFIG_HOME"] = "relative";
    EXPECT_EQ(value("block_term"), "4d");
    program.environment["NDR_TRIAGE_CONFIG"] = "";
    EXPECT_EQ(value("block_term"), "4d");
}

TEST_F(ConfigurationOrder, then_the_defaults_with_a_ledger_of_the_users_own) {
    std::filesystem::remove_all(site.at("home/.config"));
    std::filesystem::remove_all(site.at("xdg"));
    EXPECT_EQ(value("block_term"), "30d");
    EXPECT_EQ(value("ledger"), site.at("home/.local/state/ndr-triage/ledger.sqlite3"));
    EXPECT_EQ(value("hold"), site.at("home/.local/state/ndr-triage/hold"));
    EXPECT_TRUE(holds(source(), "defaults"));
    program.environment["XDG_STATE_HOME"] = site.at("state");
    EXPECT_EQ(value("ledger"), site.at("state/ndr-triage/ledger.sqlite3"));
    program.words.insert(program.words.begin(), {"--ledger", "here.sqlite3"});
    EXPECT_EQ(value("ledger"), site.at("here.sqlite3"));
    EXPECT_EQ(value("hold"), site.at("hold"));
}

TEST_F(ConfigurationOrder, a_file_that_was_named_must_be_there) {
    program.words.insert(program.words.begin(), {"--config", "gone.conf"});
    expect_one_line_error(run(program), 66, {"gone.conf"});
    program.words = {"config", "show"};
    program.environment["NDR_TRIAGE_CONFIG"] = "gone.conf";
    expect_one_line_error(run(program), 66, {"gone.conf"});
}

TEST_F(ConfigurationOrder, root_reads_nothing_of_a_home) {
    if (geteuid() != 0) GTEST_SKIP() << "only root can test what root does";
    program.is_unprivileged = false;
    EXPECT_EQ(value("block_term"), "30d");
    EXPECT_EQ(value("ledger"), "/var/lib/ndr-triage/ledger.sqlite3");
}

// Root takes the effective user id of whoever owns the place, so that he can go on there.
TEST_F(ConfigurationOrder, root_leaves_no_file_of_its_own_beside_the_ledger) {
    if (geteuid() != 0) GTEST_SKIP() << "only root can test what root does";
    if (is_sanitized()) program.environment["ASAN_OPTIONS"] = "detect_leaks=0:exitcode=99";
    // ... for the kernel lets nobody look into a process that changed its user.
    program.is_unprivileged = false;
    program.input = example("replies/03-qmail-no-mailbox.eml");
    program.words = {"--ledger", "new.sqlite3", "replay", "-"};
    EXPECT_EQ(run(program).status, 0);
    program.words = {"--ledger", "new.sqlite3", "deliver"};
    program.input = "";  // held
    EXPECT_EQ(run(program).status, 0);
    program.is_unprivileged = true;
    program.words = {"--ledger", "new.sqlite3", "hold", "drop", "1"};
    EXPECT_EQ(run(program).status, 0);
    program.words = {"--ledger", "new.sqlite3", "replay", "-"};
    program.input = example("replies/04-exim-no-such-user.eml");
    const Ran ran = run(program);
    EXPECT_EQ(ran.status, 0) << ran;
}

// Some keys have no value then, which is none to write.
TEST_F(ConfigurationOrder, what_show_prints_of_the_defaults_can_be_used_as_a_configuration) {
    std::filesystem::remove_all(site.at("home/.config"));
    std::filesystem::remove_all(site.at("xdg"));
    program.words = {"config", "show"};
    const Ran shown = run(program);
    ASSERT_EQ(shown.status, 0) << shown;
    EXPECT_TRUE(holds(shown.out, "defaults"));
    program.words = {"--config", site.write("shown.conf", shown.out), "config", "check"};
    const Ran checked = run(program);
    EXPECT_EQ(checked.status, 0) << checked;
    EXPECT_TRUE(holds(checked.out, "no fault")) << checked;
}

// ---- what is wrong in it -----------------------------------------------------------------------

TEST(Configuration, a_fault_names_file_and_line_and_ends_in_78) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"settle = 1d\ncolour = red\n", ":2: unknown key 'colour'"},
        {"block_term = 30d # a month\n", ":1: a '#'"},
        {"\n# good\naddress = a#b@example.org\n", ":3: a '#'"},
        {"block_term = soon\n", ":1: 'soon'"},
        {"block_term =\n", ":1: ''"},
        {"ledger = relative/path\n", ":1: 'relative/path'"},
        {"max_size = 1\n", ":1: '1'"},
        {"home_countries = Germany\n", ":1: 'Germany'"},
        {"allow_documentation = perhaps\n", ":1: 'perhaps'"},
        {"address = not-an-address\n", ":1: 'not-an-address'"},
        {"settle = 1d\nsettle = 2d\n", ":2: 'settle'"},
        {"what is this\n", ":1: "},
        {"[policy]\nmailbox-full.elsewhere = shoot\n", ":2: 'shoot'"},
        {"[policy]\nrefused.elsewhere = block\n", ":2: unknown key 'policy.refused.elsewhere'"},
        {"bl\x1b[31mock = 1\n", ":1: unknown key"}};
    const Site site;
    for (const auto& [text, part] : cases) {
        const std::string path = site.write("bad.conf", text);
        for (const std::vector<std::string>& words : {std::vector<std::string>{"config", "check"},
                                                      {"networks"},
                                                      {"classify", "bad.conf"}}) {
            Program program = site.program({});
            program.words = {"--config", path};
            program.words.insert(program.words.end(), words.begin(), words.end());
            const Ran ran = run(program);
            expect_one_line_error(ran, 78, {path + part});
            EXPECT_FALSE(holds(ran.err, "\x1b"));
        }
    }
}

TEST(Configuration, comments_blanks_and_sections_are_read) {
    Site site;
    site.configure(
        "\n   # a comment\n\tblock_term=2w\n[policy]\n"
        "mailbox-full.elsewhere = nothing\nlost-connection.elsewhere = block,  call\n");
    std::map<std::string, std::string> values;
    for (const auto& row : site.listed({"config", "show"}))
        values[row["key"]] = row["value"];
    EXPECT_EQ(values["block_term"], "14d");
    EXPECT_EQ(values["policy.mailbox-full.elsewhere"], "nothing");
    EXPECT_EQ(values["policy.lost-connection.elsewhere"], "block, call");
    EXPECT_EQ(values["address"], "complaints@example.org");
}

TEST(Configuration, what_show_prints_can_be_used_as_a_configuration) {
    Site site;
    site.configure("block_term = 12h\nhome_countries = DE, FR\nallow_documentation = yes\n");
    const std::string shown = site.output({"config", "show"});
    Program program = site.program({});
    program.words = {"--config", site.write("shown.conf", shown), "config", "show"};
    const Ran again = run(program);
    EXPECT_EQ(again.status, 0) << again;
    EXPECT_EQ(replaced(again.out, "shown.conf", "site.conf"), shown);
}

// The example shows each key with its default, commented out.
TEST(Configuration, the_example_shows_every_key_and_its_default) {
    const Site site;
    std::string uncommented;
    for (const auto& line : lines_of(example("ndr-triage.conf"))) {
        const bool is_key = line.rfind('#', 0) == 0 && line.rfind("# ", 0) != 0 && line.size() > 1;
        uncommented += (is_key ? line.substr(1) : line) + "\n";
    }
    const auto values = [&](const std::string& path) {
        Program program = site.program({});
        program.words = {"--config", path, "config", "show", "--json"};
        const Ran ran = run(program);
        EXPECT_EQ(ran.status, 0) << ran;
        std::map<std::string, std::string> found;
        for (const auto& row : json_lines(ran.out))
            found[row["key"]] = row["value"];
        return found;
    };
    uncommented = replaced(uncommented, "/etc/ndr-triage/allow.list", site.write("allow.list", ""));
    auto shown = values(site.write("example.conf", uncommented));
    auto defaults = values(site.write("empty.conf", ""));
    ASSERT_EQ(shown.size(), defaults.size());
    EXPECT_EQ(shown["ledger"], "/var/lib/ndr-triage/ledger.sqlite3");
    EXPECT_EQ(shown["rules_dir"], "/etc/ndr-triage/rules.d");
    for (const auto& [key, value] : defaults) {
        static const std::set<std::string> sites{"ledger",
                                                 "hold",
                                                 "retry_folders",
                                                 "keys",
                                                 "rules_dir",
                                                 "address",
                                                 "own_domains",
                                                 "allow_list",
                                                 "mail_hosts",
                                                 "own_mta",
                                                 "from_name",
                                                 "records",
                                                 "complaint_template",
                                                 "back_ends",
                                                 "crowdsec.config",
                                                 "crowdsec.bouncer_key",
                                                 "answers",
                                                 "notify",
                                                 "control_host",
                                                 "list.path",
                                                 "command.add",
                                                 "command.remove",
                                                 "command.check",
                                                 "postfix.path",
                                                 "rbldnsd.zone",
                                                 "rbldnsd.ipv4_path",
                                                 "rbldnsd.ipv6_path",
                                                 "registries",
                                                 "reports"};
        const bool is_the_sites = sites.count(key) > 0 || key.rfind("lookup_", 0) == 0;
        EXPECT_TRUE(is_the_sites || shown[key] == value) << key << ": " << shown[key];
        EXPECT_TRUE(holds(uncommented, "\n" + key.substr(key.find('.') + 1) + " = ") ||
                    key == "hold")
            << key << " is not in it";
    }
}

TEST(Configuration, the_example_rules_are_proven) {
    Site site;
    site.write("rules.d/site.rules", example("rules.d/site.rules"));
    const Ran ran = site.run({"rules", "check"});
    EXPECT_FALSE(holds(ran.err, "site.rules")) << ran;
}

TEST(Configuration, check_says_that_there_is_no_fault) {
    const Site site;
    const std::string out = site.output({"config", "check"});
    EXPECT_TRUE(holds(out, site.at("site.conf"))) << out;
    EXPECT_TRUE(holds(out, "no fault")) << out;
}

}  // namespace

}  // namespace ndr::support
