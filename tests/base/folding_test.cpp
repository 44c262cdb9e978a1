// Folding (base/text.hpp): each expectation is NFKC (UAX 15) by hand, then the rules of the manual.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

using namespace std::string_view_literals;
using Origins = std::vector<std::uint32_t>;

TEST(Folding, ignores_case_of_any_script) {
    EXPECT_EQ(folded("Mailbox FULL"), "mailbox full");
    EXPECT_EQ(folded("\u041f\u041e\u0427\u0422\u0410"), "\u043f\u043e\u0447\u0442\u0430");
    EXPECT_EQ(folded("STRA\u00dfE"), folded("strasse"));  // full case folding
    EXPECT_EQ(folded("\u00c9T\u00c9"), "\u00e9t\u00e9");
}

TEST(Folding, makes_compatible_characters_one) {
    EXPECT_EQ(folded("\uff2d\uff41\uff49\uff4c\uff1a\uff15\uff15\uff10"), "mail:550");
    EXPECT_EQ(folded("\ufb01le"), "file");       // the ligature fi
    EXPECT_EQ(folded("\u2460"), "1");            // a circled one
    EXPECT_EQ(folded("wait\u2026"), "wait...");  // an ellipsis
}

TEST(Folding, composes_what_came_in_pieces) {
    EXPECT_EQ(folded("e\u0301te\u0301"), "\u00e9t\u00e9");
    EXPECT_EQ(folded("\u30db\u3099"), "\u30dc");        // kana and voiced sound mark
    EXPECT_EQ(folded("\u1112\u1161\u11ab"), "\ud55c");  // Hangul from its three jamo
    EXPECT_EQ(folded("\u1112\u1161\u1100\u1161"), "\ud558\uac00");
}

TEST(Folding, reads_half_width_katakana_as_full_width) {
    EXPECT_EQ(folded("\uff92\uff70\uff99\uff8e\uff9e\uff6f\uff78\uff7d"),
              "\u30e1\u30fc\u30eb\u30dc\u30c3\u30af\u30b9");  // "mail box"
    EXPECT_EQ(folded("\uff8a\uff9f"), "\u30d1");
}

TEST(Folding, makes_typographic_quotes_and_dashes_plain) {
    EXPECT_EQ(folded("doesn\u2019t"), "doesn't");
    EXPECT_EQ(folded("`a\u00b4"), "'a'");
    EXPECT_EQ(folded("\u201ca\u201d \u201eb\u201c \u00abc\u00bb"), "\"a\" \"b\" \"c\"");
    EXPECT_EQ(folded("\u201aa\u2018 \u2039b\u203a"), "'a' 'b'");
    EXPECT_EQ(folded("e\u2010mail \u2013 x\u2014y \u2212 1"), "e-mail - x-y - 1");
}

TEST(Folding, squeezes_blanks_of_all_kinds_to_one) {
    EXPECT_EQ(folded("a \t\r\n  b"), "a b");
    EXPECT_EQ(folded("a\u00a0\u2003\u3000b"), "a b");
    EXPECT_EQ(folded("  a  "), "a");
    EXPECT_EQ(folded(" \n "), "");
}

TEST(Folding, takes_control_characters_for_blanks_whatever_follows_them) {
    EXPECT_EQ(folded("a\x01\x7f"
                     "b"),
              "a b");
    EXPECT_EQ(folded("a\x01\u00e9"), "a \u00e9");
    EXPECT_EQ(folded("a\n\u00e9"), "a \u00e9");
}

TEST(Folding, drops_blanks_between_cjk_letters_only) {
    EXPECT_EQ(folded("\u90ae \u7bb1\n\u5df2 \u6ee1"), "\u90ae\u7bb1\u5df2\u6ee1");
    EXPECT_EQ(folded("\u30e1 \u30fc \u30eb"), "\u30e1\u30fc\u30eb");
    EXPECT_EQ(folded("\ud55c \uae00"), "\ud55c\uae00");
    EXPECT_EQ(folded("\u90ae\u7bb1  full"), "\u90ae\u7bb1 full");
    EXPECT_EQ(folded("550 \u90ae\u7bb1"), "550 \u90ae\u7bb1");
}

