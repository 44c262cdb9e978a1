#include "ndr_triage/mail/delivery_report.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

using Texts = std::vector<std::string>;

TEST(DeliveryReport, reads_rfc_3464) {
    const auto report = parse_delivery_report(
        "Original-Envelope-Id: QQ314159\n"
        "Reporting-MTA: dns; mx.example.net\n"
        "\n"
        "Original-Recipient: rfc822;abuse@example.net\n"
        "Final-Recipient: RFC822; joe@mail.example.net\n"
        "Action: failed\n"
        "Status: 5.2.2 (mailbox full)\n"
        "Remote-MTA: dns; mail.example.net\n"
        "Diagnostic-Code: smtp; 552 5.2.2 Mailbox full\n");
    EXPECT_EQ(report.reporting_mta, "mx.example.net");
    EXPECT_EQ(report.original_envelope_id, "QQ314159");
    ASSERT_EQ(report.recipients.size(), 1U);
    const auto& recipient = report.recipients.front();
    EXPECT_EQ(recipient.original_recipient, "abuse@example.net");
    EXPECT_EQ(recipient.final_recipient, "joe@mail.example.net");
    EXPECT_EQ(recipient.action, "failed");
    EXPECT_EQ(recipient.status, "5.2.2 (mailbox full)");
    EXPECT_EQ(recipient.remote_mta, "mail.example.net");
    EXPECT_EQ(recipient.diagnostic_code, "552 5.2.2 Mailbox full");
    EXPECT_TRUE(recipient.localized_diagnostic.empty());
}

TEST(DeliveryReport, absent_fields_are_absent_and_empty_ones_are_empty) {
    const auto report = parse_delivery_report(
        "Final-Recipient: rfc822; joe@example.net\n"
        "Status:\n");
    EXPECT_EQ(report.reporting_mta, std::nullopt);
    EXPECT_EQ(report.original_envelope_id, std::nullopt);
    ASSERT_EQ(report.recipients.size(), 1U);
    const auto& recipient = report.recipients.front();
    EXPECT_EQ(recipient.original_recipient, std::nullopt);
    EXPECT_EQ(recipient.action, std::nullopt);
    EXPECT_EQ(recipient.status, "");
    EXPECT_EQ(recipient.remote_mta, std::nullopt);
    EXPECT_EQ(recipient.diagnostic_code, std::nullopt);
}

TEST(DeliveryReport, unfolds_values_and_ignores_the_case_of_names) {
    const auto report = parse_delivery_report(
        "FINAL-RECIPIENT: rfc822;joe@example.net\n"
        "ACTION: Failed (permanently)\n"
        "diagnostic-code: SMTP;\n"
        "\t552 5.2.2\n"
        "   Mailbox full\n"
        " Status: told elsewhere\n");
    ASSERT_EQ(report.recipients.size(), 1U);
    EXPECT_EQ(report.recipients[0].action, "failed");
    EXPECT_EQ(report.recipients[0].diagnostic_code,
              "552 5.2.2 Mailbox full Status: told elsewhere");
    EXPECT_EQ(report.recipients[0].status, std::nullopt);
}

TEST(DeliveryReport, a_folded_line_that_forgot_its_blank_still_belongs_to_its_field) {
    const auto report = parse_delivery_report(
        "Final-Recipient: rfc822;joe@example.net\n"
        "Diagnostic-Code: smtp; 550 rejected,\n"
        "see the manual: it explains\n"
        "Status: 5.7.1\n");
    ASSERT_EQ(report.recipients.size(), 1U);
    EXPECT_EQ(report.recipients[0].diagnostic_code, "550 rejected, see the manual: it explains");
    EXPECT_EQ(report.recipients[0].status, "5.7.1");
}

TEST(DeliveryReport, each_group_is_a_recipient) {
    const auto report = parse_delivery_report(
        "Reporting-MTA: dns; mx.example.net\n"
        "\n"
        "Final-Recipient: rfc822; a@example.net\n"
        "Action: failed\n"
        "Status: 5.1.1\n"
        "\n"
        "Final-Recipient: rfc822; b@example.net\n"
        "Action: delayed\n");
    ASSERT_EQ(report.recipients.size(), 2U);
    EXPECT_EQ(report.recipients[0].final_recipient, "a@example.net");
    EXPECT_EQ(report.recipients[0].status, "5.1.1");
    EXPECT_EQ(report.recipients[1].final_recipient, "b@example.net");
    EXPECT_EQ(report.recipients[1].action, "delayed");
    EXPECT_EQ(report.recipients[1].status, std::nullopt);  // nothing of the one before
}

