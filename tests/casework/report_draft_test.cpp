// Drafts, compared with texts that people wrote: tests/casework/reports/.
#include "ndr_triage/casework/report_draft.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/casework/token.hpp"
#include "support/words.hpp"

namespace ndr {

namespace {

using support::holds;

Instant at(const char* text) {
    return parse_instant(text).value();
}

Network network_of(Rir registry) {
    Network network;
    network.range = AddressRange::parse("203.0.113.0/24").value();
    network.registry = registry;
    network.name = "EXAMPLE-NET";
    network.authority = Authority::registry;
    network.source = "https://rdap.example/ip/203.0.113.7";
    network.dated = at("2026-11-01");
    set_contacts(network, {{ContactRole::abuse, "abuse@example.net", "", "", at("2026-03-14")}});
    return network;
}

ReportFacts facts_for(Rir registry) {
    ReportFacts facts;
    facts.network = network_of(registry);
    facts.contact = "abuse@example.net";
    facts.attacker = Address::parse("203.0.113.7").value();
    facts.complained_at = at("2026-11-02T10:00:00Z");
    facts.bounce = ReportedBounce{12,
                                  at("2026-11-03T08:15:00Z"),
                                  Outcome::recipient_unknown,
                                  "5.1.1",
                                  "550 5.1.1 <abuse@example.net>: Recipient address rejected: User "
                                  "unknown in virtual mailbox table",
                                  "mx.example.net"};
    facts.attempts = {
        {facts.complained_at, "complaint to abuse@example.net", "recipient-unknown on 2026-11-03"},
        {facts.complained_at, "complaint to noc@example.net", "no answer"}};
    facts.reporter = "Example Org <complaints@example.org>";
    return facts;
}

ReportDraft draft(const ReportFacts& facts) {
    const RegistryDesks desks = RegistryDesks::standard();
    return draft_of(desks, *desks.holder_of(facts.network), facts).value();
}

// The text of the one field of that name, "" if there is none.
std::string field(const ReportDraft& draft, std::string_view name) {
    for (const auto& written : draft.fields) {
        if (written.name == name) return written.text;
    }
    return {};
}

std::string golden(const std::string& name) {
    return read_file(std::string(NDR_REPORTS) + "/" + name + ".txt");
}

}  // namespace

TEST(ReportDraft, for_apnic_fits_its_form_and_cites_the_outdated_validation) {
    EXPECT_EQ(text_of(draft(facts_for(Rir::apnic))), golden("apnic"));
}

TEST(ReportDraft, about_a_network_without_a_contact_says_so) {
    ReportFacts facts = facts_for(Rir::apnic);
    facts.network.contacts.clear();
    facts.contact.clear();
    facts.bounce.reset();
    facts.attempts.clear();
    EXPECT_EQ(text_of(draft(facts)), golden("apnic-no-contact"));
}

TEST(ReportDraft, for_arin_says_how_we_know) {
    EXPECT_EQ(text_of(draft(facts_for(Rir::arin))), golden("arin"));
}

TEST(ReportDraft, for_the_ripe_ncc_proves_that_the_holder_was_tried) {
    EXPECT_EQ(text_of(draft(facts_for(Rir::ripe_ncc))), golden("ripe-ncc"));
}

TEST(ReportDraft, for_lacnic_names_the_contact_of_the_parent_first) {
    ReportFacts facts = facts_for(Rir::lacnic);
    facts.parent = network_of(Rir::lacnic);
    facts.parent->range = AddressRange::parse("203.0.112.0/22").value();
    set_contacts(*facts.parent, {{ContactRole::abuse, "abuse@parent.example", "", "", {}}});
    facts.bounce->outcome = Outcome::lost_connection;
    facts.bounce->status.clear();
    facts.bounce->remote_mta.clear();
    facts.bounce->diagnostic_code = "connect to mx.example.net[192.0.2.9]:25: Connection timed out";
    EXPECT_EQ(text_of(draft(facts)), golden("lacnic"));
}

TEST(ReportDraft, for_lacnic_says_where_a_parent_is_found_that_is_not_known) {
    const auto first = joined(draft(facts_for(Rir::lacnic)).first, "\n");
    EXPECT_TRUE(holds(first, "parent network comes first: it is not known here")) << first;
}

TEST(ReportDraft, for_afrinic_is_a_mail) {
    const auto written = draft(facts_for(Rir::afrinic));
    EXPECT_EQ(text_of(written), golden("afrinic"));
    EXPECT_TRUE(mail_text_of(written).starts_with("Hello,\n\nwe report"));
}

TEST(ReportDraft, of_data_that_a_national_registry_holds_goes_to_its_desk) {
    ReportFacts facts = facts_for(Rir::apnic);
    facts.network.country = "KR";
    facts.network.source = "whois://whois.kisa.or.kr";
    EXPECT_EQ(text_of(draft(facts)), golden("krnic"));
}

TEST(ReportDraft, by_the_country_alone_stays_with_the_regional_registry_and_says_why) {
    ReportFacts facts = facts_for(Rir::apnic);
    facts.network.country = "JP";
    const auto written = draft(facts);
    EXPECT_EQ(written.registry, "APNIC");
    EXPECT_TRUE(holds(written.first.at(0),
                      "names JPNIC as source or maintainer, the report "
                      "belongs there (query@nic.ad.jp)"));
}

TEST(ReportDraft, of_a_full_mailbox_is_never_made) {
    const RegistryDesks desks = RegistryDesks::standard();
    for (const auto& desk : desks.all()) {
        ReportFacts facts = facts_for(desk.national_of.value_or(Rir::apnic));
        EXPECT_TRUE(draft_of(desks, desk, facts)) << desk.id;
        facts.bounce->outcome = Outcome::mailbox_full;
        EXPECT_FALSE(draft_of(desks, desk, facts)) << desk.id;
    }
}

TEST(ReportDraft, of_a_guess_says_that_the_registry_must_be_asked_first) {
    ReportFacts facts = facts_for(Rir::apnic);
    facts.network.authority = Authority::guess;
    EXPECT_TRUE(holds(draft(facts).first.at(0), "networks refresh 203.0.113.7"));
}

TEST(ReportDraft, names_no_file_of_ours_as_what_the_registry_publishes) {
    const RegistryDesks desks = RegistryDesks::standard();
    for (const auto& desk : desks.all()) {
        ReportFacts facts = facts_for(desk.national_of.value_or(Rir::apnic));
        facts.network.authority = Authority::imported;
        facts.network.source = "/home/jo/whois.txt";
        const std::string text = text_of(draft_of(desks, desk, facts).value());
        EXPECT_FALSE(holds(text, "whois.txt")) << text;
        EXPECT_FALSE(holds(text, "/home")) << text;
    }
    ReportFacts facts = facts_for(Rir::arin);
    facts.network.authority = Authority::imported;
    facts.network.source = "whois.txt";
    EXPECT_TRUE(holds(text_of(draft(facts)), "Found in a copy of ARIN's data on 2026-11-01.\n"));
}

TEST(ReportDraft, does_not_cite_a_validation_that_came_after_the_bounce) {
    ReportFacts facts = facts_for(Rir::apnic);
    facts.network.contacts.at(0).validated_at = at("2026-11-04");
    EXPECT_FALSE(holds(field(draft(facts), "Remarks"), "validated"));
    facts.network.contacts.at(0).validated_at = at("2026-11-02");
    EXPECT_TRUE(holds(field(draft(facts), "Remarks"), "validated on 2026-11-02"));
}

TEST(ReportDraft, keeps_the_limit_whatever_a_mail_host_says) {
    ReportFacts facts = facts_for(Rir::apnic);
    for (const std::string& words : {std::string(5000, 'x'), std::string("550 \n\x1b[31m ") + "a b",
                                     std::string("550 利用者不明 ") + std::string(900, ' ')}) {
        facts.bounce->diagnostic_code = words;
        const std::string remarks = field(draft(facts), "Remarks");
        EXPECT_LE(characters(remarks), 250U) << remarks;
        EXPECT_TRUE(is_utf8(remarks)) << remarks;
        EXPECT_EQ(remarks.find_first_of("\n\x1b"), std::string::npos) << remarks;
    }
}

TEST(ReportDraft, blanks_our_tokens_in_what_strangers_wrote) {
    ReportFacts facts = facts_for(Rir::ripe_ncc);
    const std::string token =
        sign("k7qd", "secret", TokenPurpose::bounce, 7, 0, "a@b.example").text();
    facts.bounce->diagnostic_code = "550 no, <complaints+" + token + "@example.org> may not";
    facts.attempts.at(0).result = token;
    const std::string text = text_of(draft(facts));
    EXPECT_FALSE(holds(text, token)) << text;
    EXPECT_TRUE(holds(text, "complaints+" + std::string(31, '*') + "@example.org")) << text;
}

TEST(Shortened, cuts_between_words_and_counts_as_a_form_does) {
    EXPECT_EQ(shortened("one two three", 13), "one two three");
    EXPECT_EQ(shortened("one two three", 12), "one two...");
    EXPECT_EQ(shortened("one two three", 10), "one two...");
    EXPECT_EQ(shortened("onetwothreefour", 10), "onetwot...");
    EXPECT_EQ(shortened("x", 0), "");
    EXPECT_EQ(characters("añ語"), 3U);
    EXPECT_EQ(characters("\xF0\x9F\x93\xAE"), 2U);
    EXPECT_EQ(shortened("\xF0\x9F\x93\xAE\xF0\x9F\x93\xAE\xF0\x9F\x93\xAE", 5),
              "\xF0\x9F\x93\xAE...");
}

}  // namespace ndr
