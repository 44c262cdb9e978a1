#include "../../src/mail/mbox.hpp"

#include <gtest/gtest.h>

#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

const std::string from_line = "From mailer-daemon Fri Nov 21 10:01:10 1997\n";
const std::string one = "Subject: one\n\nfirst text\n\n";
const std::string two = "Subject: two\n\nsecond text\n\n";
const std::string multipart =
    "Content-Type: multipart/report; boundary=\"=_x\"\n\n--=_x\n\ntext\n--=_x--\n\n";

constexpr std::size_t most_items = 1000;  // of a reader that never ends

std::vector<SourceItem> items_of(const std::string& octets, bool may_be_mbox = true,
                                 const SizeLimits& limits = {}) {
    const support::TemporaryDirectory directory;
    File file(std::fopen(directory.write("box", octets).c_str(), "re"));
    MessageFile box("box", std::move(file), may_be_mbox, limits);
    std::vector<SourceItem> items;
    while (auto item = box.next()) {
        items.push_back(std::move(*item));
        if (items.size() == most_items) break;
    }
    EXPECT_EQ(box.octets_read(), octets.size());
    return items;
}

std::vector<std::string> messages_of(const std::string& octets) {
    std::vector<std::string> messages;
    for (const auto& item : items_of(octets)) {
        EXPECT_FALSE(item.fault) << item.fault->text;
        messages.push_back(item.message.octets);
    }
    return messages;
}

using Messages = std::vector<std::string>;

TEST(MboxFromLine, has_a_sender_a_time_and_a_year) {
    EXPECT_TRUE(is_mbox_from_line(from_line));
    EXPECT_TRUE(is_mbox_from_line("From joe@example.net Fri Nov 21 10:01:10 1997"));
    EXPECT_TRUE(is_mbox_from_line("From - Fri Nov 21 10:01:10 1997\r\n"));
    EXPECT_TRUE(is_mbox_from_line("From joe@example.net  Fri Nov  1 10:01 CET 1997 remote\n"));
}

TEST(MboxFromLine, is_no_line_of_a_letter) {
    for (const auto* line :
         {"From now on we are closed.\n", "From: joe@example.net\n", "From \n", "From", "",
          "from joe Fri Nov 21 10:01:10 1997\n", " From joe Fri Nov 21 10:01:10 1997\n",
          "From 10:01 to 12:30 nobody is here\n", "From 1997 on\n", "From 10:01:10\n"})
        EXPECT_FALSE(is_mbox_from_line(line)) << line;
}

TEST(Mbox, gives_its_messages_counted_from_zero) {
    const auto items = items_of(from_line + one + from_line + two);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].path, "box");
    EXPECT_EQ(items[0].index, 0U);
    EXPECT_EQ(items[0].message.octets, from_line + one);
    EXPECT_EQ(items[1].index, 1U);
    EXPECT_EQ(items[1].message.octets, from_line + two);
    EXPECT_FALSE(items[0].fault || items[1].fault);
}

TEST(Mbox, messages_have_the_digest_they_have_alone) {
    const auto items = items_of(from_line + one + from_line + two);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].message.digest, digest_of(one));
    EXPECT_EQ(items[1].message.digest, digest_of(two));
}

TEST(Mbox, may_have_crlf_line_ends) {
    const std::string crlf_from = "From - Fri Nov 21 10:01:10 1997\r\n";
    EXPECT_EQ(messages_of(crlf_from + "A: b\r\n\r\nx\r\n\r\n" + crlf_from + "C: d\r\n\r\n"),
              (Messages{crlf_from + "A: b\r\n\r\nx\r\n\r\n", crlf_from + "C: d\r\n\r\n"}));
}

TEST(Mbox, quoted_from_lines_lose_one_sign) {
    EXPECT_EQ(messages_of(from_line + "A: b\n\n>From joe\n>>From joe\n>from joe\n> From joe\n"),
              (Messages{from_line + "A: b\n\nFrom joe\n>From joe\n>from joe\n> From joe\n"}));
}

TEST(Mbox, from_lines_divide_only_behind_an_empty_line) {
    EXPECT_EQ(messages_of(from_line + "A: b\n\ntext\n" + from_line + "more\n").size(), 1U);
    EXPECT_EQ(messages_of(from_line + "A: b\n\ntext\n\nFrom now on: no.\n").size(), 1U);
}

