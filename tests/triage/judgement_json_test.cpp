#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "samples.hpp"

namespace ndr {

namespace {

using Json = nlohmann::json;

Json sample() {
    return Json::parse(
        to_json(samples::judged_sample("recipient-unknown/second-of-two-first-delayed.eml")));
}

bool is_taken(const Json& json) {
    return judgement_of_json(json.dump()).has_value();
}

TEST(JudgementJson, comes_back_as_it_went) {
    for (const auto& sample : samples::all_samples()) {
        const std::string json = to_json(sample.judgement);
        const auto back = judgement_of_json(json);
        ASSERT_TRUE(back) << sample.path;
        EXPECT_EQ(to_json(*back), json) << sample.path;
    }
}

TEST(JudgementJson, keeps_every_value) {
    Judgement judgement;
    judgement.form = Form::mdn;
    judgement.outcome = Outcome::acknowledged;
    judgement.acknowledgement = Acknowledgement::displayed;
    judgement.rule = "rule";
    judgement.said_by_auto_reply = true;
    judgement.facts = {"id",       "date", "from", "sender", "subject",   "<>",  "received", 3,
                       {"to env"}, {"to"}, {"a"},  "orig",   {"orig to"}, "env", "mta"};
    judgement.named = {{"#1"}, {"x@example.net"}, {"https://example.net/form"}};
    judgement.evidence = {{Place::mark, "text", "says", "by rule", {{1, 3}}, true}};
    Verdict verdict;
    verdict.final_recipient = "final";
    verdict.original_recipient = "original";
    verdict.outcome = Outcome::lost_connection;
    verdict.action = "failed";
    verdict.status = "4.4.1";
    verdict.reply_code = 421;
    verdict.diagnostic_code = "421 bye";
    verdict.remote_mta = "mx";
    verdict.rule = "reply-code: 421";
    judgement.recipients = {verdict};

    const auto back = judgement_of_json(to_json(judgement));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->form, Form::mdn);
    EXPECT_EQ(back->outcome, Outcome::acknowledged);
    EXPECT_EQ(back->acknowledgement, Acknowledgement::displayed);
    EXPECT_EQ(back->rule, "rule");
    EXPECT_TRUE(back->said_by_auto_reply);
    EXPECT_EQ(back->facts.return_path, "<>");
    EXPECT_EQ(back->facts.first_received, "received");
    EXPECT_EQ(back->facts.envelope_to, std::vector<std::string>{"to env"});
    EXPECT_EQ(back->facts.answers, std::vector<std::string>{"a"});
    EXPECT_EQ(back->facts.original_to, std::vector<std::string>{"orig to"});
    EXPECT_EQ(back->facts.original_envelope_id, "env");
    EXPECT_EQ(back->facts.reporting_mta, "mta");
    EXPECT_EQ(back->named.tickets, std::vector<std::string>{"#1"});
    EXPECT_EQ(back->named.addresses, std::vector<std::string>{"x@example.net"});
    EXPECT_EQ(back->named.links, std::vector<std::string>{"https://example.net/form"});
    ASSERT_EQ(back->evidence.size(), 1U);
    EXPECT_EQ(back->evidence[0].place, Place::mark);
    EXPECT_EQ(back->evidence[0].matched.at(0).begin, 1U);
    EXPECT_EQ(back->evidence[0].matched.at(0).end, 3U);
    EXPECT_TRUE(back->evidence[0].decided);
    ASSERT_EQ(back->recipients.size(), 1U);
    EXPECT_EQ(back->recipients[0].outcome, Outcome::lost_connection);
    EXPECT_EQ(back->recipients[0].reply_code, 421);
    EXPECT_EQ(back->recipients[0].diagnostic_code, "421 bye");
}

TEST(JudgementJson, refuses_what_is_no_json) {
    for (const char* text : {"", " ", "x", "{", "null", "[]", "{}", "17", "\"text\"",
                             "{\"form\":", "{} {}", "\xff\xfe"})
        EXPECT_FALSE(judgement_of_json(text)) << text;
    EXPECT_FALSE(judgement_of_json(sample().dump() + "x"));
    EXPECT_FALSE(judgement_of_json("{\"form\":\"\xff\"}"));
}

TEST(JudgementJson, refuses_what_is_too_large) {
    Json json = sample();
    ASSERT_TRUE(is_taken(json));
    json["rule"] = std::string(5 * 1024 * 1024, 'x');
    EXPECT_FALSE(is_taken(json));
}

TEST(JudgementJson, refuses_a_missing_value) {
    const Json whole = sample();
    for (const auto& [name, value] : whole.items()) {
        Json json = whole;
        json.erase(name);
        EXPECT_FALSE(is_taken(json)) << name;
    }
    for (const char* list : {"recipients", "evidence"}) {
        const Json& first = list == std::string("evidence")
                                ? whole.at("recipients").at(0).at("evidence").at(0)
                                : whole.at("recipients").at(0);
        for (const auto& [name, value] : first.items()) {
            Json json = whole;
            if (list == std::string("evidence")) {
                json["recipients"][0]["evidence"][0].erase(name);
            } else {
                json["recipients"][0].erase(name);
            }
            EXPECT_FALSE(is_taken(json)) << list << ": " << name;
        }
    }
}

TEST(JudgementJson, refuses_a_value_of_another_type) {
    const Json whole = sample();
    for (const auto& [name, value] : whole.items()) {
        for (const Json& wrong : {Json(17), Json(true), Json::object(), Json("word"), Json(2.5)}) {
            if (wrong.type() == value.type()) continue;
            Json json = whole;
            json[name] = wrong;
            if (name == "acknowledgement" && wrong.is_null()) continue;
            EXPECT_FALSE(is_taken(json)) << name << " = " << wrong;
        }
    }
    for (const char* list : {"recipients", "evidence", "tickets", "addresses", "links"}) {
        Json json = whole;
        json[list] = nullptr;
        EXPECT_FALSE(is_taken(json)) << list;
    }
}

TEST(JudgementJson, refuses_a_reply_code_that_is_none) {
    Json json = sample();
    auto& code = json["recipients"][1]["reply_code"];
    ASSERT_EQ(code, 550);
    code = nullptr;
    EXPECT_TRUE(is_taken(json));
    for (const Json& wrong :
         {Json(550.5), Json(true), Json("550"), Json(1e300), Json(1LL << 40), Json::array()}) {
        code = wrong;
        EXPECT_FALSE(is_taken(json)) << wrong;
    }
}

TEST(JudgementJson, refuses_unknown_words) {
    const Json whole = sample();
    for (const char* name : {"form", "outcome", "acknowledgement"}) {
        Json json = whole;
        json[name] = "surprise";
        EXPECT_FALSE(is_taken(json)) << name;
    }
    Json json = whole;
    json["recipients"][0]["outcome"] = "surprise";
    EXPECT_FALSE(is_taken(json));
    json = whole;
    json["recipients"][0]["evidence"][0]["place"] = "surprise";
    EXPECT_FALSE(is_taken(json));
}

TEST(JudgementJson, refuses_marks_outside_their_text) {
    const Json whole = sample();
    auto with = [&](const Json& mark) {
        Json json = whole;
        json["recipients"][0]["evidence"][0]["text"] = "four";
        json["recipients"][0]["evidence"][0]["matched"] = Json::array({mark});
        return is_taken(json);
    };
    EXPECT_TRUE(with({0, 4}));
    EXPECT_TRUE(with({4, 4}));
    EXPECT_FALSE(with({0, 5}));
    EXPECT_FALSE(with({3, 2}));
    EXPECT_FALSE(with({-1, 2}));
    EXPECT_FALSE(with({0}));
    EXPECT_FALSE(with({0.5, 2}));
    EXPECT_FALSE(with("0-4"));
}

TEST(JudgementJson, survives_deep_nesting) {
    const std::string deep(200000, '[');
    EXPECT_FALSE(judgement_of_json(deep));
    EXPECT_FALSE(judgement_of_json(deep + std::string(200000, ']')));
    std::string objects;
    for (int i = 0; i < 100000; ++i)
        objects += "{\"a\":";
    EXPECT_FALSE(judgement_of_json(objects));
}

// The pipe from the parsing child is bounded: what a message makes of itself must fit through it.
TEST(JudgementJson, of_a_message_as_large_as_they_come_is_still_taken) {
    std::string octets =
        "From: MAILER-DAEMON@mx.example.net\n"
        "Content-Type: multipart/report; report-type=delivery-status; "
        "boundary=\"r\"\n\n--r\nContent-Type: text/plain\n\n";
    for (int i = 0; i < 300; ++i)
        octets += "<a" + std::to_string(i) + "@example.net>: 552 mailbox full of words\n";
    octets += "--r\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n";
    for (int i = 0; i < 2000; ++i)
        octets += "\nFinal-Recipient: rfc822; a" + std::to_string(i) +
                  "@example.net\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; 552 " +
                  std::string(2000, 'x') + " mailbox full\n";
    octets += "\n--r--\n";
    const auto judgement = samples::judged(octets);
    EXPECT_EQ(judgement.outcome, Outcome::mailbox_full);
    EXPECT_TRUE(judgement_of_json(to_json(judgement)));
}

}  // namespace

}  // namespace ndr
