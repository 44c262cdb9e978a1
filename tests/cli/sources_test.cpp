// Where messages come from: .eml, mbox, Maildir, directories and standard input.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/site.hpp"

namespace ndr::support {

namespace {

// A short bounce about one recipient.
std::string bounce(const std::string& recipient) {
    return "From: MAILER-DAEMON@example.net\nTo: complaints@example.org\nSubject: failure notice\n"
           "\nHi. This is the qmail-send program at example.net.\n"
           "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
           "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<" +
           recipient + ">:\nSorry, no mailbox here by that name. (#5.1.1)\n";
}

std::string in_mbox(const std::string& message) {
    return "From MAILER-DAEMON Tue Nov  3 08:15:14 2026\n" +
           replaced(message, "\nFrom ", "\n>From ") + "\n";
}

// "PATH INDEX RECIPIENT" of each message.
std::vector<std::string> found(const std::vector<Json>& objects) {
    std::vector<std::string> lines;
    for (const auto& object : objects) {
        std::string line = object["path"].get<std::string>() + " " + object["index"].dump();
        for (const auto& recipient : object["recipients"])
            line += " " + recipient["final_recipient"].get<std::string>();
        lines.push_back(line);
    }
    return lines;
}

using Lines = std::vector<std::string>;

TEST(Sources, an_eml_file_is_one_message_whatever_lines_are_in_it) {
    const Site site;
    site.write("one.eml", in_mbox(bounce("a@example.net")) + in_mbox(bounce("b@example.net")));
    EXPECT_EQ(site.listed({"classify", "one.eml"}).size(), 1U);
}

TEST(Sources, the_messages_of_an_mbox_are_counted_from_zero) {
    const Site site;
    site.write("box", in_mbox(bounce("a@example.net")) + in_mbox(bounce("b@example.net")) +
                          in_mbox(bounce("c@example.net")));
    EXPECT_EQ(found(site.listed({"classify", "box"})),
              (Lines{"box 0 a@example.net", "box 1 b@example.net", "box 2 c@example.net"}));
}

TEST(Sources, a_line_that_begins_with_from_divides_an_mbox_only_after_an_empty_one) {
    const Site site;
    const std::string quoted = bounce("a@example.net") + "\nFrom now on we are closed.\n";
    site.write("box", in_mbox(quoted) + in_mbox(bounce("b@example.net")));
    EXPECT_EQ(site.listed({"classify", "box"}).size(), 2U);
    // One that nobody quoted, and that is no separator: it lacks time and year.
    site.write("other", "From MAILER-DAEMON Tue Nov  3 08:15:14 2026\n" + quoted);
    EXPECT_EQ(site.listed({"classify", "other"}).size(), 1U);
}

TEST(Sources, a_maildir_is_its_new_and_cur) {
    const Site site;
    site.write("dir/new/1.a.host", bounce("new@example.net"));
    site.write("dir/cur/2.a.host:2,S", bounce("cur@example.net"));
    site.write("dir/tmp/3.a.host", bounce("tmp@example.net"));
    EXPECT_EQ(
        found(site.listed({"classify", "dir"})),
        (Lines{"dir/cur/2.a.host:2,S 0 cur@example.net", "dir/new/1.a.host 0 new@example.net"}));
}

TEST(Sources, a_message_in_a_maildir_is_never_taken_for_an_mbox) {
    const Site site;
    site.make_directory("dir/cur");
    site.write("dir/new/1", in_mbox(bounce("a@example.net")) + in_mbox(bounce("b@example.net")));
    EXPECT_EQ(site.listed({"classify", "dir"}).size(), 1U);
}

TEST(Sources, directories_are_read_to_the_bottom_in_the_order_of_names) {
    const Site site;
    site.write("in/b/c/d/deep.eml", bounce("deep@example.net"));
    site.write("in/a.eml", bounce("a@example.net"));
    site.write("in/z/box", in_mbox(bounce("y@example.net")) + in_mbox(bounce("z@example.net")));
    site.write("in/m/new/1", bounce("new@example.net"));
    site.write("in/m/cur/2", bounce("cur@example.net"));
    site.write("in/.hidden.eml", bounce("hidden@example.net"));
    EXPECT_EQ(found(site.listed({"classify", "in"})),
              (Lines{"in/a.eml 0 a@example.net", "in/b/c/d/deep.eml 0 deep@example.net",
                     "in/m/cur/2 0 cur@example.net", "in/m/new/1 0 new@example.net",
                     "in/z/box 0 y@example.net", "in/z/box 1 z@example.net"}));
}

TEST(Sources, a_link_to_a_directory_above_leads_nowhere) {
    const Site site;
    site.write("in/a.eml", bounce("a@example.net"));
    std::filesystem::create_directory_symlink("..", site.at("in/up"));
    EXPECT_EQ(site.listed({"classify", "in"}).size(), 1U);
}

TEST(Sources, standard_input_is_a_message_or_an_mbox) {
    const Site site;
    const auto one = json_lines(site.output({"classify", "--json", "-"}, bounce("a@example.net")));
    EXPECT_EQ(found(one), (Lines{"- 0 a@example.net"}));
    const auto two =
        json_lines(site.output({"classify", "--json", "-"}, in_mbox(bounce("a@example.net")) +
                                                                in_mbox(bounce("b@example.net"))));
    EXPECT_EQ(found(two), (Lines{"- 0 a@example.net", "- 1 b@example.net"}));
}

TEST(Sources, a_pipe_with_a_name_is_read) {
    const Site site;
    ASSERT_EQ(mkfifo(site.at("pipe").c_str(), 0666), 0);
    give_to_program(site.at("pipe"));
    Running running(site.program({"classify", "--json", "pipe"}));
    int pipe = -1;
    ASSERT_TRUE(comes_true([&] {  // there is a reader
        pipe = open(site.at("pipe").c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
        return pipe >= 0;
    }));
    const std::string message = bounce("a@example.net");
    EXPECT_EQ(write(pipe, message.data(), message.size()), static_cast<ssize_t>(message.size()));
    close(pipe);
    EXPECT_EQ(found(json_lines(running.finish().out)), (Lines{"pipe 0 a@example.net"}));
}

// Several children judge at once, and some messages cost more than others.
TEST(Sources, answers_come_in_the_order_of_the_input) {
    const Site site;
    std::vector<std::string> words{"classify", "--json"};
    Lines expected;
    for (int i = 0; i < 120; ++i) {
        const std::string name = "m" + std::to_string((i * 77) % 120) + ".eml";
        const std::string recipient = "r" + std::to_string(i) + "@example.net";
        const std::string padding = i % 7 == 0 ? std::string(300000, '-') + "\n" : "";
        site.write(name, bounce(recipient) + padding);
        words.push_back(name);
        expected.push_back(name + " 0 " + recipient);
    }
    EXPECT_EQ(found(json_lines(site.output(words))), expected);
}

}  // namespace

}  // namespace ndr::support
