#include "ndr_triage/casework/complaint.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ndr {

namespace {

const Instant now = instant_of(1791800000);

ReplyFacts letter(const std::string& subject) {
    ReplyFacts facts;
    facts.subject = subject;
    facts.message_id = "c42@example.org";
    facts.date = "Mon, 12 Oct 2026 10:00:00 +0200";
    facts.to = {"abuse@example.net"};
    return facts;
}

std::string attacker(const std::string& subject, const std::optional<Address>& address = {}) {
    const auto reading = read_complaint(letter(subject), address, {}, now);
    return reading.complaint ? reading.complaint->address.text() : "none: " + reading.fault;
}

std::vector<std::string> contacts(const ReplyFacts& facts, const std::vector<std::string>& own) {
    std::vector<std::string> result;
    const auto reading = read_complaint(facts, std::nullopt, own, now);
    if (reading.complaint) {
        for (const auto& copy : reading.complaint->copies)
            result.push_back(copy.contact);
    }
    return result;
}

TEST(ReadComplaint, reads_everything_of_a_complaint) {
    const auto reading = read_complaint(letter("Abuse from 198.51.100.23"), std::nullopt, {}, now);
    ASSERT_TRUE(reading.complaint) << reading.fault;
    EXPECT_EQ(reading.fault, "");
    EXPECT_EQ(reading.complaint->id, 0);
    EXPECT_EQ(reading.complaint->address, Address::parse("198.51.100.23"));
    EXPECT_EQ(reading.complaint->subject, "Abuse from 198.51.100.23");
    EXPECT_EQ(reading.complaint->sent_at, parse_instant("2026-10-12T08:00:00Z"));
    ASSERT_EQ(reading.complaint->copies.size(), 1U);
    EXPECT_EQ(reading.complaint->copies[0].contact, "abuse@example.net");
    EXPECT_EQ(reading.complaint->copies[0].message_id, "c42@example.org");
}

TEST(ReadComplaint, finds_the_attacker_in_the_subject) {
    EXPECT_EQ(attacker("Abuse from 198.51.100.23"), "198.51.100.23");
    EXPECT_EQ(attacker("[198.51.100.23] attacked us."), "198.51.100.23");
    EXPECT_EQ(attacker("Attack by 198.51.100.23."), "198.51.100.23");
    EXPECT_EQ(attacker("(198.51.100.23), port 22"), "198.51.100.23");
    EXPECT_EQ(attacker("Abuse from 2001:db8::23: ssh"), "2001:db8::23");
    EXPECT_EQ(attacker("198.51.100.23 and again 198.51.100.23"), "198.51.100.23");
}

TEST(ReadComplaint, finds_the_attacker_behind_a_label_and_before_a_port) {
    EXPECT_EQ(attacker("Abuse:203.0.113.7"), "203.0.113.7");
    EXPECT_EQ(attacker("abuse:2001:db8::23"), "2001:db8::23");
    EXPECT_EQ(attacker("ip=203.0.113.7:22"), "203.0.113.7");
    EXPECT_EQ(attacker("Feed:203.0.113.7."), "203.0.113.7");
    EXPECT_EQ(attacker("::ffff:203.0.113.7"), "203.0.113.7");
    EXPECT_EQ(attacker("at 10:15:30"),
              "none: no IP address in its Subject: name the attacker with "
              "--ip ADDRESS");
}

TEST(ReadComplaint, what_the_user_names_outranks_the_subject) {
    EXPECT_EQ(attacker("Abuse from 198.51.100.23", Address::parse("203.0.113.7")), "203.0.113.7");
    EXPECT_EQ(attacker("no address", Address::parse("203.0.113.7")), "203.0.113.7");
    EXPECT_EQ(attacker("198.51.100.1 198.51.100.2", Address::parse("203.0.113.7")), "203.0.113.7");
}

TEST(ReadComplaint, without_one_attacker_says_how_to_name_it) {
    for (const char* subject : {"", "Abuse", "Abuse from 198.51.100.256", "version 1.2.3",
                                "198.51.100.1 and 198.51.100.2"}) {
        const auto reading = read_complaint(letter(subject), std::nullopt, {}, now);
        EXPECT_FALSE(reading.complaint) << subject;
        EXPECT_NE(reading.fault.find("--ip"), std::string::npos) << subject;
    }
}

TEST(ReadComplaint, each_contact_has_one_copy) {
    auto facts = letter("Abuse from 198.51.100.23");
    facts.to = {"Abuse@Example.NET", "noc@example.net", "abuse@example.net."};
    EXPECT_EQ(contacts(facts, {}),
              (std::vector<std::string>{"abuse@example.net", "noc@example.net"}));
}

TEST(ReadComplaint, we_are_no_contact) {
    auto facts = letter("Abuse from 198.51.100.23");
    facts.to = {"abuse@example.net", "Records@example.org"};
    EXPECT_EQ(contacts(facts, {"records@example.org"}),
              std::vector<std::string>{"abuse@example.net"});
}

TEST(ReadComplaint, without_a_contact_is_none) {
    auto facts = letter("Abuse from 198.51.100.23");
    facts.to = {"records@example.org"};
    const auto reading = read_complaint(facts, std::nullopt, {"records@example.org"}, now);
    EXPECT_FALSE(reading.complaint);
    EXPECT_NE(reading.fault, "");
}

TEST(ReadComplaint, without_a_date_was_sent_now) {
    for (const char* date : {"", "yesterday"}) {
        auto facts = letter("Abuse from 198.51.100.23");
        facts.date = date;
        EXPECT_EQ(read_complaint(facts, std::nullopt, {}, now).complaint->sent_at, now) << date;
    }
}

}  // namespace

}  // namespace ndr
