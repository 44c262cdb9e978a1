#include "../../src/triage/pattern.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

// Its phrases, or "fault".
std::vector<std::string> phrases(std::string_view text) {
    const auto pattern = Pattern::parse(text);
    if (!pattern) return {"fault"};
    std::vector<std::string> result(pattern->phrases());
    std::size_t octets = 0;
    for (std::size_t i = 0; i < result.size(); ++i) {
        pattern->append_phrase(i, result[i]);
        octets += result[i].size();
    }
    EXPECT_EQ(octets, pattern->octets()) << text;
    return result;
}

using Phrases = std::vector<std::string>;

TEST(Pattern, without_braces_is_one_phrase) {
    EXPECT_EQ(phrases("mailbox * full"), Phrases{"mailbox * full"});
    EXPECT_EQ(phrases("a|b"), Phrases{"a|b"});
    EXPECT_EQ(phrases(""), Phrases{""});
}

TEST(Pattern, stands_for_each_way_to_choose) {
    EXPECT_EQ(phrases("mailbox {is|was} {full|over quota}"),
              (Phrases{"mailbox is full", "mailbox was full", "mailbox is over quota",
                       "mailbox was over quota"}));
    EXPECT_EQ(phrases("{邮箱|信箱}已满"), (Phrases{"邮箱已满", "信箱已满"}));
    EXPECT_EQ(phrases("{a|b|c}"), (Phrases{"a", "b", "c"}));
}

TEST(Pattern, an_alternative_may_be_empty) {
    EXPECT_EQ(phrases("mailbox {|is }full"), (Phrases{"mailbox full", "mailbox is full"}));
    EXPECT_EQ(phrases("a{}"), Phrases{"a"});
}

TEST(Pattern, a_brace_has_its_partner_and_none_within) {
    for (const char* text : {"{", "}", "a{b", "a}b", "{a|{b|c}}", "}{", "{a}}", "{{a}"})
        EXPECT_EQ(phrases(text), Phrases{"fault"}) << text;
}

TEST(Pattern, counts_without_writing_them_all) {
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += "{a|b|c|d}";
    const auto pattern = Pattern::parse(text);
    ASSERT_TRUE(pattern);
    EXPECT_GE(pattern->phrases(), 1'000'000U);
}

}  // namespace

}  // namespace ndr
