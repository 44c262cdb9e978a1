#include "ndr_triage/mail/message.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/base/text.hpp"
#include "support/mail_set_up.hpp"

namespace ndr {

namespace {

using namespace std::string_view_literals;
using Values = std::vector<std::string_view>;

const std::string report =
    "Received: from a.example.net by mx.example.org; Fri, 21 Nov 1997 10:01:10 -0600\n"
    "Received: by a.example.net; Fri, 21 Nov 1997 10:01:00 -0600\n"
    "From: Mail Delivery System <mailer-daemon@mx.example.net>\n"
    "Subject: Undelivered\n"
    " mail\n"
    "Content-Type: multipart/report; report-type=delivery-status;\n"
    "\tboundary=\"=_x\"\n"
    "\n"
    "This is a MIME message.\n"
    "--=_x\n"
    "Content-Description: Notification\n"
    "\n"
    "Your message was not delivered.\n"
    "--=_x\n"
    "Content-Type: message/delivery-status\n"
    "\n"
    "Reporting-MTA: dns; mx.example.net\n"
    "\n"
    "Final-Recipient: rfc822; joe@example.net\n"
    "Status: 5.2.2\n"
    "--=_x\n"
    "Content-Type: message/rfc822\n"
    "\n"
    "Subject: the complaint\n"
    "\n"
    "the text of the complaint\n"
    "--=_x--\n";

std::string with_line_ends(const std::string& text, const std::string& end) {
    std::string result;
    for (const char c : text)
        result += c == '\n' ? end : std::string(1, c);
    return result;
}

// Text without the blank line that parts may end in.
std::string_view bare(const Part& part) {
    return trimmed(part.text);
}

void expect_report(const Message& message) {
    EXPECT_EQ(message.header.value("Subject"), "Undelivered mail");
    EXPECT_EQ(message.header.fields().size(), 4U);  // Content-Type describes the body
    const Part& body = message.body;
    EXPECT_EQ(body.media_type, "multipart/report");
    EXPECT_TRUE(body.is_multipart());
    EXPECT_EQ(body.parameter("report-type"), "delivery-status");
    ASSERT_EQ(body.parts.size(), 3U);
    EXPECT_EQ(body.parts[0].media_type, "text/plain");
    EXPECT_EQ(body.parts[0].description, "Notification");
    EXPECT_EQ(bare(body.parts[0]), "Your message was not delivered.");
    EXPECT_EQ(body.parts[1].media_type, "message/delivery-status");
    EXPECT_EQ(bare(body.parts[1]),
              "Reporting-MTA: dns; mx.example.net\n\n"
              "Final-Recipient: rfc822; joe@example.net\nStatus: 5.2.2");
    const Part& returned = body.parts[2];
    EXPECT_TRUE(returned.is_message());
    EXPECT_EQ(returned.header.value("subject"), "the complaint");
    ASSERT_EQ(returned.parts.size(), 1U);
    EXPECT_EQ(bare(returned.parts[0]), "the text of the complaint");
    EXPECT_EQ(returned.text, "");
    EXPECT_FALSE(body.is_cut || body.parts[0].is_cut || returned.is_cut);
}

TEST(Message, is_the_same_with_any_line_ends) {
    expect_report(parse_message(report));
    expect_report(parse_message(with_line_ends(report, "\r\n")));
    expect_report(parse_message(with_line_ends(report, "\r")));
}

TEST(Message, a_from_line_and_blank_lines_in_front_are_passed_over) {
    const std::string from = "From mailer-daemon Fri Nov 21 10:01:10 1997\n";
    expect_report(parse_message(from + report));
    expect_report(parse_message(">" + from + report));
    expect_report(parse_message(with_line_ends(from + report, "\r\n")));
    expect_report(parse_message("\n\n" + report));
}

TEST(Header, finds_fields_whatever_their_case_and_order) {
    const auto header = parse_message(report).header;
    EXPECT_EQ(header.value("SUBJECT"), "Undelivered mail");
    EXPECT_TRUE(header.has("received"));
    EXPECT_EQ(header.value("Received"),
              "from a.example.net by mx.example.org; Fri, 21 Nov 1997 10:01:10 -0600");
    EXPECT_EQ(header.all("Received").size(), 2U);
    EXPECT_EQ(header.all("Received")[1], "by a.example.net; Fri, 21 Nov 1997 10:01:00 -0600");
    EXPECT_EQ(header.find("Date"), nullptr);
    EXPECT_EQ(header.value("Date"), "");
    EXPECT_TRUE(header.all("Date").empty());
    EXPECT_TRUE(Header().empty());
}

TEST(Message, without_a_header_is_a_body) {
    const auto message = parse_message("Dear sir,\nthe mailbox: it is full.\n");
    EXPECT_TRUE(message.header.empty());
    EXPECT_EQ(message.body.media_type, "text/plain");
    EXPECT_EQ(message.body.text, "Dear sir,\nthe mailbox: it is full.\n");
}

TEST(Message, without_a_body_has_an_empty_one) {
    for (const auto* octets : {"Subject: x\n", "Subject: x\n\n", "Subject: x"}) {
        const auto message = parse_message(octets);
        EXPECT_EQ(message.header.value("Subject"), "x") << octets;
        EXPECT_EQ(message.body.text, "") << octets;
        EXPECT_TRUE(message.body.parts.empty()) << octets;
    }
}

TEST(Message, of_nothing_is_empty) {
    for (const auto* octets : {"", "\n", "\r\n\r\n", "\r"}) {
        const auto message = parse_message(octets);
        EXPECT_TRUE(message.header.empty());
        EXPECT_EQ(trimmed(message.body.text), "");
    }
}

TEST(Message, nul_octets_hide_nothing) {
    const auto message = parse_message("Subject: a\0b\nX-After: c\n\nbefore\0after\n"sv);
    EXPECT_TRUE(message.header.has("Subject"));
    EXPECT_EQ(message.header.value("X-After"), "c");
    EXPECT_EQ(message.body.text, "before after\n");
}

TEST(Message, text_is_decoded_and_in_utf8) {
    const auto quoted = parse_message(
        "Content-Type: text/plain; charset=iso-8859-1\n"
        "Content-Transfer-Encoding: quoted-printable\n"
        "\n"
        "bo=EEte=\n pleine\n");
    EXPECT_EQ(quoted.body.text, "boîte pleine\n");
    const auto base64 = parse_message(
        "Content-Type: text/plain; charset=\"gb2312\"\n"
        "Content-Transfer-Encoding: BASE64\n"
        "\n"
        "08rP5NLRwvoNCg==\n");
    EXPECT_EQ(base64.body.text, "邮箱已满\n");  // its CRLF too
    const auto raw =
        parse_message("Content-Type: text/plain; charset=koi8-r\n\n\xf1\xdd\xc9\xcb\n");
    EXPECT_EQ(raw.body.text, "Ящик\n");
}

TEST(Message, broken_transfer_encodings_give_what_can_be_read) {
    EXPECT_EQ(parse_message("Content-Transfer-Encoding: base64\n\nZnVs!bA==\n").body.text, "full");
    EXPECT_EQ(parse_message("Content-Transfer-Encoding: x-unknown\n\nfull\n").body.text, "full\n");
    const auto text =
        parse_message("Content-Transfer-Encoding: quoted-printable\n\n=ZZ full=\n").body.text;
    EXPECT_NE(text.find("full"), std::string::npos);
}

TEST(Message, html_is_its_visible_text) {
    const auto message = parse_message(
        "Content-Type: text/html; charset=utf-8\n\n"
        "<p>Mailbox&nbsp;<b>full</b></p><script>x</script>\n");
    EXPECT_EQ(trimmed(message.body.text), "Mailbox\u00a0full");
}

TEST(Message, binary_parts_have_no_text_but_a_name) {
    const auto message = parse_message(
        "Content-Type: application/pdf; name=\"a b.pdf\"\n"
        "Content-Transfer-Encoding: base64\n\nZnVsbA==\n");
    EXPECT_EQ(message.body.media_type, "application/pdf");
    EXPECT_EQ(message.body.text, "");
    EXPECT_EQ(message.body.file_name, "a b.pdf");
}

TEST(Message, parameters_are_decoded) {  // RFC 2231
    const auto message = parse_message(
        "Content-Type: TEXT/X-Foo; NAME*=utf-8''bo%C3%AEte.txt;\n"
        " long*0=\"ab\"; long*1=\"cd\"\n\n");
    EXPECT_EQ(message.body.media_type, "text/x-foo");
    EXPECT_EQ(message.body.parameter("name"), "boîte.txt");
    EXPECT_EQ(message.body.parameter("long"), "abcd");
    EXPECT_EQ(message.body.parameter("missing"), "");
}

TEST(Message, a_broken_content_type_is_text) {
    for (const auto* type : {"", "text", "garbage", "; charset=x", "=?x?=", "/"}) {
        const auto message = parse_message("Content-Type: " + std::string(type) + "\n\nfull\n");
        EXPECT_EQ(message.body.text, "full\n") << type;
    }
}

TEST(Message, a_multipart_without_its_boundary_is_its_text) {
    const auto lost = parse_message("Content-Type: multipart/mixed; boundary=x\n\nMailbox full\n");
    EXPECT_EQ(lost.body.media_type, "multipart/mixed");
    EXPECT_TRUE(lost.body.parts.empty());
    EXPECT_EQ(trimmed(lost.body.text), "Mailbox full");
    const auto none = parse_message("Content-Type: multipart/mixed\n\nMailbox full\n");
    EXPECT_EQ(trimmed(none.body.text), "Mailbox full");
}

TEST(Message, a_multipart_without_its_end_still_has_its_parts) {
    const auto message = parse_message(
        "Content-Type: multipart/mixed; boundary=x\n\n"
        "--x\n\none\n--x\n\ntwo\n");
    ASSERT_EQ(message.body.parts.size(), 2U);
    EXPECT_EQ(bare(message.body.parts[0]), "one");
    EXPECT_EQ(bare(message.body.parts[1]), "two");
}

TEST(Message, an_empty_message_inside_has_no_parts) {
    const auto message = parse_message(
        "Content-Type: multipart/mixed; boundary=x\n\n"
        "--x\nContent-Type: message/rfc822\n\n--x--\n");
    ASSERT_EQ(message.body.parts.size(), 1U);
    EXPECT_TRUE(message.body.parts[0].is_message());
    EXPECT_TRUE(message.body.parts[0].header.empty());
    for (const auto& part : message.body.parts[0].parts)
        EXPECT_EQ(trimmed(part.text), "");
}

TEST(Message, a_message_inside_may_be_encoded_against_the_standard) {
    // base64 of "Subject: inner\n\nfull\n"
    const auto message = parse_message(
        "Content-Type: message/rfc822\n"
        "Content-Transfer-Encoding: base64\n\n"
        "U3ViamVjdDogaW5uZXIKCmZ1bGwK\n");
    EXPECT_EQ(message.body.header.value("Subject"), "inner");
    ASSERT_EQ(message.body.parts.size(), 1U);
    EXPECT_EQ(message.body.parts[0].text, "full\n");
}

TEST(Message, returned_headers_are_fields_and_text) {
    for (const auto* type : {"text/rfc822-headers", "message/global-headers"}) {
        const auto message =
            parse_message("Content-Type: " + std::string(type) +
                          "\n\nSubject: the complaint\nMessage-ID: <1@x.example>\n");
        EXPECT_EQ(message.body.header.value("message-id"), "<1@x.example>") << type;
        EXPECT_NE(message.body.text.find("Subject: the complaint"), std::string::npos) << type;
        EXPECT_TRUE(message.body.parts.empty()) << type;
    }
}

TEST(Message, delivery_status_of_rfc_6533_is_text) {
    const auto message = parse_message(
        "Content-Type: message/global-delivery-status\n\n"
        "Final-Recipient: utf-8; jos\u00e9@example.net\n");
    EXPECT_EQ(message.body.text, "Final-Recipient: utf-8; jos\u00e9@example.net\n");
}

TEST(Message, anything_at_all_gives_utf8_without_carriage_returns) {
    std::string octets;
    for (int i = 0; i < 256; ++i)
        octets += static_cast<char>(i);
    for (const std::string& text : {octets, "A: " + octets + "\n\n" + octets,
                                    "Content-Type: multipart/x; boundary=\"" + octets + "\n\n--"}) {
        const auto message = parse_message(text);
        EXPECT_TRUE(is_utf8(message.body.text));
        EXPECT_TRUE(is_utf8(message.body.media_type));
        for (const auto& field : message.header.fields()) {
            EXPECT_TRUE(is_utf8(field.name)) << printable(field.name);
            EXPECT_TRUE(is_utf8(field.value)) << printable(field.value);
        }
    }
}

}  // namespace

}  // namespace ndr
