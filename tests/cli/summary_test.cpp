// summary: totals of a period as text, as JSON and as a page.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "support/site.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

// All examples: complaints of 2026-11-03 to 17 to two contacts where two are named, one reply of
// each of 21 kinds.
class SummaryCommand : public ::testing::Test {
protected:
    void SetUp() override { site.take_in_examples(); }
    Json summary(std::vector<std::string> options = {}) const {
        if (options.empty()) options = {"--until", "2026-11-24"};
        options.insert(options.begin(), "summary");
        const auto found = site.listed(std::move(options));
        return found.size() == 1 ? found.front() : Json();
    }

    Site site;
};

}  // namespace

TEST_F(SummaryCommand, of_the_last_thirty_days_counts_all_examples) {
    const Json found = summary();
    EXPECT_EQ(found["period"]["since"], "2026-10-25T00:00:00Z");
    EXPECT_EQ(found["period"]["until"], "2026-11-24T00:00:00Z");
    EXPECT_EQ(found["before"]["since"], "2026-09-25T00:00:00Z");
    EXPECT_EQ(found["period"]["complaints"],
              (Json{{"sent", 0}, {"recorded", 19}, {"not-sent", 0}}));
    EXPECT_EQ(found["period"]["replies"], (Json{{"mailbox-full", 3},
                                                {"recipient-unknown", 6},
                                                {"lost-connection", 2},
                                                {"acknowledged", 6},
                                                {"refused", 1},
                                                {"delayed", 1},
                                                {"undetermined", 1},
                                                {"unrelated", 1}}));
    // The newsletter knows no complaint.
    EXPECT_EQ(found["period"]["trust"], (Json{{"unknown", 1}, {"matched", 20}, {"signed", 0}}));
    EXPECT_EQ(found["period"]["acknowledgements"], (Json{{"ticket", 2},
                                                         {"vacation", 1},
                                                         {"automatic", 0},
                                                         {"redirected", 1},
                                                         {"person", 1},
                                                         {"displayed", 1},
                                                         {"delivered", 0}}));
    // Of 11 there is but a delay.
    EXPECT_EQ(found["period"]["without_answer"], 1);
    // Nine of complaints 1 to 9, both of 18, one of 19.
    EXPECT_EQ(found["period"]["failed_contacts"], 12);
    EXPECT_EQ(found["before"]["replies"]["mailbox-full"], 0);
}

// By the Date of each complaint and the topmost Received of the reply. In order: 1, 2, 2, 2, 3, 3,
// 4, 4, 4, 5, 6, 6, 9, 69 s, two of hours, two of days; mailbox-full 2, 69 and 252221 s,
// lost-connection 1 and 432509 s.
TEST_F(SummaryCommand, tells_how_long_the_first_reply_took) {
    const Json waits = summary()["period"]["first_replies"];
    EXPECT_EQ(waits["mailbox-full"], (Json{{"complaints", 3}, {"median_seconds", 69}}));
    EXPECT_EQ(waits["recipient-unknown"], (Json{{"complaints", 6}, {"median_seconds", 5}}));
    EXPECT_EQ(waits["lost-connection"], (Json{{"complaints", 2}, {"median_seconds", 216255}}));
    EXPECT_EQ(waits["acknowledged"], (Json{{"complaints", 5}, {"median_seconds", 5}}));
    EXPECT_EQ(waits["delayed"], (Json{{"complaints", 0}, {"median_seconds", nullptr}}));
    EXPECT_EQ(waits["all"], (Json{{"complaints", 18}, {"median_seconds", 4}}));
}

TEST_F(SummaryCommand, of_one_day_compares_with_the_day_before) {
    const Json found = summary({"--since", "2026-11-17", "--until", "2026-11-18"});
    EXPECT_EQ(found["period"]["complaints"]["recorded"], 2);
    EXPECT_EQ(found["period"]["replies"]["recipient-unknown"], 2);
    EXPECT_EQ(found["period"]["replies"]["acknowledged"], 1);
    EXPECT_EQ(found["before"]["since"], "2026-11-16T00:00:00Z");
    EXPECT_EQ(found["before"]["complaints"]["recorded"], 2);
    EXPECT_EQ(found["before"]["replies"]["acknowledged"], 2);
    EXPECT_EQ(found["trend"]["steps"].size(), 1U);
    const Json alone = summary({"--until", "2026-11-18"});
    EXPECT_EQ(alone["period"]["since"], "2026-10-19T00:00:00Z");
}

TEST_F(SummaryCommand, ranks_networks_and_domains_by_complaints) {
    const Json found = summary();
    const auto name_of = [](const Json& ranking, std::size_t at) {
        return ranking["rows"][at]["name"];
    };
    ASSERT_EQ(found["networks"]["rows"].size(), 10U);
    EXPECT_EQ(name_of(found["networks"], 0), "198.51.100.0/24");
    EXPECT_EQ(name_of(found["networks"], 1), "203.0.113.0/24");
    EXPECT_EQ(name_of(found["networks"], 2), "192.0.2.0/24");  // three, too, but none failed
    EXPECT_EQ(found["networks"]["others"], 3);
    EXPECT_EQ(found["networks"]["complaints_of_others"], 3);
    EXPECT_EQ(name_of(found["domains"], 0), "harbourline.example.net");
    EXPECT_EQ(found["domains"]["rows"][0]["failed_contacts"], 2);
    EXPECT_EQ(found["countries"]["rows"], (Json::array({{{"name", nullptr},
                                                         {"detail", nullptr},
                                                         {"complaints", 19},
                                                         {"failed_contacts", 12}}})));
}

