// classify: what each reply means, without a ledger.
#include <gtest/gtest.h>

#include "support/site.hpp"

namespace ndr::support {

namespace {

// Every field of a report, with values that stand nowhere else.
constexpr const char* full_report =
    "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\n"
    "To: complaints@example.org\n"
    "Subject: Undelivered Mail Returned to Sender\n"
    "Date: Tue, 3 Nov 2026 08:15:14 +0000\n"
    "Message-ID: <report-1@mx.example.net>\n"
    "MIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n"
    "\n"
    "--b\n"
    "\n"
    "Your message could not be delivered.\n"
    "--b\n"
    "Content-Type: message/delivery-status\n"
    "\n"
    "Reporting-MTA: dns; mx.example.net\n"
    "\n"
    "Final-Recipient: rfc822; <joe@example.com>\n"
    "Original-Recipient: rfc822;abuse@example.com\n"
    "Action: failed\n"
    "Status: 5.2.2\n"
    "Remote-MTA: dns; mail.example.com\n"
    "Diagnostic-Code: smtp; 552 5.2.2 Mailbox is full\n"
    "\n"
    "Final-Recipient: rfc822;noc@example.com\n"
    "Action: failed\n"
    "Status: 5.0.0\n"
    "--b--\n";

TEST(ClassifyCommand, json_has_the_keys_of_the_specification_in_order_and_null_for_unknown) {
    const Site site;
    site.write("a.eml", full_report);
    const auto objects = site.listed({"classify", "a.eml"});
    ASSERT_EQ(objects.size(), 1U);
    const Json& object = objects[0];
    const Json& first = object["recipients"][0];
    ASSERT_TRUE(first["rule"].is_string());
    // Which rule decided is not for this test, and the second has none but a reason.
    const Json expected = Json::parse(
        R"({"path":"a.eml","index":0,"outcome":"mailbox-full","form":"dsn","rule":)" +
        first["rule"].dump() +
        R"(,"message_id":"report-1@mx.example.net","acknowledgement":null,)" +
        R"("recipients":[{"final_recipient":"joe@example.com",)" +
        R"("original_recipient":"abuse@example.com","outcome":"mailbox-full","action":"failed",)" +
        R"("status":"5.2.2","reply_code":552,"diagnostic_code":"552 5.2.2 Mailbox is full",)" +
        R"("remote_mta":"mail.example.com","rule":)" + first["rule"].dump() + "}," +
        R"({"final_recipient":"noc@example.com","original_recipient":null,)" +
        R"("outcome":"undetermined","action":"failed","status":"5.0.0","reply_code":null,)" +
        R"("diagnostic_code":null,"remote_mta":null,"rule":)" +
        object["recipients"][1]["rule"].dump() + "}]}");
    EXPECT_EQ(object.dump(), expected.dump());
}

TEST(ClassifyCommand, json_of_what_answers_nothing_is_null_and_empty) {
    const Site site;
    const auto objects = json_lines(site.output(
        {"classify", "--json", "-"}, "From: editor@example.net\nSubject: offers\n\nbuy this\n"));
    ASSERT_EQ(objects.size(), 1U);
    Json object = objects[0];
    object.erase("rule");
    EXPECT_EQ(object.dump(),
              R"({"path":"-","index":0,"outcome":"unrelated","form":"other","message_id":null,)"
              R"("acknowledgement":null,"recipients":[]})");
}

TEST(ClassifyCommand, text_is_a_line_with_outcome_form_and_recipient) {
    const Site site;
    site.write("a.eml", full_report);
    site.write("b.eml", example("replies/14-ticket-request-tracker.eml"));
    EXPECT_EQ(site.output({"classify", "a.eml", "b.eml"}),
              "a.eml: mailbox-full  dsn  joe@example.com and 1 more\n"
              "b.eml: acknowledged (ticket)  auto-reply\n");
}

TEST(ClassifyCommand, line_ends_of_every_kind_are_one) {
    const Site site;
    site.copy_examples("replies");
    for (const auto& name : names_in(site.at("replies"))) {
        const std::string lf = replaced(example("replies/" + name), "\r\n", "\n");
        site.write("lf/" + name, lf);
        site.write("crlf/" + name, replaced(lf, "\n", "\r\n"));
        site.write("cr/" + name, replaced(lf, "\n", "\r"));
    }
    const std::string lf = site.output({"classify", "--json", "lf"});
    EXPECT_GE(json_lines(lf).size(), 12U);
    for (const std::string kind : {"crlf", "cr", "replies"})
        EXPECT_EQ(replaced(site.output({"classify", "--json", kind}), kind + "/", "lf/"), lf)
            << kind;
}

TEST(ClassifyCommand, a_leading_from_line_changes_nothing) {
    const Site site;
    const std::string reply = example("replies/03-qmail-no-mailbox.eml");
    site.write("plain.eml", reply);
    site.write("from.eml", "From MAILER-DAEMON Thu Nov  5 05:20:09 2026\n" + reply);
    auto plain = site.listed({"classify", "plain.eml"});
    auto from = site.listed({"classify", "from.eml"});
    ASSERT_EQ(from.size(), 1U);
    from[0]["path"] = "plain.eml";
    EXPECT_EQ(from[0], plain.at(0));
}

TEST(ClassifyCommand, a_bounce_that_lost_its_header_is_read) {
    const Site site;
    const std::string reply = example("replies/03-qmail-no-mailbox.eml");
    const std::string body = reply.substr(reply.find("\n\n") + 2);
    site.write("body.eml", body);
    site.write("blank.eml", "\n" + body);
    for (const auto& object : site.listed({"classify", "body.eml", "blank.eml"})) {
        EXPECT_EQ(object["outcome"], "recipient-unknown");
        EXPECT_EQ(object["form"], "bounce");
        EXPECT_EQ(object["message_id"], nullptr);
        EXPECT_EQ(object["recipients"][0]["final_recipient"], "abuse@colo-west.example.net");
    }
}

TEST(ClassifyCommand, nul_octets_end_nothing) {
    const Site site;
    const std::string reply = example("replies/01-postfix-mailbox-full.eml");
    const std::string nul(1, '\0');
    site.write("header.eml", replaced(reply, "Subject: ", "Subject: " + nul + nul));
    site.write("body.eml", replaced(reply, "I'm sorry", nul + "I'm" + nul + " sorry"));
    site.write("first.eml", nul + nul + "\n" + reply);
    for (const auto& object : site.listed({"classify", "header.eml", "body.eml"})) {
        EXPECT_EQ(object["outcome"], "mailbox-full") << object;
        EXPECT_EQ(object["recipients"][0]["final_recipient"], "abuse@nordnetz.example") << object;
    }
    EXPECT_EQ(site.run({"classify", "first.eml"}).signal, 0);
}

TEST(ClassifyCommand, needs_no_ledger_and_makes_none) {
    const Site site;
    site.copy_examples("replies");
    site.output({"classify", "replies"});
    EXPECT_EQ(names_in(site.at("")), (std::vector<std::string>{"replies", "site.conf"}));
}

TEST(ClassifyCommand, quotes_no_control_character_of_a_message) {
    const Site site;
    const std::string escape = "\x1b[31m";
    site.write("esc" + escape + ".eml",
               replaced(replaced(full_report, "noc@", escape + "noc@"), "full", escape + "full"));
    for (const std::string command : {"classify", "explain"}) {
        const std::string out = site.output({command, "esc" + escape + ".eml"});
        EXPECT_EQ(out.find('\x1b'), std::string::npos) << command;
        EXPECT_NE(out.find("mailbox-full"), std::string::npos) << command;
    }
}

}  // namespace

}  // namespace ndr::support
