// Mail that was made to hurt: answered within ten seconds, in bounded memory, and not lost.
#include <gtest/gtest.h>

#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

constexpr const char* header =
    "From: Mail Delivery System <MAILER-DAEMON@example.net>\n"
    "To: complaints@example.org\n"
    "Subject: Undelivered Mail Returned to Sender\n"
    "Date: Tue, 3 Nov 2026 08:15:14 +0000\n"
    "Message-ID: <hostile@example.net>\n"
    "MIME-Version: 1.0\n";

std::string times(int count, const std::string& text) {
    std::string result;
    result.reserve(text.size() * static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        result += text;
    return result;
}

// Delivered and classified: an MTA hears 0 in time, and the message is in the ledger or in hold.
void expect_survived(const std::string& message) {
    const Site site;
    const Ran ran = site.run({"deliver"}, message);
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_EQ(ran.out, "");
    expect_lines_for_mta(ran.err);
    EXPECT_LT(ran.took.count(), 10000);
    EXPECT_TRUE(is_sanitized() || ran.most_memory < 700 * 1024) << ran.most_memory << " KiB";
    const auto held = names_in(site.at("hold/new"));
    if (held.empty()) {
        EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT size FROM reply"),
                  std::to_string(message.size()));
    } else {
        EXPECT_TRUE(octets_of(site.at("hold/new/" + held[0])) == message);
    }
    site.write("m.eml", message);
    const Ran classified = site.run({"classify", "m.eml"});
    EXPECT_EQ(classified.signal, 0) << classified;
    EXPECT_LT(classified.took.count(), 10000);
}

TEST(Hostile, ten_thousand_parts) {
    expect_survived(std::string(header) + "Content-Type: multipart/mixed; boundary=b\n\n" +
                    times(10000, "--b\nContent-Type: text/plain\n\nuser unknown\n") + "--b--\n");
}

TEST(Hostile, ten_thousand_reports) {
    expect_survived(std::string(header) +
                    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" +
                    times(10000,
                          "--b\nContent-Type: message/delivery-status\n\n"
                          "Final-Recipient: rfc822; a@example.net\nAction: failed\n"
                          "Status: 5.1.1\n\n") +
                    "--b--\n");
}

TEST(Hostile, fifty_thousand_recipients) {
    expect_survived(std::string(header) +
                    "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
                    "--b\nContent-Type: message/delivery-status\n" +
                    times(50000,
                          "\nFinal-Recipient: rfc822; a@example.net\nAction: failed\n"
                          "Status: 5.1.1\nDiagnostic-Code: smtp; 550 user unknown\n") +
                    "--b--\n");
}

TEST(Hostile, a_header_of_a_million_lines) {
    expect_survived(header + times(1000000, "X-Line: 1\n") + "\nbody\n");
}

TEST(Hostile, a_field_of_a_million_lines) {
    expect_survived(header + std::string("X-Line: 1\n") + times(1000000, " 1\n") + "\nbody\n");
}

TEST(Hostile, half_a_million_addresses) {
    expect_survived(header + std::string("Cc: ") + times(500000, "a@example.com, ") + "\n\nbody\n");
}

TEST(Hostile, multiparts_five_thousand_deep) {
    std::string message = header;
    for (int i = 0; i < 5000; ++i) {
        const std::string boundary = "b" + std::to_string(i);
        message +=
            "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    }
    expect_survived(message + "Content-Type: text/plain\n\nuser unknown\n");
}

TEST(Hostile, messages_twenty_thousand_deep) {
    expect_survived(header + times(20000, "Content-Type: message/rfc822\n\n") +
                    "Content-Type: text/plain\n\nuser unknown\n");
}

TEST(Hostile, a_line_of_ten_megabytes) {
    expect_survived(header + std::string("\n") + std::string(10000000, 'a'));
}

TEST(Hostile, five_million_brackets) {
    expect_survived(header + std::string("\n") + std::string(5000000, '<'));
}

TEST(Hostile, half_a_million_tags) {
    expect_survived(header + std::string("Content-Type: text/html\n\n") + times(500000, "<div>") +
                    "user unknown");
}

TEST(Hostile, many_phrases_that_nearly_match) {
    expect_survived(header + std::string("\n") +
                    times(200000, "<a@example.net>: mailbox is ful user unknow quota exceede\n"));
}

TEST(Hostile, encoded_words_without_end) {
    expect_survived(header + std::string("X-Note: ") + times(200000, "=?utf-8?B?dXNlcg==?= ") +
                    "\nSubject: " + times(100000, "=?gb2312?Q?=B5=C4?=\n ") + "x\n\nbody\n");
}

TEST(Hostile, octets_of_every_kind) {
    std::string octets;
    for (unsigned i = 0; i < 300000; ++i)
        octets += static_cast<char>((i * 2654435761U) >> 13);
    expect_survived(octets);
    expect_survived(header + octets);
    expect_survived(header + std::string("Content-Type: text/plain; charset=gb18030\n\n") + octets);
    expect_survived(header +
                    std::string("Content-Type: message/delivery-status\n\nFinal-Recipient: ") +
                    octets);
}

}  // namespace

}  // namespace ndr::support
