// The same message again, by any path and in any order, changes nothing.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

std::string in_mbox(const std::string& message) {
    return "From MAILER-DAEMON Tue Nov  3 08:15:14 2026\n" +
           replaced(message, "\nFrom ", "\n>From ") + "\n";
}

// The example replies, each third of them in a container of another kind: "eml" a directory, "box"
// an mbox, "dir" a Maildir.
void divide_replies(const Site& site) {
    std::string box;
    std::size_t count = 0;
    site.make_directory("dir/new");
    site.make_directory("dir/cur");
    for (const auto& name : names_in(examples_at("replies"))) {
        const std::string reply = example("replies/" + name);
        switch (count++ % 3) {
            case 0:
                site.write("eml/" + name, reply);
                break;
            case 1:
                box += in_mbox(reply);
                break;
            default:
                site.write((count % 2 == 0 ? "dir/new/" : "dir/cur/") + name, reply);
        }
    }
    site.write("box", box);
}

// The dump of a ledger of its own after `rounds` of commands.
std::string dump_after(const Site& site, const std::string& ledger,
                       const std::vector<std::vector<std::string>>& rounds) {
    for (auto words : rounds) {
        words.insert(words.begin(), {"--ledger", ledger});
        site.output(words);
    }
    return canonical_dump(site.at(ledger));
}

std::int64_t count_of_replies(const Site& site) {
    return std::stoll(LedgerFile(site.ledger()).value("SELECT count(*) FROM reply"));
}

TEST(Repetition, a_directory_replayed_three_times_in_any_order_leaves_an_equal_ledger) {
    const Site site;
    site.copy_examples("complaints");
    site.copy_examples("replies");
    auto files = names_in(site.at("replies"));
    for (auto& file : files)
        file.insert(0, "replies/");
    const std::string once =
        dump_after(site, "l", {{"record", "complaints"}, {"replay", "replies"}});
    EXPECT_NE(once.find("== follow_up\n"), std::string::npos);
    EXPECT_NE(once.find("notice"), std::string::npos);
    std::vector<std::string> backwards(files.rbegin(), files.rend());
    backwards.insert(backwards.begin(), "replay");
    EXPECT_EQ(dump_after(site, "l", {backwards}), once);
    std::rotate(files.begin(), files.begin() + 8, files.end());
    files.insert(files.begin(), "replay");
    EXPECT_EQ(dump_after(site, "l", {files}), once);
}

TEST(Repetition, fresh_ledgers_are_equal_whatever_the_order_and_the_container) {
    const Site site;
    site.copy_examples("complaints");
    divide_replies(site);
    const std::string first =
        dump_after(site, "1", {{"record", "complaints"}, {"replay", "eml", "box", "dir"}});
    EXPECT_EQ(std::stoi(LedgerFile(site.at("1")).value("SELECT count(*) FROM reply")), 21);
    EXPECT_EQ(dump_after(site, "2",
                         {{"record", "complaints"}, {"replay", "box"}, {"replay", "dir", "eml"}}),
              first);
    EXPECT_EQ(
        dump_after(
            site, "3",
            {{"replay", "dir"}, {"record", "complaints"}, {"replay", "eml"}, {"replay", "box"}}),
        first);
    EXPECT_EQ(dump_after(site, "1", {{"replay", "dir", "box", "eml"}, {"replay", "box", "box"}}),
              first);
}

TEST(Repetition, the_same_replies_in_every_container_are_known_before) {
    const Site site;
    site.copy_examples("replies");
    std::string box;
    site.make_directory("dir/new");
    for (const auto& name : names_in(site.at("replies"))) {
        const std::string reply = example("replies/" + name);
        box += in_mbox(reply);
        site.write("dir/cur/" + name, replaced(replaced(reply, "\r\n", "\n"), "\n", "\r\n"));
    }
    site.write("box", box);
    const std::string forwards =
        dump_after(site, "1", {{"replay", "replies"}, {"replay", "box"}, {"replay", "dir"}});
    EXPECT_EQ(std::stoi(LedgerFile(site.at("1")).value("SELECT count(*) FROM reply")), 21);
    EXPECT_EQ(dump_after(site, "2", {{"replay", "dir"}, {"replay", "box"}, {"replay", "replies"}}),
              forwards);
}

TEST(Repetition, complaint_and_reply_come_in_either_order) {
    const Site site;
    site.copy_examples("complaints");
    site.copy_examples("replies");
    const std::string first =
        dump_after(site, "1", {{"record", "complaints"}, {"replay", "replies"}});
    EXPECT_EQ(dump_after(site, "2", {{"replay", "replies"}, {"record", "complaints"}}), first);
    EXPECT_EQ(dump_after(site, "2", {{"record", "complaints"}}), first);
}

// The same bounce as another delivery of it looks.
TEST(Repetition, envelope_fields_and_line_ends_make_no_other_reply) {
    const Site site;
    const std::string reply = example("replies/01-postfix-mailbox-full.eml");
    site.output({"replay", "-"}, reply);
    const std::string other_fields = replaced(
        replaced(replaced(reply, "Return-Path: <>\n", "Return-Path: <someone@example.com>\n"),
                 "Delivered-To: complaints@", "Delivered-To: elsewhere@"),
        "Received: by mail.example.org (Postfix)\n\tid 149471AF29D; Tue,  3 Nov 2026 08:15:14",
        "Received: from mail.example.org by backup.example.org;\n\tTue,  3 Nov 2026 08:25:14");
    ASSERT_EQ(other_fields.find("149471AF29D;"), std::string::npos);
    const std::vector<std::string> copies{
        other_fields, replaced(other_fields, "\n", "\r\n"), replaced(reply, "\n", "\r"),
        "From MAILER-DAEMON Tue Nov  3 08:15:14 2026\n" + other_fields + "\n\n\n"};
    for (const auto& copy : copies) {
        const std::string out = site.output({"replay", "-"}, copy);
        EXPECT_NE(out.find("repeated"), std::string::npos) << out;
        expect_silent_success(site.run({"deliver"}, copy));
        EXPECT_EQ(count_of_replies(site), 1);
    }
}

TEST(Repetition, another_subject_or_body_is_another_reply) {
    const Site site;
    const std::string reply = example("replies/01-postfix-mailbox-full.eml");
    site.output({"replay", "-"}, reply);
    site.output({"replay", "-"}, replaced(reply, "Undelivered Mail Ret", "Undeliverable Mail Ret"));
    EXPECT_EQ(count_of_replies(site), 2);
    site.output({"replay", "-"}, replaced(reply, "I'm sorry", "We are sorry"));
    EXPECT_EQ(count_of_replies(site), 3);
}

}  // namespace

}  // namespace ndr::support