TEST(Mbox, is_only_what_begins_like_one_and_may_be_one) {
    EXPECT_EQ(messages_of(one + from_line + two), (Messages{one + from_line + two}));
    const auto items = items_of(from_line + one + from_line + two, false);
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].message.octets, from_line + one + from_line + two);
}

TEST(Mbox, a_message_alone_keeps_its_quoted_lines) {
    EXPECT_EQ(messages_of("A: b\n\n>From joe\n"), (Messages{"A: b\n\n>From joe\n"}));
}

TEST(Mbox, an_empty_file_is_a_fault_told_once) {
    const auto items = items_of("");
    ASSERT_EQ(items.size(), 1U);
    ASSERT_TRUE(items[0].fault);
    EXPECT_EQ(items[0].fault->status, ExitStatus::data_error);
    EXPECT_TRUE(items[0].fault->text.starts_with("box: "));
    EXPECT_TRUE(items[0].message.octets.empty());
}

TEST(Mbox, that_ends_within_a_line_gives_the_message_and_a_fault) {
    const auto items = items_of(from_line + one + from_line + "Subject: two\n\nsecond te");
    ASSERT_EQ(items.size(), 2U);
    EXPECT_FALSE(items[0].fault);
    EXPECT_EQ(items[1].message.octets, from_line + "Subject: two\n\nsecond te");
    ASSERT_TRUE(items[1].fault);
    EXPECT_EQ(items[1].fault->status, ExitStatus::data_error);
    // Line 6: the separator of the second message (one separator, four lines of the first).
    EXPECT_TRUE(items[1].fault->text.starts_with("box:6: ")) << items[1].fault->text;
    EXPECT_EQ(items[1].fault->text.find('\n'), std::string::npos);
}

TEST(Mbox, that_ends_within_a_header_gives_the_message_and_a_fault) {
    const auto items = items_of(from_line + one + from_line + "Subject: two\n");
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[1].message.octets, from_line + "Subject: two\n");
    EXPECT_TRUE(items[1].fault);
}

TEST(Mbox, that_ends_within_a_multipart_gives_the_message_and_a_fault) {
    EXPECT_FALSE(items_of(from_line + multipart).at(0).fault);
    const auto cut = from_line + multipart.substr(0, multipart.find("--=_x--"));
    const auto items = items_of(cut);
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].message.octets, cut);
    EXPECT_TRUE(items[0].fault);
    // Only the last one can have lost its end; one in the middle was written so.
    EXPECT_FALSE(items_of(cut + "\n" + from_line + one).at(0).fault);
}

TEST(Mbox, whose_last_message_is_whole_has_no_fault) {
    for (const std::string end : {"Subject: x\n\n", "Subject: x\n\ntext\n", "Subject: x\r\n\r\n"})
        EXPECT_FALSE(items_of(from_line + end).at(0).fault) << end;
}

TEST(Mbox, oversized_messages_are_cut_and_the_next_one_is_found) {
    const std::string big = "Subject: big\n\n" + std::string(5000, 'x') + "\n\n";
    const auto items = items_of(from_line + big + from_line + two, true, {1000, 100});
    ASSERT_EQ(items.size(), 2U);
    EXPECT_TRUE(items[0].message.is_oversized());
    EXPECT_EQ(items[0].message.octets, (from_line + big).substr(0, 100));
    EXPECT_EQ(items[0].message.size, (from_line + big).size());
    EXPECT_EQ(items[0].message.digest, digest_of(big));
    EXPECT_EQ(items[1].message.octets, from_line + two);
}

// A long line is read in pieces; no piece but the first is the start of a line.
TEST(Mbox, what_stands_within_a_long_line_begins_no_line) {
    constexpr std::size_t piece = 64 * 1024;
    const std::string head = from_line + "A: b\n\n";
    const std::string quote = head + std::string(piece, 'x') + ">From joe\n";
    EXPECT_EQ(messages_of(quote), (Messages{quote}));
    const std::string empty = head + std::string(piece, 'x') + "\n" + from_line + "text\n";
    EXPECT_EQ(messages_of(empty), (Messages{empty}));
    const std::string divided = head + "\n" + std::string(piece, 'x') + from_line + "text\n";
    EXPECT_EQ(messages_of(divided), (Messages{divided}));
}

TEST(Mbox, nul_octets_are_kept) {
    const std::string octets = from_line + std::string("A: b\n\nx\0y\n", 10);
    EXPECT_EQ(messages_of(octets), (Messages{octets}));
}

}  // namespace

}  // namespace ndr
