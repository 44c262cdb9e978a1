// Judgements as JSON: what crosses the pipe from the parsing child, and what the ledger keeps.
#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "ndr_triage/triage/judgement.hpp"

namespace ndr {

using Json = nlohmann::json;

namespace {

constexpr std::size_t most_octets = 4 * 1024 * 1024;

Json json_of(const Evidence& piece) {
    Json marks = Json::array();
    for (const auto& mark : piece.matched)
        marks.push_back({mark.begin, mark.end});
    return {{"place", text(piece.place)}, {"text", piece.text}, {"says", piece.says},
            {"rule", piece.rule},         {"matched", marks},   {"decided", piece.decided}};
}

Json json_of(const std::vector<Evidence>& evidence) {
    Json list = Json::array();
    for (const auto& piece : evidence)
        list.push_back(json_of(piece));
    return list;
}

Json json_of(const Verdict& verdict) {
    return {{"final_recipient", verdict.final_recipient},
            {"original_recipient", verdict.original_recipient},
            {"outcome", text(verdict.outcome)},
            {"action", verdict.action},
            {"status", verdict.status},
            {"reply_code", verdict.reply_code ? Json(*verdict.reply_code) : Json()},
            {"diagnostic_code", verdict.diagnostic_code},
            {"remote_mta", verdict.remote_mta},
            {"rule", verdict.rule},
            {"evidence", json_of(verdict.evidence)}};
}

Json json_of(const ReplyFacts& facts) {
    return {{"message_id", facts.message_id},
            {"date", facts.date},
            {"from", facts.from},
            {"sender", facts.sender},
            {"subject", facts.subject},
            {"return_path", facts.return_path},
            {"first_received", facts.first_received},
            {"received_count", facts.received_count},
            {"envelope_to", facts.envelope_to},
            {"to", facts.to},
            {"answers", facts.answers},
            {"original_message_id", facts.original_message_id},
            {"original_to", facts.original_to},
            {"original_envelope_id", facts.original_envelope_id},
            {"reporting_mta", facts.reporting_mta}};
}

// Reading: at() and get() throw on a missing or wrong value; one place catches.
template <typename E>
E word(std::optional<E> value) {
    if (!value) throw std::invalid_argument("unknown word");
    return *value;
}

// get() would take a number with a fraction, or one out of range.
template <typename Number>
Number number(const Json& json) {
    if (!json.is_number_integer()) throw std::invalid_argument("no whole number");
    const auto value = json.get<std::int64_t>();
    if (!std::in_range<Number>(value)) throw std::invalid_argument("number out of range");
    return static_cast<Number>(value);
}

// A loop would take null for an empty list, and an object for its values.
const Json& list(const Json& json) {
    if (!json.is_array()) throw std::invalid_argument("no list");
    return json;
}

Evidence evidence_of(const Json& json) {
    Evidence piece;
    piece.place = word(place_of(json.at("place").get<std::string>()));
    piece.text = json.at("text").get<std::string>();
    piece.says = json.at("says").get<std::string>();
    piece.rule = json.at("rule").get<std::string>();
    piece.decided = json.at("decided").get<bool>();
    for (const auto& mark : list(json.at("matched"))) {
        const Mark read{number<std::size_t>(mark.at(0)), number<std::size_t>(mark.at(1))};
        if (read.begin > read.end || read.end > piece.text.size())
            throw std::invalid_argument("mark outside its text");
        piece.matched.push_back(read);
    }
    return piece;
}

std::vector<Evidence> evidence_list_of(const Json& json) {
    std::vector<Evidence> evidence;
    for (const auto& piece : list(json))
        evidence.push_back(evidence_of(piece));
    return evidence;
}

Verdict verdict_of(const Json& json) {
    Verdict verdict;
    verdict.final_recipient = json.at("final_recipient").get<std::string>();
    verdict.original_recipient = json.at("original_recipient").get<std::string>();
    verdict.outcome = word(outcome_of(json.at("outcome").get<std::string>()));
    verdict.action = json.at("action").get<std::string>();
    verdict.status = json.at("status").get<std::string>();
    if (!json.at("reply_code").is_null()) verdict.reply_code = number<int>(json.at("reply_code"));
    verdict.diagnostic_code = json.at("diagnostic_code").get<std::string>();
    verdict.remote_mta = json.at("remote_mta").get<std::string>();
    verdict.rule = json.at("rule").get<std::string>();
    verdict.evidence = evidence_list_of(json.at("evidence"));
    return verdict;
}

ReplyFacts facts_of(const Json& json) {
    ReplyFacts facts;
    json.at("message_id").get_to(facts.message_id);
    json.at("date").get_to(facts.date);
    json.at("from").get_to(facts.from);
    json.at("sender").get_to(facts.sender);
    json.at("subject").get_to(facts.subject);
    json.at("return_path").get_to(facts.return_path);
    json.at("first_received").get_to(facts.first_received);
    // Ledgers of schema 8 and before do not have it.
    if (json.contains("received_count"))
        facts.received_count = number<std::size_t>(json.at("received_count"));
    json.at("envelope_to").get_to(facts.envelope_to);
    json.at("to").get_to(facts.to);
    json.at("answers").get_to(facts.answers);
    json.at("original_message_id").get_to(facts.original_message_id);
    json.at("original_to").get_to(facts.original_to);
    json.at("original_envelope_id").get_to(facts.original_envelope_id);
    json.at("reporting_mta").get_to(facts.reporting_mta);
    return facts;
}

Judgement read(const Json& json) {
    Judgement judgement;
    judgement.form = word(form_of(json.at("form").get<std::string>()));
    judgement.outcome = word(outcome_of(json.at("outcome").get<std::string>()));
    if (!json.at("acknowledgement").is_null())
        judgement.acknowledgement =
            word(acknowledgement_of(json.at("acknowledgement").get<std::string>()));
    judgement.rule = json.at("rule").get<std::string>();
    judgement.said_by_auto_reply = json.at("said_by_auto_reply").get<bool>();
    judgement.facts = facts_of(json.at("facts"));
    json.at("tickets").get_to(judgement.named.tickets);
    json.at("addresses").get_to(judgement.named.addresses);
    json.at("links").get_to(judgement.named.links);
    for (const auto& verdict : list(json.at("recipients")))
        judgement.recipients.push_back(verdict_of(verdict));
    judgement.evidence = evidence_list_of(json.at("evidence"));
    return judgement;
}

}  // namespace

std::string to_json(const Judgement& judgement) {
    Json recipients = Json::array();
    for (const auto& verdict : judgement.recipients)
        recipients.push_back(json_of(verdict));
    const Json json{{"form", text(judgement.form)},
                    {"outcome", text(judgement.outcome)},
                    {"acknowledgement",
                     judgement.acknowledgement ? Json(text(*judgement.acknowledgement)) : Json()},
                    {"rule", judgement.rule},
                    {"said_by_auto_reply", judgement.said_by_auto_reply},
                    {"facts", json_of(judgement.facts)},
                    {"tickets", judgement.named.tickets},
                    {"addresses", judgement.named.addresses},
                    {"links", judgement.named.links},
                    {"recipients", std::move(recipients)},
                    {"evidence", json_of(judgement.evidence)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<Judgement> judgement_of_json(std::string_view text) {
    if (text.size() > most_octets) return std::nullopt;
    try {
        return read(Json::parse(text));
    } catch (const std::exception&) {  // nlohmann's, or ours: whatever it is, it is no judgement
        return std::nullopt;
    }
}

}  // namespace ndr