TEST(DeliveryReport, groups_may_lack_the_blank_line_between_them) {
    const auto report = parse_delivery_report(
        "Reporting-MTA: dns; mx.example.net\n"
        "Final-Recipient: rfc822; a@example.net\n"
        "Status: 5.1.1\n"
        "Final-Recipient: rfc822; b@example.net\n"
        "Status: 5.2.2\n");
    EXPECT_EQ(report.reporting_mta, "mx.example.net");
    ASSERT_EQ(report.recipients.size(), 2U);
    EXPECT_EQ(report.recipients[0].status, "5.1.1");
    EXPECT_EQ(report.recipients[1].final_recipient, "b@example.net");
    EXPECT_EQ(report.recipients[1].status, "5.2.2");
}

TEST(DeliveryReport, fields_of_one_recipient_may_be_spread_over_two_groups) {
    const auto report = parse_delivery_report(
        "Final-Recipient: rfc822; a@example.net\n"
        "Action: failed\n"
        "\n"
        "Status: 5.2.2\n"
        "Diagnostic-Code: smtp; 552 full\n");
    ASSERT_EQ(report.recipients.size(), 1U);
    EXPECT_EQ(report.recipients[0].status, "5.2.2");
    EXPECT_EQ(report.recipients[0].diagnostic_code, "552 full");
}

TEST(DeliveryReport, a_group_may_name_its_recipient_last) {
    const auto report = parse_delivery_report(
        "Action: failed\n"
        "Status: 5.1.1\n"
        "Final-Recipient: rfc822; a@example.net\n"
        "\n"
        "Action: failed\n"
        "Status: 5.2.2\n"
        "Final-Recipient: rfc822; b@example.net\n");
    ASSERT_EQ(report.recipients.size(), 2U);
    EXPECT_EQ(report.recipients[0].final_recipient, "a@example.net");
    EXPECT_EQ(report.recipients[0].status, "5.1.1");
    EXPECT_EQ(report.recipients[1].final_recipient, "b@example.net");
    EXPECT_EQ(report.recipients[1].status, "5.2.2");
}

TEST(DeliveryReport, an_original_recipient_in_front_belongs_to_the_final_one) {
    const auto report = parse_delivery_report(
        "Original-Recipient: rfc822;a@example.org\n"
        "Final-Recipient: rfc822;a@example.net\n"
        "Original-Recipient: rfc822;b@example.org\n"
        "Final-Recipient: rfc822;b@example.net\n");
    ASSERT_EQ(report.recipients.size(), 2U);
    EXPECT_EQ(report.recipients[0].original_recipient, "a@example.org");
    EXPECT_EQ(report.recipients[1].original_recipient, "b@example.org");
    EXPECT_EQ(report.recipients[1].final_recipient, "b@example.net");
}

TEST(DeliveryReport, types_may_be_missing) {
    const auto report = parse_delivery_report(
        "Reporting-MTA: mx.example.net\n"
        "\n"
        "Final-Recipient: <joe@example.net>\n"
        "Remote-MTA: 192.0.2.1\n"
        "Diagnostic-Code: 552 5.2.2 full; try later\n");
    EXPECT_EQ(report.reporting_mta, "mx.example.net");
    ASSERT_EQ(report.recipients.size(), 1U);
    EXPECT_EQ(report.recipients[0].final_recipient, "joe@example.net");
    EXPECT_EQ(report.recipients[0].remote_mta, "192.0.2.1");
    EXPECT_EQ(report.recipients[0].diagnostic_code, "552 5.2.2 full; try later");
}

TEST(DeliveryReport, reads_international_addresses_and_localized_diagnostics) {  // RFC 6533
    const auto report = parse_delivery_report(
        "Final-Recipient: utf-8; jos\\x{E9}@example.net\n"
        "Localized-Diagnostic: fr; bo\u00eete pleine\n"
        "Localized-Diagnostic: de; Postfach voll\n");
    ASSERT_EQ(report.recipients.size(), 1U);
    EXPECT_EQ(report.recipients[0].final_recipient, "jos\u00e9@example.net");
    EXPECT_EQ(report.recipients[0].localized_diagnostic,
              (Texts{"bo\u00eete pleine", "Postfach voll"}));
}

