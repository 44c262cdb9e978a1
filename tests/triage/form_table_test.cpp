#include <gtest/gtest.h>

#include <string>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/triage/notification.hpp"

namespace ndr {

namespace {

FormTable parsed(std::string_view table) {
    return FormTable::parse(table, "test.forms");
}

TEST(FormTable, a_line_is_a_kind_and_a_text) {
    const auto forms = parsed("# comment\n\nreason   the  error was:  \n");
    EXPECT_TRUE(forms.has("reason", "and the  error was: none"));
    EXPECT_FALSE(forms.has("reason", "comment"));
    EXPECT_FALSE(forms.has("recipient", "the  error was:"));
}

TEST(FormTable, a_fault_names_file_and_line) {
    try {
        parsed("reason reason:\n\nrecipient\n");
        FAIL() << "no fault";
    } catch (const ConfigError& error) {
        EXPECT_TRUE(std::string(error.what()).starts_with("test.forms:3: ")) << error.what();
    }
}

TEST(FormTable, a_label_begins_the_line_and_the_longest_counts) {
    const auto forms = parsed("recipient recipient\nrecipient recipient address\n");
    EXPECT_EQ(forms.label("recipient", "recipient address: joe"),
              std::string_view("recipient address").size());
    EXPECT_EQ(forms.label("recipient", "recipient: joe"), std::string_view("recipient").size());
    EXPECT_EQ(forms.label("recipient", "the recipient: joe"), 0U);
    EXPECT_EQ(forms.label("reason", "recipient: joe"), 0U);
}

TEST(FormTable, a_mark_stands_between_ornaments) {
    const auto forms = parsed("original original message\n");
    EXPECT_TRUE(forms.is_mark("original", "original message"));
    EXPECT_TRUE(forms.is_mark("original", "----- original message -----"));
    EXPECT_TRUE(forms.is_mark("original", "*** original message:"));
    EXPECT_FALSE(forms.is_mark("original", "the original message was lost"));
    EXPECT_FALSE(forms.is_mark("original", "-----"));
    EXPECT_FALSE(forms.is_mark("original", ""));
}

TEST(StandardForms, know_the_marks_of_the_common_mail_systems) {
    const auto& forms = FormTable::standard();
    for (const char* mark :
         {"--- below this line is a copy of the message.",                            // qmail
          "------ this is a copy of the message, including all the headers. ------",  // Exim
          "----- original message -----", "-----ursprüngliche nachricht-----", "以下是原邮件"})
        EXPECT_TRUE(forms.is_mark("original", mark)) << mark;
    EXPECT_TRUE(forms.is_mark("transcript", "   ----- transcript of session follows -----"));
    EXPECT_FALSE(forms.is_mark("original", "your message could not be delivered"));
}

}  // namespace

}  // namespace ndr