TEST_F(SummaryCommand, counts_what_is_in_hold) {
    site.make_directory("hold/new");
    site.make_directory("hold/cur");
    for (const char* name : {"hold/new/1", "hold/new/2", "hold/cur/3"})
        site.write(name, "From: a@example.net\n\nx\n");
    const Json now = summary()["now"];
    EXPECT_EQ(now["held_new"], 2);
    EXPECT_EQ(now["held_failed"], 1);
}

TEST_F(SummaryCommand, is_a_page_in_a_file_or_on_standard_output) {
    expect_silent_success(site.run({"summary", "--until", "2026-11-24", "--html", "page.html"}));
    const std::string page = octets_of(site.at("page.html"));
    EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n")) << page;
    EXPECT_TRUE(page.ends_with("</html>\n"));
    EXPECT_EQ(site.output({"summary", "--until", "2026-11-24", "--html", "-"}), page);
    struct stat there {};
    ASSERT_EQ(stat(site.at("page.html").c_str(), &there), 0);
    EXPECT_EQ(there.st_mode & 07777U, 0644U);  // for a web server
    // Again, in its place; nothing is left beside it.
    site.output({"summary", "--html", "page.html"});
    EXPECT_NE(octets_of(site.at("page.html")), page);
    EXPECT_FALSE(std::filesystem::exists(site.at("page.html.new")));
}

TEST_F(SummaryCommand, takes_no_device_link_or_directory_for_a_file) {
    std::filesystem::create_symlink("elsewhere", site.at("link"));
    for (const char* path : {"/dev/null", "link", "replies", ""})
        expect_one_line_error(site.run({"summary", "--html", path}), 64, {"--html", path});
    EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
    EXPECT_FALSE(std::filesystem::exists(site.at("elsewhere")));
    expect_one_line_error(site.run({"summary", "--html", "missing/page.html"}), 66,
                          {"missing/page.html"});
}

TEST_F(SummaryCommand, of_what_strangers_named_is_text) {
    site.write("whois.txt",
               "inetnum: 198.51.100.0 - 198.51.100.255\n"
               "netname: <script>alert(1)</script>\"'&\ncountry: ZZ\nsource: RIPE\n");
    site.output({"networks", "import", "whois.txt"});
    const std::string page = site.output({"summary", "--html", "-"});
    EXPECT_FALSE(holds(page, "<script"));
    EXPECT_TRUE(holds(page, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;")) << page;
    EXPECT_TRUE(holds(page, "RIPE NCC"));
    EXPECT_EQ(summary()["registries"]["rows"][1]["name"], "ripe-ncc");
}

TEST_F(SummaryCommand, of_a_period_that_does_not_end_after_it_begins_is_wrong) {
    expect_one_line_error(
        site.run({"summary", "--since", "2026-11-20", "--until", "2026-11-19T12:00:00Z"}), 64,
        {"--since 2026-11-20T00:00:00Z", "--until 2026-11-19T12:00:00Z"});
    expect_one_line_error(site.run({"summary", "--since", "2026-11-20", "--until", "2026-11-20"}),
                          64, {"--since", "--until"});
    // The end is now.
    expect_one_line_error(site.run({"summary", "--since", "2027-01-01"}), 64,
                          {"--since 2027-01-01", "--until 2026-11-23T12:00:00Z"});
    for (const char* option : {"--since", "--until"})
        expect_one_line_error(site.run({"summary", option, "yesterday"}), 64,
                              {option, "yesterday"});
    for (const char* time : {"@-9223372036854775808", "@9223372036854775807", "1969-12-31"})
        expect_one_line_error(site.run({"summary", "--since", time}), 64, {"--since", time});
    expect_one_line_error(site.run_at("@-9223372036854775808", {"summary"}), 64, {"--until"});
    expect_one_line_error(site.run({"summary", "--json", "--html", "-"}), 64, {"--json", "--html"});
}

TEST(SummaryWithoutReplies, is_all_zero_and_without_a_ledger_an_error) {
    const Site site;
    expect_one_line_error(site.run({"summary"}), 66, {site.ledger()});
    EXPECT_FALSE(std::filesystem::exists(site.ledger()));
    // Makes a ledger that knows of a network and of nothing else.
    site.write("whois.txt", "inetnum: 198.51.100.0 - 198.51.100.255\nsource: RIPE\n");
    site.output({"networks", "import", "whois.txt"});
    const Json found = site.listed({"summary"}).at(0);
    EXPECT_EQ(found["period"]["first_replies"]["all"]["complaints"], 0);
    EXPECT_EQ(found["networks"]["rows"], Json::array());
    EXPECT_TRUE(holds(site.output({"summary"}), "all                0      0       ="));
    EXPECT_TRUE(site.output({"summary", "--html", "-"}).ends_with("</html>\n"));
}

}  // namespace ndr::support
