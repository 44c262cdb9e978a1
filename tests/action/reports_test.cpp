#include "ndr_triage/action/reports.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

const Instant now = parse_instant("2026-11-23T12:00:00Z").value();

DraftedReport report_to(const std::string& mail) {
    DraftedReport report;
    report.row.id = 12;
    report.row.network = AddressRange::parse("2001:db8::/32").value();
    report.desk = "afrinic";
    report.draft = ReportDraft{"AFRINIC",
                               "",
                               mail,
                               "Wrong contact of 2001:db8::/32",
                               {},
                               {},
                               {{"Text", "Hello,\n\nit is wrong.", 0}}};
    return report;
}

ComplaintDesk desk() {
    ComplaintDesk result;
    result.address = "complaints@example.org";
    result.from_name = "Example Org";
    return result;
}

}  // namespace

TEST(ReportLetter, goes_to_the_registry_from_a_sender_that_no_reply_can_use) {
    const Key key{"k7qd", std::string(32, 's'), now, true};
    const auto posting = report_posting(report_to("desk@registry.example"), key, desk(), now);
    ASSERT_TRUE(posting);
    EXPECT_EQ(posting->recipient, "desk@registry.example");
    const auto token = token_in_address(posting->sender);
    ASSERT_TRUE(token) << posting->sender;
    EXPECT_EQ(token->purpose, TokenPurpose::registry);
    EXPECT_EQ(token->number, 12U);
    EXPECT_TRUE(is_signed_with(*token, key.secret, "desk@registry.example"));
    EXPECT_EQ(posting->envid, token->text());
    for (const char* part : {"Auto-Submitted: auto-generated\n", "To: desk@registry.example\n",
                             "Subject: Wrong contact of 2001:db8::/32\n",
                             "From: Example Org <complaints@example.org>\n", "it is wrong.\n"})
        EXPECT_NE(posting->octets.find(part), std::string::npos) << part << posting->octets;
}

TEST(ReportLetter, is_none_where_the_registry_takes_no_mail) {
    const Key key{"k7qd", std::string(32, 's'), now, true};
    EXPECT_FALSE(report_posting(report_to(""), key, desk(), now));
    DraftedReport without = report_to("desk@registry.example");
    without.draft.reset();
    EXPECT_FALSE(report_posting(without, key, desk(), now));
}

TEST(ReportFile, is_named_after_registry_network_and_number) {
    DraftedReport report = report_to("");
    EXPECT_EQ(file_name_of(report), "report-12-afrinic-2001_db8__-32.txt");
    report.row.network = AddressRange::parse("192.0.2.0 - 192.0.2.9").value();
    EXPECT_EQ(file_name_of(report).find_first_of(" /:"), std::string::npos) << file_name_of(report);
}

}  // namespace ndr
