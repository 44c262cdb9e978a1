#include "../../src/triage/facts.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ndr {

namespace {

using Values = std::vector<std::string>;

Header header(const std::string& name, const std::string& value) {
    return Header(std::vector<Field>{{name, value}});
}

TEST(ReplyFacts, are_read_from_the_header) {
    const auto facts = facts_of(Header({
        {"Return-Path", "<>"},
        {"Delivered-To", "complaints+abcd@example.org"},
        {"X-Original-To", "<complaints+EFGH@example.org>"},
        {"Received", "by mail.example.org (Postfix) id 1; Mon, 12 Oct 2026 08:14:02 +0000"},
        {"Received", "from elsewhere"},
        {"From", "Abuse Desk <abuse@example.net>"},
        {"To", "complaints@example.org, Jo <jo@example.org>"},
        {"Cc", "noc@example.net"},
        {"Subject", "Re: Abuse"},
        {"Date", "Mon, 12 Oct 2026 08:20:02 +0000"},
        {"Message-ID", "<a1@desk.example.net>"},
        {"In-Reply-To", "<c42@example.org>"},
        {"References", "<c41@example.org> <c42@example.org>"},
    }));
    EXPECT_EQ(facts.return_path, "<>");
    EXPECT_EQ(facts.envelope_to,
              (Values{"complaints+abcd@example.org", "complaints+EFGH@example.org"}));
    EXPECT_TRUE(facts.first_received.starts_with("by mail.example.org"));
    EXPECT_EQ(facts.from, "Abuse Desk <abuse@example.net>");
    EXPECT_EQ(facts.sender, "abuse@example.net");
    EXPECT_EQ(facts.to, (Values{"complaints@example.org", "jo@example.org", "noc@example.net"}));
    EXPECT_EQ(facts.subject, "Re: Abuse");
    EXPECT_EQ(facts.date, "Mon, 12 Oct 2026 08:20:02 +0000");
    EXPECT_EQ(facts.message_id, "a1@desk.example.net");
    EXPECT_EQ(facts.answers, (Values{"c42@example.org", "c41@example.org"}));
}

TEST(ReplyFacts, an_absent_field_is_empty) {
    const auto facts = facts_of(Header());
    EXPECT_EQ(facts.return_path, "");
    EXPECT_EQ(facts.message_id, "");
    EXPECT_TRUE(facts.answers.empty());
    EXPECT_TRUE(facts.envelope_to.empty());
}

TEST(ReplyFacts, are_bounded) {
    std::vector<Field> fields;
    for (int i = 0; i < 1000; ++i) {
        fields.push_back({"To", "a" + std::to_string(i) + "@example.net"});
        fields.push_back({"References", "<r" + std::to_string(i) + "@example.net>"});
    }
    fields.push_back({"Subject", std::string(100000, 's')});
    const auto facts = facts_of(Header(fields));
    EXPECT_LE(facts.to.size(), 100U);
    EXPECT_LE(facts.answers.size(), 100U);
    EXPECT_LE(facts.subject.size(), 4096U);
}

TEST(MessageId, stands_without_brackets) {
    EXPECT_EQ(message_id_of(header("Message-ID", " <a1@example.net> ")), "a1@example.net");
    EXPECT_EQ(message_id_of(header("Message-ID", "bare@example.net")), "bare@example.net");
    EXPECT_EQ(message_id_of(header("Message-ID", "")), "");
}

TEST(OriginalFacts, the_first_returned_header_counts) {
    ReplyFacts facts;
    add_original_facts(Header({{"Message-ID", "<one@example.org>"}, {"To", "abuse@example.net"}}),
                       facts);
    add_original_facts(Header({{"Message-ID", "<two@example.org>"}, {"To", "noc@example.net"}}),
                       facts);
    EXPECT_EQ(facts.original_message_id, "one@example.org");
    EXPECT_EQ(facts.original_to, Values{"abuse@example.net"});
}

TEST(Facts, tell_an_address_without_its_detail) {
    EXPECT_EQ(without_detail("Complaints+abcd@Example.ORG"), "complaints@example.org");
    EXPECT_EQ(without_detail("complaints@example.org"), "complaints@example.org");
}

}  // namespace

}  // namespace ndr
