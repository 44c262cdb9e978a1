// RFC 2047 words of header fields (parse_message); octets as Python's codecs write them.
#include <gtest/gtest.h>

#include "../../src/mail/encoded_words.hpp"
#include "ndr_triage/mail/message.hpp"
#include "support/mail_set_up.hpp"

namespace ndr {

namespace {

std::string subject(const std::string& value) {
    return std::string(
        parse_message("Subject: " + value + "\nFrom: x\n\n").header.value("subject"));
}

TEST(EncodedWords, are_decoded_in_both_encodings) {
    EXPECT_EQ(subject("=?iso-8859-1?Q?bo=EEte_pleine?="), "boîte pleine");
    EXPECT_EQ(subject("=?ISO-8859-1?q?bo=EEte?= pleine"), "boîte pleine");
    EXPECT_EQ(subject("=?utf-8?B?6YKu566x5bey5ruh?="), "邮箱已满");
    EXPECT_EQ(subject("full: =?utf-8?b?6YKu566x?= (x)"), "full: 邮箱 (x)");
}

TEST(EncodedWords, blanks_between_two_of_them_are_not_text) {  // RFC 2047 section 6.2
    EXPECT_EQ(subject("=?utf-8?Q?Mail?=\n =?utf-8?Q?box?="), "Mailbox");
    EXPECT_EQ(subject("=?utf-8?Q?Mail?= box"), "Mail box");
}

TEST(EncodedWords, one_character_may_be_split_over_two_of_them) {
    EXPECT_EQ(subject("=?utf-8?B?6YKu5w==?= =?utf-8?B?rrE=?="), "邮箱");
}

TEST(EncodedWords, of_east_asian_charsets) {
    EXPECT_EQ(subject("=?gb2312?B?08rP5NLRwvo=?="), "邮箱已满");
    EXPECT_EQ(subject("=?GBK?B?08rP5OlG?="), "邮箱镕");
    EXPECT_EQ(subject("=?gb18030?B?08rP5A==?="), "邮箱");
    EXPECT_EQ(subject("=?big5?B?q0i9Y6R3uqE=?="), "信箱已滿");
    EXPECT_EQ(subject("=?eucgb2312_cn?b?u9i4tDogQWJ1c2U=?="), "回复: Abuse");
    EXPECT_EQ(subject("=?big5_tw?b?q0i9Y6R3uqE=?="), "信箱已滿");
    EXPECT_EQ(subject("=?ISO-2022-JP?B?GyRCJWEhPCVrGyhC?="), "メール");
    EXPECT_EQ(subject("=?Shift_JIS?B?g4GBW4OL?="), "メール");
    EXPECT_EQ(subject("=?EUC-JP?B?peGhvKXr?="), "メール");
    EXPECT_EQ(subject("=?euc-kr?B?xu3B9sfU?="), "편지함");
    EXPECT_EQ(subject("=?ks_c_5601-1987?B?xu3B9sfU?="), "편지함");
}

TEST(EncodedWords, of_cyrillic_and_european_charsets) {
    EXPECT_EQ(subject("=?koi8-r?B?8d3Jyw==?="), "Ящик");
    EXPECT_EQ(subject("=?windows-1251?B?3/no6g==?="), "Ящик");
    EXPECT_EQ(subject("=?iso-8859-15?Q?=A4?="), "€");
    EXPECT_EQ(subject("=?windows-1250?Q?pe=B3na?="), "pełna");
}

TEST(EncodedWords, labels_mean_the_superset_that_mail_programs_mean) {
    EXPECT_EQ(subject("=?gb2312?B?08rP5OlG?="), "邮箱镕");          // GBK
    EXPECT_EQ(subject("=?euc-kr?B?jGO55g==?="), "똠방");            // CP949
    EXPECT_EQ(subject("=?iso-8859-1?Q?=93x=94?="), "“x”");          // Windows-1252
    EXPECT_EQ(subject("=?shift_jis?B?h0CDgYFbg4s=?="), "①メール");  // CP932
}

TEST(EncodedWords, with_a_wrong_or_unknown_label_are_guessed) {
    EXPECT_EQ(subject("=?us-ascii?B?08rP5NLRwvo=?="), "邮箱已满");
    EXPECT_EQ(subject("=?x-unknown?B?6YKu566x5bey5ruh?="), "邮箱已满");
    EXPECT_EQ(subject("=?iso-8859-1?B?6YKu566x5bey5ruh?="), "邮箱已满");  // UTF-8 in fact
}

TEST(EncodedWords, that_are_broken_stay_text) {
    EXPECT_EQ(subject("=?utf-8?Q?open"), "=?utf-8?Q?open");
    EXPECT_EQ(subject("=?utf-8?X?what?="), "=?utf-8?X?what?=");
    EXPECT_EQ(subject("a =? b ?= c"), "a =? b ?= c");
}

TEST(EncodedWords, bring_no_line_ends_into_a_field) {
    EXPECT_EQ(subject("=?utf-8?Q?a=0ABcc:_x?="), "a Bcc: x");
    EXPECT_EQ(subject("=?utf-8?B?YQ0KYgBj?="), "a  b c");  // a CR LF b NUL c
}

TEST(EncodedWords, may_break_the_rules_of_their_form) {
    EXPECT_EQ(subject("=?utf-8*en?Q?full?="), "full");                     // RFC 2231: a language
    EXPECT_EQ(subject("=?utf-8?Q?mailbox is full?="), "mailbox is full");  // blanks inside
    EXPECT_EQ(subject("(=?utf-8?Q?full?=)"), "(full)");                    // no blanks around
    EXPECT_EQ(subject("=?utf-8?B?6YKu566x?==?utf-8?B?5ruh?="), "邮箱满");
    EXPECT_EQ(subject("=?utf-8?B?6YKu 566x?="), "邮箱");
    EXPECT_EQ(subject("=?utf-8?B?5ruh5ruh5g?="), "满满\ufffd");  // cut, and without padding
    EXPECT_EQ(subject("=?utf-8?Q?100=?= =?utf-8?Q?=zz?="), "100==zz");
    EXPECT_EQ(subject("=?utf-8?Q?"
                      "?="),
              "");
}

TEST(EncodedWords, in_great_number_take_no_time) {
    std::string open;
    std::string closed;
    std::string text;
    for (int i = 0; i < 100'000; ++i) {
        open += "=?a?Q?x";
        closed += "=?utf-8?Q?x?= ";
        text += 'x';
    }
    EXPECT_EQ(with_words_decoded(open), open);  // minutes, if each looked for its end
    EXPECT_EQ(with_words_decoded(closed), text + ' ');
}

TEST(EncodedWords, a_field_without_them_may_be_raw_in_any_charset) {
    EXPECT_EQ(subject("邮箱已满"), "邮箱已满");  // RFC 6532
    EXPECT_EQ(subject("\xd3\xca\xcf\xe4\xd2\xd1\xc2\xfa"), "邮箱已满");
    EXPECT_EQ(subject("\x1b$B%a!<%k\x1b(B"), "メール");
}

}  // namespace

}  // namespace ndr
