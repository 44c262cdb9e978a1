#include "ndr_triage/mail/letter.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/date.hpp"
#include "support/mail_set_up.hpp"

namespace ndr {

namespace {

Letter letter(const std::string& text) {
    Letter result;
    result.from_name = "Störungsstelle";
    result.from = "complaints@example.org";
    result.to = {"abuse@example.net", "noc@example.net"};
    result.reply_to = "complaints+answer@example.org";
    result.subject = "Abuse from 203.0.113.7";
    result.message_id = "answer@example.org";
    result.date = parse_instant("2026-11-23T10:00:00Z").value();
    result.fields = {{"X-NDR-Triage", "answer"}};
    result.text = text;
    return result;
}

}  // namespace

TEST(OurLetter, is_read_back_as_it_was_meant) {
    const std::string text = "Grüße,\n\n  .\nFrom here\n" + std::string(2000, 'x') + "\n";
    const std::string octets = octets_of(letter(text));
    EXPECT_TRUE(is_ascii(octets));
    for (const auto line : split_lines(octets))
        EXPECT_LE(line.size(), 998U);
    const Message message = parse_message(octets);
    EXPECT_EQ(message.header.value("From"), "Störungsstelle <complaints@example.org>");
    EXPECT_EQ(message.header.value("To"), "abuse@example.net, noc@example.net");
    EXPECT_EQ(message.header.value("Reply-To"), "complaints+answer@example.org");
    EXPECT_EQ(message.header.value("Subject"), "Abuse from 203.0.113.7");
    EXPECT_EQ(message.header.value("Message-Id"), "<answer@example.org>");
    EXPECT_EQ(message.header.value("X-NDR-Triage"), "answer");
    EXPECT_EQ(parse_mail_date(message.header.value("Date")), letter("").date);
    EXPECT_EQ(message.body.text, text);
}

TEST(OurLetter, in_plain_ascii_is_not_encoded) {
    const std::string octets = octets_of(letter("Line one\nline = two\n"));
    EXPECT_NE(octets.find("\n\nLine one\nline = two\n"), std::string::npos) << octets;
}

// A Subject that ends the header would let a log line write fields.
TEST(OurLetter, keeps_a_subject_with_line_ends_one_field) {
    Letter bad = letter("text\n");
    bad.subject = "Abuse\nBcc: joe@example.com";
    const Message message = parse_message(octets_of(bad));
    EXPECT_FALSE(message.header.has("Bcc"));
}

}  // namespace ndr
