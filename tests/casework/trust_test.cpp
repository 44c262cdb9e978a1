#include "ndr_triage/casework/trust.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

TEST(Trust, is_called_as_in_the_specification) {
    EXPECT_EQ(text(Trust::is_signed), "signed");
    EXPECT_EQ(text(Trust::matched), "matched");
    EXPECT_EQ(text(Trust::unknown), "unknown");
}

TEST(Trust, is_found_by_its_name_alone) {
    for (const auto trust : {Trust::is_signed, Trust::matched, Trust::unknown})
        EXPECT_EQ(trust_of(text(trust)), trust);
    for (const char* word : {"", "Signed", "is_signed", "forged"})
        EXPECT_EQ(trust_of(word), std::nullopt) << word;
}

TEST(Trust, rises) {
    EXPECT_LT(Trust::unknown, Trust::matched);
    EXPECT_LT(Trust::matched, Trust::is_signed);
}

}  // namespace

}  // namespace ndr
