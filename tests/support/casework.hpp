// support/casework.hpp -- replies filed as if they had been identified, for tests of what many
// complaints and replies together leave in the ledger.
#pragma once

#include <gtest/gtest.h>

#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/ledger/cases.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr::support {

// 203.0.113.0/24, known from a file that names no contact: any that was written to counts.
inline Network registered_network() {
    Network network;
    network.range = AddressRange::parse("203.0.113.0/24").value();
    network.registry = Rir::apnic;
    network.country = "ZZ";
    network.authority = Authority::imported;
    network.source = "rdap.example.net";
    network.dated = noon;
    return network;
}

// Which copy of which complaint says what, and what proves it.
struct Answer {
    std::int64_t complaint = 0;
    std::size_t copy = 0;
    std::string contact;
    Outcome outcome = Outcome::recipient_unknown;
    Trust trust = Trust::is_signed;
    bool is_born_here = true;
    Instant at{};
};

inline Reply reply_of(const Answer& answer) {
    Reply reply;
    const bool is_acknowledged = answer.outcome == Outcome::acknowledged;
    reply.digest =
        digest_for(fmt::format("{} {} {} {} {}", answer.complaint, answer.copy,
                               text(answer.outcome), text(answer.trust), unix_seconds(answer.at)));
    reply.received_at = answer.at;
    reply.recorded_at = answer.at;
    reply.judgement.outcome = answer.outcome;
    reply.judgement.form = is_acknowledged ? Form::reply : Form::dsn;
    reply.judgement.facts.sender = is_acknowledged ? answer.contact : "mailer-daemon@example.org";
    if (!is_acknowledged) {
        Verdict verdict;
        verdict.final_recipient = answer.contact;
        verdict.outcome = answer.outcome;
        reply.judgement.recipients = {verdict};
    }
    reply.identity = {answer.trust, "a test says so", CopyPlace{answer.complaint, answer.copy},
                      answer.is_born_here};
    return reply;
}

// As take_in() does it, but the identity is the one of the answer. Within Ledger::write.
inline void file_answer(Ledger& ledger, const Policy& policy, const Answer& answer, Instant now) {
    file_reply(ledger, reply_of(answer));
    decide_case(ledger, policy, answer.complaint, now);
}

// A test with a ledger of its own, at a site that may block documentation space.
class LedgerTest : public testing::Test {
protected:
    LedgerTest() { policy_.allow_documentation = true; }

    // Takes a complaint in; its number.
    std::int64_t take(const Complaint& complaint, Instant at) {
        return take_in_complaint(ledger_, house_, complaint,
                                 digest_for(fmt::format("complaint {}", ++taken_)), at)
            .complaint;
    }
    // A complaint of noon about an address that is a network of its own, a copy to each contact.
    std::int64_t complain_alone(const std::string& about,
                                const std::vector<std::string>& contacts) {
        Network network = registered_network();
        network.range.first = network.range.last = Address::parse(about).value();
        Complaint complaint = complaint_to("");
        complaint.address = network.range.first;
        complaint.copies.clear();
        for (const auto& contact : contacts)
            complaint.copies.push_back({contact, about + "@example.org"});
        ledger_.write([&] { put_network(ledger_, network); });
        return take(complaint, noon);
    }
    void answer(const Answer& answer) {
        ledger_.write([&] { file_answer(ledger_, policy_, answer, answer.at); });
    }

    House house_;
    Policy& policy_ = house_.policy;
    TemporaryDirectory directory_;
    Ledger ledger_{directory_.at("ledger.sqlite3"), Ledger::Access::write};

private:
    int taken_ = 0;
};

}  // namespace ndr::support
