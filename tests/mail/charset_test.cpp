// Octets stand as another implementation (Python's codecs) writes them.
#include "../../src/mail/charset.hpp"

#include <gtest/gtest.h>

#include "../../src/mail/charset_guess.hpp"
#include "ndr_triage/base/text.hpp"
#include "support/mail_set_up.hpp"

namespace ndr {

namespace {

using namespace std::string_view_literals;

struct Sample {
    const char* label;
    std::string_view octets;
    const char* text;
};

constexpr auto zh_text = "收件人的邮箱已满，您的邮件被退回。";
constexpr auto zh_octets =
    "\xca\xd5\xbc\xfe\xc8\xcb\xb5\xc4\xd3\xca\xcf\xe4\xd2\xd1\xc2\xfa\xa3\xac\xc4\xfa\xb5\xc4\xd3"
    "\xca\xbc\xfe\xb1\xbb\xcd\xcb\xbb\xd8\xa1\xa3"sv;
constexpr auto tw_text = "收件人的信箱已滿，您的郵件無法送達。";
constexpr auto tw_octets =
    "\xa6\xac\xa5\xf3\xa4H\xaa\xba\xabH\xbd"
    "c\xa4w\xba\xa1\xa1"
    "A\xb1z\xaa\xba\xb6l\xa5\xf3\xb5L\xaak\xb0"
    "e\xb9"
    "F\xa1"
    "C"sv;
constexpr auto ja_text = "メールボックスの容量が一杯です。";
constexpr auto ja_jis = "\x1b$B%a!<%k%\\%C%/%9$NMFNL$,0lGU$G$9!#\x1b(B"sv;
constexpr auto ja_sjis =
    "\x83\x81\x81[\x83\x8b\x83{\x83"
    "b\x83N\x83X\x82\xcc\x97"
    "e\x97\xca\x82\xaa\x88\xea\x94t\x82\xc5\x82\xb7\x81"
    "B"sv;
constexpr auto ja_euc =
    "\xa5\xe1\xa1\xbc\xa5\xeb\xa5\xdc\xa5\xc3\xa5\xaf\xa5\xb9\xa4\xce\xcd\xc6\xce\xcc\xa4\xac\xb0"
    "\xec\xc7\xd5\xa4\xc7\xa4\xb9\xa1\xa3"sv;
constexpr auto ko_text = "받는 사람의 편지함이 가득 찼습니다.";
constexpr auto ko_octets =
    "\xb9\xde\xb4\xc2 \xbb\xe7\xb6\xf7\xc0\xc7 \xc6\xed\xc1\xf6\xc7\xd4\xc0\xcc \xb0\xa1\xb5\xe6 "
    "\xc3\xa1\xbd\xc0\xb4\xcf\xb4\xd9."sv;
constexpr auto ko_shifted =
    "\x1b$)C\x0e"
    "9^4B\x0f \x0e;g6w@G\x0f \x0e"
    "FmAvGT@L\x0f \x0e"
    "0!5f\x0f \x0e"
    "C!=@4O4Y\x0f."sv;
constexpr auto ru_text = "Почтовый ящик получателя переполнен";
constexpr auto ru_koi8 =
    "\xf0\xcf\xde\xd4\xcf\xd7\xd9\xca \xd1\xdd\xc9\xcb \xd0\xcf\xcc\xd5\xde\xc1\xd4\xc5\xcc\xd1 "
    "\xd0\xc5\xd2\xc5\xd0\xcf\xcc\xce\xc5\xce"sv;
constexpr auto ru_1251 =
    "\xcf\xee\xf7\xf2\xee\xe2\xfb\xe9 \xff\xf9\xe8\xea \xef\xee\xeb\xf3\xf7\xe0\xf2\xe5\xeb\xff "
    "\xef\xe5\xf0\xe5\xef\xee\xeb\xed\xe5\xed"sv;
constexpr auto fr_text = "La boîte aux lettres est pleine, réessayez";
constexpr auto fr_octets =
    "La bo\xeete aux lettres est pleine, r\xe9"
    "essayez"sv;

const std::vector<Sample> samples{
    {"gb2312", zh_octets, zh_text},       {"GBK", zh_octets, zh_text},
    {"gb18030", zh_octets, zh_text},      {"Big5", tw_octets, tw_text},
    {"ISO-2022-JP", ja_jis, ja_text},     {"Shift_JIS", ja_sjis, ja_text},
    {"EUC-JP", ja_euc, ja_text},          {"euc-kr", ko_octets, ko_text},
    {"ISO-2022-KR", ko_shifted, ko_text}, {"ks_c_5601-1987", ko_octets, ko_text},
    {"koi8-r", ru_koi8, ru_text},         {"windows-1251", ru_1251, ru_text},
    {"ISO-8859-1", fr_octets, fr_text},
};

TEST(Charset, reads_what_its_label_says) {
    for (const auto& sample : samples)
        EXPECT_EQ(to_utf8(sample.octets, sample.label), sample.text) << sample.label;
    EXPECT_EQ(to_utf8("Skrzynka jest pe\xb3na, spr\xf3"
                      "buj p\xf3\x9fniej"sv,
                      "windows-1250"),
              "Skrzynka jest pełna, spróbuj później");
    EXPECT_EQ(to_utf8("pe\xb3na p\xf3\xbcniej"sv, "iso-8859-2"), "pełna później");
}

TEST(Charset, label_is_believed_even_for_a_single_letter) {
    EXPECT_EQ(to_utf8("pe\xb3na"sv, "iso-8859-2"), "pełna");
    EXPECT_EQ(to_utf8("pe\xb3na"sv, "windows-1250"), "pełna");
    EXPECT_EQ(to_utf8("AB 3. M\xc4RZ"sv, "iso-8859-1"), "AB 3. MÄRZ");
    EXPECT_EQ(to_utf8("S\xc3O PAULO"sv, "iso-8859-1"), "SÃO PAULO");
    EXPECT_EQ(to_utf8("5 \xa4"sv, "iso-8859-15"), "5 €");
    EXPECT_EQ(to_utf8("5 \x80"sv, "windows-1252"), "5 €");
    EXPECT_EQ(to_utf8("\xd3\xca"sv, "gb2312"), "邮");
    EXPECT_EQ(to_utf8("\xc2\xfa"sv, "gb2312"), "满");
    EXPECT_EQ(to_utf8("\xc0\xee\xc8\xf1"sv, "gb2312"), "李锐");
    EXPECT_EQ(to_utf8("\xb9\xde"sv, "euc-kr"), "받");
    EXPECT_EQ(to_utf8("\x83\x81"sv, "shift_jis"), "メ");
    EXPECT_EQ(to_utf8("\xf1"sv, "koi8-r"), "Я");
    EXPECT_EQ(to_utf8("\xdf"sv, "windows-1251"), "Я");
}

TEST(Charset, label_may_be_written_in_any_way) {
    for (const auto* label : {"KOI8-R", "koi8r", "koi8_r", " KOI8-R "})
        EXPECT_EQ(to_utf8(ru_koi8, label), ru_text) << label;
}

TEST(Charset, is_the_superset_that_mail_programs_mean) {
    EXPECT_EQ(to_utf8("\xd3\xca\xcf\xe4\xe9"
                      "F"sv,
                      "gb2312"),
              "邮箱镕");  // GBK only
    EXPECT_EQ(to_utf8(std::string(zh_octets) + "\x81"
                                               "9\xef"
                                               "0",
                      "gb2312"),
              std::string(zh_text) + "㐁");  // four octets: GB18030 only
    EXPECT_EQ(to_utf8("\x8c"
                      "c\xb9\xe6\xb0\xa2\xc7\xcf"sv,
                      "euc-kr"),
              "똠방각하");                                                       // CP949 only
    EXPECT_EQ(to_utf8("\x87@\x87\x8a\x83\x81\x81["sv, "shift_jis"), "①㈱メー");  // CP932
    EXPECT_EQ(to_utf8("\x93joe\x94 isn\x92t"sv, "iso-8859-1"), "“joe” isn’t");   // Windows-1252
}

TEST(Charset, without_a_label_is_guessed) {
    for (const auto& sample : samples)
        EXPECT_EQ(to_utf8(sample.octets, ""), sample.text) << sample.label;
}

TEST(Charset, a_greek_label_on_greek_text_is_believed) {
    EXPECT_EQ(
        to_utf8(
            "\xd4\xef \xe3\xf1\xe1\xec\xec\xe1\xf4\xef\xea\xe9\xe2\xfe\xf4\xe9\xef \xf4\xef\xf5 \xf0\xe1\xf1\xe1\xeb\xde\xf0\xf4\xe7 \xe5\xdf\xed\xe1\xe9 \xe3\xe5\xec\xdc\xf4\xef"sv,
            "iso-8859-7"),
        "Το γραμματοκιβώτιο του παραλήπτη είναι γεμάτο");
    EXPECT_EQ(to_utf8(ru_koi8, "iso-8859-7"), ru_text);
}

TEST(Charset, lone_accented_letters_in_latin_words_are_latin) {
    EXPECT_EQ(to_utf8("\xc9"
                      "chec de la remise, \xe9"
                      "chou\xe9"sv,
                      ""),
              "Échec de la remise, échoué");
    EXPECT_EQ(to_utf8("Empf\xe4nger existiert nicht: \xdc"
                      "berpr\xfc"
                      "fen"sv,
                      ""),
              "Empfänger existiert nicht: Überprüfen");
    EXPECT_EQ(to_utf8("t\xe4ss\xe4 on v\xe4\xe4rin"sv, ""), "tässä on väärin");
    EXPECT_EQ(to_utf8("AB 3. M\xc4RZ"sv, ""), "AB 3. MÄRZ");
    EXPECT_EQ(to_utf8("S\xc3O PAULO"sv, ""), "SÃO PAULO");
    EXPECT_EQ(to_utf8("El buz\xf3n est\xe1 lleno, se\xf1or"sv, ""), "El buzón está lleno, señor");
}

TEST(Charset, decorations_do_not_change_the_language) {
    std::string octets;
    std::string text;
    for (int i = 0; i < 20; ++i) {  // a rule of heavy lines, as Japanese mail has them
        octets += "\x84\xaa";
        text += "━";
    }
    octets += "\n" + std::string(ja_sjis);
    text += "\n" + std::string(ja_text);
    EXPECT_EQ(to_utf8(octets, ""), text);
    EXPECT_EQ(to_utf8(octets, "iso-2022-jp"), text);
}

TEST(Charset, of_names_in_rare_characters_is_guessed) {
    EXPECT_EQ(to_utf8("\xcc\xa8\xcd\xe5\xf6\xce\xc1\xfa\xc9\xcc\xc3\xb3\xb9\xab\xcb\xbe"sv, ""),
              "台湾鑫龙商贸公司");
}

TEST(Charset, with_an_unknown_label_is_guessed) {
    EXPECT_EQ(to_utf8(ru_koi8, "x-unknown"), ru_text);
    EXPECT_EQ(to_utf8(zh_octets, "default"), zh_text);
}

TEST(Charset, with_a_label_that_does_not_fit_is_guessed) {
    EXPECT_EQ(to_utf8(zh_octets, "iso-8859-1"), zh_text);
    EXPECT_EQ(to_utf8(zh_octets, "us-ascii"), zh_text);
    EXPECT_EQ(to_utf8(zh_octets, "utf-8"), zh_text);
    EXPECT_EQ(to_utf8(tw_octets, "gb2312"), tw_text);
    EXPECT_EQ(to_utf8(zh_octets, "big5"), zh_text);
    EXPECT_EQ(to_utf8(ja_sjis, "iso-2022-jp"), ja_text);
    EXPECT_EQ(to_utf8(ja_sjis, "euc-jp"), ja_text);
    EXPECT_EQ(to_utf8(ja_euc, "shift_jis"), ja_text);
    EXPECT_EQ(to_utf8(ja_jis, "us-ascii"), ja_text);
    EXPECT_EQ(to_utf8(ko_octets, "iso-8859-1"), ko_text);
    EXPECT_EQ(to_utf8(ru_koi8, "windows-1251"), ru_text);
    EXPECT_EQ(to_utf8(ru_1251, "koi8-r"), ru_text);
    EXPECT_EQ(to_utf8(ru_1251, "iso-8859-1"), ru_text);
}

TEST(Charset, utf8_is_taken_for_utf8_whatever_the_label_says) {
    for (const auto* label : {"", "utf-8", "UTF8", "iso-8859-1", "gb2312", "us-ascii", "koi8-r"})
        EXPECT_EQ(to_utf8(zh_text, label), zh_text) << label;
}

TEST(Charset, ascii_stays_as_it_is) {
    for (const auto* label : {"", "us-ascii", "iso-8859-1", "utf-16", "utf-16le", "gb2312"})
        EXPECT_EQ(to_utf8("Mailbox is full!", label), "Mailbox is full!") << label;
}

TEST(Charset, utf16_and_utf7_are_read_when_they_say_so) {
    EXPECT_EQ(to_utf8("\xff\xfe\x66\x00\x75\x00"sv, "utf-16"), "fu");
    EXPECT_EQ(to_utf8("f\0u\0"sv, "utf-16le"), "fu");
    EXPECT_EQ(to_utf8("\x90\xae\x7b\xb1"sv, "utf-16be"), "邮箱");
    EXPECT_EQ(to_utf8("bo+AO4-te"sv, "utf-7"), "boîte");
}

// One octet that a gateway broke must not turn the whole text into another language.
TEST(Charset, utf8_with_a_few_wrong_octets_is_still_utf8) {
    const std::string text = zh_text;
    for (const auto* label : {"", "utf-8", "iso-8859-1"}) {
        EXPECT_EQ(to_utf8(text + "\xff" + text, label), text + "\ufffd" + text) << label;
        EXPECT_EQ(to_utf8(text.substr(0, text.size() - 1), label),
                  text.substr(0, text.size() - 3) + "\ufffd\ufffd")
            << label;
        EXPECT_EQ(to_utf8(std::string(ru_text) + "\xd0", label), std::string(ru_text) + "\ufffd")
            << label;
    }
}

TEST(Charset, a_nul_octet_is_a_blank_and_does_not_change_how_the_rest_is_read) {
    EXPECT_EQ(to_utf8("full\0box"sv, "us-ascii"), "full box");
    EXPECT_EQ(to_utf8(std::string(zh_text) + '\0' + zh_text, "utf-8"),
              std::string(zh_text) + ' ' + zh_text);
    EXPECT_EQ(to_utf8(std::string(zh_octets) + '\0', "gb2312"), std::string(zh_text) + ' ');
}

TEST(Charset, what_cannot_be_read_becomes_replacement_characters) {
    EXPECT_NE(to_utf8("\xff\xff mailbox full \xff"sv, "gb2312").find(" mailbox full "),
              std::string::npos);
    for (int octet = 0x80; octet < 0x100; ++octet) {
        for (const auto* label : {"", "utf-8", "gb2312", "iso-2022-jp", "utf-16", "utf-7", "?"})
            EXPECT_TRUE(
                is_utf8(to_utf8(std::string(3, static_cast<char>(octet)) + "\x1b$B", label)));
    }
}

TEST(Charset, converters_are_needed_for_anything_but_plain_text) {
    EXPECT_FALSE(may_need_charsets("Subject: x\n\nMailbox is full\n"));
    EXPECT_TRUE(may_need_charsets(fr_octets));
    EXPECT_TRUE(may_need_charsets(ja_jis));
    EXPECT_TRUE(may_need_charsets("Subject: =?gb2312?B?08rP5A==?=\n\n"));
    EXPECT_TRUE(may_need_charsets("Content-Transfer-Encoding: BASE64\n\n"));
    EXPECT_TRUE(may_need_charsets("Content-Transfer-Encoding: Quoted-Printable\n\n"));
    EXPECT_TRUE(may_need_charsets("Content-Type: text/plain; charset=UTF-7\n\n"));
}

TEST(CharsetGuess, conversion_counts_its_faults) {
    EXPECT_EQ(converted("abc", "CP1252").faults, 0U);
    const auto broken = converted("\xd3\xca\xff\xcf\xe4"sv, "GB18030");
    EXPECT_EQ(broken.text, "邮\ufffd箱");
    EXPECT_EQ(broken.faults, 1U);
    EXPECT_EQ(converted("abc", "NO-SUCH-CHARSET").faults, 3U);
}

TEST(CharsetGuess, long_text_is_converted_whole) {
    std::string octets;
    std::string text;
    for (int i = 0; i < 2000; ++i) {
        octets += zh_octets;
        text += zh_text;
    }
    EXPECT_EQ(converted(octets, "GB18030").text, text);
    EXPECT_EQ(best_reading(octets, nullptr), text);
}

TEST(CharsetGuess, escape_sequences_tell_the_shifted_ones) {
    EXPECT_STREQ(shifted_charset(ko_shifted), "ISO-2022-KR");
    EXPECT_NE(shifted_charset(ja_jis), nullptr);
    EXPECT_EQ(shifted_charset("\x1b[31mred\x1b"), nullptr);
    EXPECT_EQ(shifted_charset("plain"), nullptr);
}

}  // namespace

}  // namespace ndr