TEST(DeliveryReport, reads_a_status_without_any_recipient) {
    const auto report = parse_delivery_report("Action: failed\nStatus: 5.1.1\n");
    ASSERT_EQ(report.recipients.size(), 1U);
    EXPECT_EQ(report.recipients[0].final_recipient, std::nullopt);
    EXPECT_EQ(report.recipients[0].status, "5.1.1");
}

TEST(DeliveryReport, of_something_else_is_empty) {
    for (const auto* text : {"", "\n\n", "no fields here", "Hello: world\n", " : \n:\n::::\n"})
        EXPECT_TRUE(parse_delivery_report(text).recipients.empty()) << text;
}

TEST(DeliveryReport, of_very_many_recipients_is_bounded_and_mixes_none_of_them) {
    std::string text;
    for (int i = 0; i < 3000; ++i) {
        const auto number = std::to_string(i);
        text += "Final-Recipient: rfc822; r" + number + "@example.net\n";
        if (i < 190 || i > 250) text += "Status: 5.1." + number + "\n";
        text += "\n";
    }
    const auto report = parse_delivery_report(text);
    ASSERT_EQ(report.recipients.size(), 200U);
    for (std::size_t i = 0; i < report.recipients.size(); ++i) {
        const auto number = std::to_string(i);
        EXPECT_EQ(report.recipients[i].final_recipient, "r" + number + "@example.net");
        EXPECT_TRUE(!report.recipients[i].status || report.recipients[i].status == "5.1." + number);
    }
}

TEST(PastedReport, begins_at_its_first_field) {
    constexpr std::string_view report =
        "Reporting-MTA: dns; mx.example.net\n"
        "\n"
        "Final-Recipient: rfc822; joe@example.net\n"
        "Status: 5.2.2\n";
    EXPECT_EQ(pasted_report("Sorry, it failed.\n\n" + std::string(report)), report);
    EXPECT_EQ(pasted_report(report), report);
}

TEST(PastedReport, needs_fields_at_the_start_of_lines_and_a_recipient) {
    EXPECT_EQ(pasted_report("the field Final-Recipient: names it"), "");
    EXPECT_EQ(pasted_report("Reporting-MTA: dns; mx.example.net\nStatus: 5.2.2\n"), "");
    EXPECT_EQ(pasted_report("Reporting-MTA: dns; x\nsee Final-Recipient: there\n"), "");
    EXPECT_EQ(pasted_report("> Final-Recipient: rfc822; joe@example.net\n"), "");
    EXPECT_EQ(pasted_report(""), "");
}

TEST(DispositionReport, reads_rfc_8098) {
    const auto report = parse_disposition_report(
        "Reporting-UA: mail.example.net; Some Agent 1.0\n"
        "Original-Recipient: rfc822;abuse@example.net\n"
        "Final-Recipient: rfc822;joe@example.net\n"
        "Original-Message-ID: <1@example.org>\n"
        "Disposition: manual-action/MDN-sent-manually; Displayed\n");
    EXPECT_EQ(report.original_recipient, "abuse@example.net");
    EXPECT_EQ(report.final_recipient, "joe@example.net");
    EXPECT_EQ(report.original_message_id, "<1@example.org>");
    EXPECT_EQ(report.disposition_type, "displayed");
}

TEST(DispositionReport, reads_modifiers_and_old_forms) {
    EXPECT_EQ(parse_disposition_report("Disposition: automatic-action/MDN-sent-automatically; "
                                       "deleted/error\n")
                  .disposition_type,
              "deleted");
    EXPECT_EQ(parse_disposition_report("Disposition: automatic-action/MDN-sent-automatically;\n"
                                       "\tprocessed (by a rule)\n")
                  .disposition_type,
              "processed");
    EXPECT_EQ(parse_disposition_report("Disposition: displayed\n").disposition_type, "displayed");
}

TEST(DispositionReport, without_one_is_unknown) {
    const auto report = parse_disposition_report("Final-Recipient: rfc822; joe@example.net\n");
    EXPECT_EQ(report.disposition_type, "");
    EXPECT_EQ(report.original_message_id, std::nullopt);
    EXPECT_EQ(parse_disposition_report("").final_recipient, std::nullopt);
}

}  // namespace

}  // namespace ndr
