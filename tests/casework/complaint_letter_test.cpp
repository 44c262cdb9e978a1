#include "ndr_triage/casework/complaint_letter.hpp"

#include <gtest/gtest.h>

#include "../../src/triage/auto_reply.hpp"
#include "ndr_triage/base/failure.hpp"

namespace ndr {

namespace {

const Address attacker = Address::parse("203.0.113.7").value();

ComplaintFacts facts() {
    ComplaintFacts result;
    result.address = attacker;
    result.network.range = AddressRange::parse("203.0.113.0/24").value();
    result.network.name = "EXAMPLE-NET";
    result.network.source = "https://rdap.example/ip/203.0.113.7";
    result.contact = "abuse@example.net";
    result.answer = "complaints+answer@example.org";
    result.from = "complaints@example.org";
    result.host = "mail.example.org";
    result.at = parse_instant("2026-11-23T10:00:00Z").value();
    return result;
}

LetterWords words_of(const ComplaintFacts& facts) {
    return complaint_words(standard_complaint_template(), "", facts, LogExcerpt(attacker, 50));
}

LetterWords written(std::string_view letter_template, const LogExcerpt& excerpt) {
    return complaint_words(letter_template, "letter.template", facts(), excerpt);
}

std::string fault_of(std::string_view letter_template) {
    try {
        written(letter_template, LogExcerpt(attacker, 50));
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST(LogExcerpt, keeps_the_latest_lines_that_name_the_address_as_a_word) {
    LogExcerpt excerpt(attacker, 2);
    for (const char* line :
         {"sshd: one from 203.0.113.7 port 22", "sshd: 203.0.113.77 is another", "two 203.0.113.7",
          "1203.0.113.7", "three [203.0.113.7]: bad\x1b[31m\r"})
        excerpt.take(line);
    EXPECT_EQ(excerpt.found(), 3U);
    EXPECT_EQ(excerpt.lines(),
              (std::vector<std::string>{"two 203.0.113.7", "three [203.0.113.7]: bad\\x1b[31m"}));
}

TEST(LogExcerpt, cuts_long_lines) {
    LogExcerpt excerpt(attacker, 50);
    excerpt.take("203.0.113.7 " + std::string(100000, 'x'));
    EXPECT_LE(excerpt.lines().at(0).size(), 510U);
}

TEST(ComplaintLetter, names_no_file_of_ours) {
    ComplaintFacts imported = facts();
    imported.network.authority = Authority::imported;
    imported.network.registry = Rir::apnic;
    imported.network.source = "/home/jo/whois.txt";
    const std::string text = words_of(imported).text;
    EXPECT_EQ(text.find("whois.txt"), std::string::npos) << text;
    EXPECT_NE(text.find("source:   a copy of APNIC's data\n"), std::string::npos) << text;
}

TEST(ComplaintLetter, tells_whom_what_and_how_to_answer) {
    LogExcerpt excerpt(attacker, 50);
    excerpt.take("Nov 23 sshd: Failed password for root from 203.0.113.7 port 40022");
    const auto words = written(standard_complaint_template(), excerpt);
    EXPECT_EQ(words.subject, "Abuse from 203.0.113.7");
    for (const char* part :
         {"203.0.113.0/24 (EXAMPLE-NET)", "abuse@example.net", "https://rdap.example/",
          "Failed password for root from 203.0.113.7", "complaints+answer@example.org", "1 of 1",
          "UTC", "complaints@example.org, mail.example.org"})
        EXPECT_NE(words.text.find(part), std::string::npos) << part << "\n" << words.text;
    EXPECT_EQ(words.text.find('{'), std::string::npos);
    EXPECT_TRUE(words.text.starts_with("Hello")) << words.text;
}

TEST(ComplaintLetter, without_log_lines_says_so) {
    const auto words = written(standard_complaint_template(), LogExcerpt(attacker, 50));
    EXPECT_NE(words.text.find("(no log lines)"), std::string::npos);
}

TEST(ComplaintLetter, of_a_site_may_have_its_own_words_and_braces) {
    const auto words = written("Subject: {country} {address}\n\n{ \"ip\": \"{address}\" } {A}\n",
                               LogExcerpt(attacker, 50));
    EXPECT_EQ(words.subject, "203.0.113.7");
    EXPECT_EQ(words.text, "{ \"ip\": \"203.0.113.7\" } {A}\n");
    EXPECT_EQ(written("Only text\n", LogExcerpt(attacker, 50)).subject, "Abuse from 203.0.113.7");
}

TEST(ComplaintLetter, with_an_unknown_name_is_refused_where_it_stands) {
    EXPECT_EQ(fault_of("Subject: x\n\nhi {adress}\n"),
              "letter.template:3: '{adress}' is no name that a complaint has");
}

// Autoresponders quote it, unmarked too: what the log says is not their word (triage).
TEST(ComplaintLetter, of_ours_is_known_where_it_is_quoted) {
    const auto letter = written(standard_complaint_template(), LogExcerpt(attacker, 20)).text;
    EXPECT_EQ(before_complaint(letter), "Hello,\n\n");
    EXPECT_EQ(before_complaint(letter.substr(letter.find("These are lines"))), "");
}

}  // namespace ndr
