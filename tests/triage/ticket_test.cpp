#include "../../src/triage/ticket.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ndr {

namespace {

using Values = std::vector<std::string>;

Values tickets(const std::string& subject, const std::string& words = "") {
    ReplyFacts facts;
    facts.subject = subject;
    return named_in(facts, words).tickets;
}

TEST(Tickets, stand_in_brackets_of_the_subject) {
    EXPECT_EQ(tickets("[desk.example.net #48211] AutoReply: Abuse"), Values{"48211"});
    EXPECT_EQ(tickets("[Ticket#2026101210000171] Abuse"), Values{"2026101210000171"});
    EXPECT_EQ(tickets("[#17] Abuse"), Values{"17"});
    EXPECT_EQ(tickets("[ops] Abuse from 198.51.100.23"), Values{});
}

TEST(Tickets, stand_behind_a_label) {
    EXPECT_EQ(tickets("", "Your ticket number is ABC-12345."), Values{"ABC-12345"});
    EXPECT_EQ(tickets("", "Case 00471188 was opened"), Values{"00471188"});
    EXPECT_EQ(tickets("", "Incident: INC0012345"), Values{"INC0012345"});
    EXPECT_EQ(tickets("", "您的工单号：202610120007"), Values{"202610120007"});
    EXPECT_EQ(tickets("", "Номер обращения 20261012"), Values{"20261012"});
    EXPECT_EQ(tickets("", "受付番号：A-1234"), Values{"A-1234"});
}

TEST(Tickets, need_a_digit_and_a_word_as_label) {
    EXPECT_EQ(tickets("", "Your ticket was opened."), Values{});
    EXPECT_EQ(tickets("", "In any case, thank you."), Values{});
    EXPECT_EQ(tickets("", "showcase 12345"), Values{});
}

TEST(Tickets, are_named_once_and_are_bounded) {
    EXPECT_EQ(tickets("[desk #4711]", "Your ticket 4711 [desk #4711]"), Values{"4711"});
    std::string many;
    for (int i = 1000; i < 1100; ++i)
        many += "[desk #" + std::to_string(i) + "]\n";
    EXPECT_LE(tickets("", many).size(), 20U);
}

TEST(OtherAddresses, are_those_of_nobody_we_know) {
    ReplyFacts facts;
    facts.sender = "abuse@example.net";
    facts.to = {"complaints@example.org"};
    facts.envelope_to = {"complaints+efgh@example.org"};
    facts.original_to = {"desk@example.net"};
    const auto named = named_in(facts,
                                "Not Abuse@Example.net, complaints@example.org, "
                                "complaints+efgh@example.org or desk@example.net, but "
                                "Security@example.net and security@example.net.");
    EXPECT_EQ(named.addresses, Values{"security@example.net"});
}

TEST(Links, are_those_of_a_form) {
    const auto named = named_in(ReplyFacts(),
                                "See https://example.net/ or use "
                                "<https://example.net/report-abuse>, "
                                "HTTPS://example.net/Contact.");
    EXPECT_EQ(named.links,
              (Values{"https://example.net/report-abuse", "HTTPS://example.net/Contact"}));
}

TEST(Links, are_bounded) {
    const auto named = named_in(ReplyFacts(), "https://example.net/form" + std::string(5000, 'x'));
    ASSERT_EQ(named.links.size(), 1U);
    EXPECT_LE(named.links.front().size(), 1000U);
}

}  // namespace

}  // namespace ndr
