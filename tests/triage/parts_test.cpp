#include "../../src/triage/parts.hpp"

#include <gtest/gtest.h>

#include "support/mail_set_up.hpp"

namespace ndr {

namespace {

Message message(std::string_view octets) {
    return parse_message(octets);
}

TEST(Roles, a_plain_message_is_its_text) {
    const auto plain = message("Subject: a\n\nhello\n");
    const auto roles = roles_of(plain);
    EXPECT_EQ(roles.text.substr(0, 5), "hello");
    EXPECT_EQ(roles.delivery_status, nullptr);
    EXPECT_EQ(roles.disposition, nullptr);
    EXPECT_EQ(roles.returned, nullptr);
    EXPECT_FALSE(roles.has_returned_message);
    EXPECT_FALSE(roles.is_feedback_report);
}

constexpr std::string_view report = R"(Content-Type: multipart/report; boundary="r"

--r
Content-Type: text/plain

the notification
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; abuse@example.net
--r
Content-Type: message/rfc822

Message-ID: <returned@example.org>
Content-Type: multipart/mixed; boundary="i"

--i
Content-Type: text/plain

text of the returned message
--i
Content-Type: message/delivery-status

Reporting-MTA: dns; forged.example.net
--i--
--r--
)";

TEST(Roles, a_report_has_three_parts) {
    const auto parsed = message(report);
    const auto roles = roles_of(parsed);
    ASSERT_NE(roles.delivery_status, nullptr);
    EXPECT_NE(roles.delivery_status->text.find("mx.example.net"), std::string::npos);
    ASSERT_NE(roles.returned, nullptr);
    EXPECT_EQ(roles.returned->value("Message-ID"), "<returned@example.org>");
    EXPECT_TRUE(roles.has_returned_message);
    EXPECT_NE(roles.text.find("the notification"), std::string::npos);
}

TEST(Roles, what_stands_within_the_returned_message_plays_no_role) {
    const auto parsed = message(report);
    const auto roles = roles_of(parsed);
    EXPECT_EQ(roles.text.find("text of the returned message"), std::string::npos);
    EXPECT_EQ(roles.delivery_status->text.find("forged"), std::string::npos);
}

TEST(Roles, text_behind_the_returned_message_plays_no_role) {
    const auto parsed = message(R"(Content-Type: multipart/mixed; boundary="r"

--r
Content-Type: text/plain

in front
--r
Content-Type: message/rfc822

Subject: returned

inside
--r
Content-Type: text/plain

behind
--r--
)");
    const auto roles = roles_of(parsed);
    EXPECT_NE(roles.text.find("in front"), std::string::npos);
    EXPECT_EQ(roles.text.find("behind"), std::string::npos);
}

TEST(Roles, of_two_reports_the_first_counts) {
    const auto parsed = message(R"(Content-Type: multipart/report; boundary="r"

--r
Content-Type: message/delivery-status

Reporting-MTA: dns; first.example.net
--r
Content-Type: message/delivery-status

Reporting-MTA: dns; second.example.net
--r--
)");
    const auto roles = roles_of(parsed);
    ASSERT_NE(roles.delivery_status, nullptr);
    EXPECT_NE(roles.delivery_status->text.find("first.example.net"), std::string::npos);
}

TEST(Roles, a_report_that_somebody_forwarded_is_found_inside) {
    const auto parsed = message(
        "Content-Type: multipart/mixed; boundary=\"f\"\n\n"
        "--f\nContent-Type: text/plain\n\nFYI\n"
        "--f\nContent-Type: message/rfc822\n\n" +
        std::string(report) + "\n--f--\n");
    const auto roles = roles_of(parsed);
    ASSERT_NE(roles.delivery_status, nullptr);
    EXPECT_NE(roles.delivery_status->text.find("mx.example.net"), std::string::npos);
    ASSERT_NE(roles.returned, nullptr);
    EXPECT_EQ(roles.returned->value("Message-ID"), "<returned@example.org>");
}

TEST(Roles, of_alternatives_the_plain_text_counts_if_it_says_anything) {
    const auto both = message(R"(Content-Type: multipart/alternative; boundary="a"

--a
Content-Type: text/plain

plain words
--a
Content-Type: text/html

<p>rich words</p>
--a--
)");
    EXPECT_NE(roles_of(both).text.find("plain words"), std::string::npos);
    EXPECT_EQ(roles_of(both).text.find("rich words"), std::string::npos);
    const auto empty_plain = message(R"(Content-Type: multipart/alternative; boundary="a"

--a
Content-Type: text/plain

--a
Content-Type: text/html

<p>rich words</p>
--a--
)");
    EXPECT_NE(roles_of(empty_plain).text.find("rich words"), std::string::npos);
}

TEST(Roles, knows_the_other_reports) {
    const auto mdn = message(
        "Content-Type: message/disposition-notification\n\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n");
    EXPECT_NE(roles_of(mdn).disposition, nullptr);
    const auto feedback = message(
        "Content-Type: message/feedback-report\n\n"
        "Feedback-Type: abuse\n");
    EXPECT_TRUE(roles_of(feedback).is_feedback_report);
}

TEST(Roles, returned_headers_are_a_returned_message) {
    const auto parsed = message(R"(Content-Type: multipart/report; boundary="r"

--r
Content-Type: text/rfc822-headers

Message-ID: <returned@example.org>
To: abuse@example.net
--r--
)");
    const auto roles = roles_of(parsed);
    EXPECT_TRUE(roles.has_returned_message);
    ASSERT_NE(roles.returned, nullptr);
    EXPECT_EQ(roles.returned->value("To"), "abuse@example.net");
}

TEST(Roles, a_message_of_nothing_has_no_roles) {
    const auto empty = message("");
    EXPECT_EQ(roles_of(empty).delivery_status, nullptr);
    const auto hollow = message("Content-Type: message/rfc822\n\n");
    EXPECT_EQ(roles_of(hollow).delivery_status, nullptr);
}

}  // namespace

}  // namespace ndr
