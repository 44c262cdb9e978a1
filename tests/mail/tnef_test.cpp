#include "../../src/mail/tnef.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "ndr_triage/mail/message.hpp"
#include "support/mail_set_up.hpp"

namespace ndr {

namespace {

// Little-endian, as MS-OXTNEF section 2.1.3 writes everything.
std::string number(std::uint32_t value, int octets) {
    std::string text;
    for (int i = 0; i < octets; ++i)
        text += static_cast<char>(value >> (8 * i) & 0xFF);
    return text;
}

// An attribute of the message: level, id, length, data, checksum.
std::string attribute(std::uint32_t id, const std::string& data) {
    const auto sum = std::accumulate(data.begin(), data.end(), 0U, [](unsigned total, char c) {
        return total + static_cast<unsigned char>(c);
    });
    return number(1, 1) + number(id, 4) + number(static_cast<std::uint32_t>(data.size()), 4) +
           data + number(sum & 0xFFFF, 2);
}

constexpr std::uint32_t att_message_class = 0x00078008;
constexpr std::uint32_t att_body = 0x0002800C;
constexpr std::uint32_t att_mapi_props = 0x00069003;

std::string winmail(const std::string& attributes) {
    return number(0x223E9F78, 4) + number(1, 2) + attributes;
}

// One MAPI property of variable length (MS-OXTNEF section 2.1.3.4): PR_RTF_COMPRESSED.
std::string rtf_property(const std::string& rtf) {
    // MS-OXRTFCP section 2.1.3: sizes, "LZFu", checksum; then groups of eight literals, each behind
    // a control octet of zero.
    std::string literals;
    for (std::size_t at = 0; at < rtf.size(); at += 8)
        literals += '\0' + rtf.substr(at, 8);
    const std::string wrapped = number(static_cast<std::uint32_t>(literals.size()) + 12, 4) +
                                number(static_cast<std::uint32_t>(rtf.size()), 4) + "LZFu" +
                                number(0, 4) + literals;
    std::string padded = wrapped;
    padded.resize((padded.size() + 3) / 4 * 4, '\0');
    return number(1, 4) + number(0x10090102, 4) + number(1, 4) +
           number(static_cast<std::uint32_t>(wrapped.size()), 4) + padded;
}

}  // namespace

TEST(Tnef, gives_message_class_and_body) {
    const auto note = read_tnef(
        winmail(attribute(att_message_class, std::string("IPM.Microsoft Mail.Note\0", 24)) +
                attribute(att_body, std::string("I am away until Monday.\0", 24))),
        1000);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->message_class, "IPM.Microsoft Mail.Note");
    EXPECT_EQ(note->text, "I am away until Monday.");
}

TEST(Tnef, reads_the_words_of_rtf_where_there_is_nothing_else) {
    const auto note = read_tnef(
        winmail(attribute(att_mapi_props,
                          rtf_property(R"({\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x;}\f0 )"
                                       R"(I am \b away\b0  \'e0 Paris.\par Bye\{\}})"))),
        1000);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->text, "I am away à Paris.\nBye{}");
}

TEST(Tnef, is_cut_at_the_limit) {
    const auto note = read_tnef(winmail(attribute(att_body, std::string(500, 'a'))), 100);
    ASSERT_TRUE(note);
    EXPECT_EQ(note->text.size(), 100U);
}

TEST(Tnef, that_is_none_or_broken_is_nothing_to_read) {
    EXPECT_FALSE(read_tnef("", 1000));
    EXPECT_FALSE(read_tnef("no tnef", 1000));
    const std::string whole = winmail(attribute(att_body, "I am away"));
    for (std::size_t cut = 0; cut < whole.size(); ++cut)
        read_tnef(whole.substr(0, cut), 1000);  // must not crash
}

TEST(Tnef, in_a_message_is_its_text) {
    // base64 of the octets of the first test, without the class.
    const std::string octets = winmail(attribute(att_body, std::string("I am away\0", 10)));
    std::string quoted;
    for (const char c : octets) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        quoted += '=';
        quoted += digits[static_cast<unsigned char>(c) >> 4];
        quoted += digits[static_cast<unsigned char>(c) & 15];
        if (quoted.size() % 60 == 0) quoted += "=\n";
    }
    const auto message = parse_message(
        "Subject: x\nContent-Type: application/ms-tnef; name=winmail.dat\n"
        "Content-Transfer-Encoding: quoted-printable\n\n" +
        quoted + "\n");
    EXPECT_EQ(message.body.text, "I am away");
}

}  // namespace ndr