TEST(Folding, drops_invisible_characters) {
    EXPECT_EQ(folded("quo\u00adta"), "quota");
    EXPECT_EQ(folded("mail\u200bbox\ufeff"), "mailbox");
    EXPECT_EQ(folded("\u202efull\u202c"), "full");
}

TEST(Folding, is_its_own_fixed_point) {
    for (const auto text : {"Mailbox  FULL"sv, "\uff2d\uff41 \ufb01\u2026 \u201cx\u201d"sv,
                            "\u90ae \u7bb1 \uff8e\uff9e"sv, "STRA\u00dfE \u1112\u1161\u11ab"sv}) {
        const auto once = folded(text);
        EXPECT_EQ(folded(once), once);
    }
}

TEST(Folding, tells_where_each_octet_came_from) {
    const auto plain = folded_with_origin("A \t B");
    EXPECT_EQ(plain.text, "a b");
    EXPECT_EQ(plain.origin, (Origins{0, 1, 4}));  // a blank: where its run begins

    const auto ligature = folded_with_origin("\ufb01x");
    EXPECT_EQ(ligature.text, "fix");
    EXPECT_EQ(ligature.origin, (Origins{0, 0, 3}));

    const auto accent = folded_with_origin("xe\u0301y");
    EXPECT_EQ(accent.text, "x\u00e9y");
    EXPECT_EQ(accent.origin, (Origins{0, 1, 1, 4}));

    const auto hidden = folded_with_origin("a\u00adb");
    EXPECT_EQ(hidden.text, "ab");
    EXPECT_EQ(hidden.origin, (Origins{0, 3}));

    const auto cjk = folded_with_origin("\u90ae \u7bb1");
    EXPECT_EQ(cjk.text, "\u90ae\u7bb1");
    EXPECT_EQ(cjk.origin, (Origins{0, 0, 0, 4, 4, 4}));
}

TEST(Folding, origins_of_wrong_octets_point_into_the_text_that_was_given) {
    const auto fold = folded_with_origin("a\xff\xfe B"sv);
    EXPECT_EQ(fold.text, "a\ufffd\ufffd b");
    EXPECT_EQ(fold.origin, (Origins{0, 1, 1, 1, 2, 2, 2, 3, 4}));
    const auto nul = folded_with_origin("\ufffd\0B"sv);
    EXPECT_EQ(nul.text,
              "\ufffd\ufffd"
              "b");
    EXPECT_EQ(nul.origin, (Origins{0, 0, 0, 3, 3, 3, 4}));
}

TEST(Folding, of_anything_is_utf8_with_growing_origins_inside_the_text) {
    constexpr auto pieces =
        "aB \n\0\x1b\x80\xbf\xc2\xad\xa0\xcc\x81\xe2\x80\x99\xe3\xff\xef\xbe\x9e\xf0\x9f"sv;
    std::mt19937 random(3);
    std::uniform_int_distribution<std::size_t> pick(0, pieces.size() - 1);
    for (std::size_t size = 0; size < 400; ++size) {
        std::string text(size, '\0');
        std::generate(text.begin(), text.end(), [&] { return pieces[pick(random)]; });
        const auto fold = folded_with_origin(text);
        ASSERT_TRUE(is_utf8(fold.text));
        ASSERT_EQ(fold.origin.size(), fold.text.size());
        ASSERT_TRUE(std::is_sorted(fold.origin.begin(), fold.origin.end()));
        ASSERT_TRUE(fold.origin.empty() || fold.origin.back() < text.size());
        ASSERT_EQ(fold.text, folded(utf8_only(text)));
    }
}

}  // namespace

}  // namespace ndr
