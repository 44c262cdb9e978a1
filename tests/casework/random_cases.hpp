// tests/casework/random_cases.hpp -- case files of all kinds, always the same ones.
#pragma once

#include <array>
#include <random>

#include "cases.hpp"

namespace ndr::cases {

class RandomCases {
public:
    CaseFile next() {
        static const Lines all{"abuse@example.net", "noc@example.net", "abuse@example.com",
                               "jo@example.org"};
        CaseFile file = case_of({all.begin(), all.begin() + 1 + below(3)});
        file.network.country = below(3) == 0 ? "US" : "ZZ";
        if (below(2) == 0) file.network.telephone = "+1-555-0100";
        if (below(8) == 0) file.network.authority = Authority::guess;
        for (const Deed& deed : std::vector<Deed>{RegistryReport{Rir::apnic, "abuse@example.net"},
                                                  PostmasterNotice{"example.net"},
                                                  Block{file.network.range, days(30)}}) {
            if (below(6) == 0)
                file.history.follow_ups.push_back(done(deed, after(-days(below(99)))));
            if (below(6) == 0) file.history.follow_ups.push_back(due(deed, after(hours(below(9)))));
        }
        if (below(6) == 0) file.complaint.copies.back().was_sent = false;
        if (!file.complaint.copies.back().was_sent && below(2) == 0)
            file.history.failures = {known_failure(file.complaint.copies.back().contact)};
        for (int count = below(7); count > 0; --count)
            file.replies.push_back(any_reply(file));
        for (int count = below(3); count > 0; --count)
            file.history.probes.push_back(any_probe());
        return file;
    }

    KnownProbe any_probe() {
        static constexpr std::array states{MailHostState::answers, MailHostState::unreachable,
                                           MailHostState::unreachable, MailHostState::unsure,
                                           MailHostState::offline};
        static constexpr std::array domains{"example.net", "example.com"};
        return {domains.at(index(domains.size())),
                after(hours(below(90) - 30)),
                {states.at(index(states.size())), "seen"}};
    }

    FiledReply any_reply(const CaseFile& file) {
        static constexpr std::array outcomes{
            Outcome::mailbox_full,      Outcome::mailbox_full,    Outcome::recipient_unknown,
            Outcome::recipient_unknown, Outcome::lost_connection, Outcome::lost_connection,
            Outcome::acknowledged,      Outcome::acknowledged,    Outcome::refused,
            Outcome::delayed,           Outcome::undetermined,    Outcome::unrelated};
        static constexpr std::array proofs{signed_born_here,  signed_from_outside,
                                           matched_born_here, matched_from_outside,
                                           unknown,           Proof{Trust::unknown, true}};
        const auto copy = static_cast<std::size_t>(below(count_of(file.complaint.copies)));
        auto result = reply(file, copy, outcomes.at(index(outcomes.size())),
                            proofs.at(index(proofs.size())), after(hours(below(90) - 30)));
        if (below(10) == 0) result.recorded_at += days(61);
        if (below(10) == 0) result.said_by_auto_reply = true;
        if (below(10) == 0) result.copy.reset();
        if (below(10) == 0 && !result.verdicts.empty())
            result.verdicts[0].own_block = "192.0.2.0/24";
        if (below(8) == 0 && !result.verdicts.empty())
            result.verdicts[0] = {"member@example.net",
                                  below(2) == 0 ? "" : file.complaint.copies[copy].contact,
                                  result.outcome};
        if (below(8) == 0 && !result.verdicts.empty())
            result.verdicts.push_back(
                {file.complaint.copies.back().contact, "", Outcome::lost_connection});
        return result;
    }

    Instant any_now() { return after(hours(below(400))); }

private:
    int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }
    std::size_t index(std::size_t size) {
        return static_cast<std::size_t>(below(static_cast<int>(size)));
    }
    static int count_of(const std::vector<ComplaintCopy>& copies) {
        return static_cast<int>(copies.size());
    }

    std::mt19937 random_{4711};  // NOLINT: the same cases each time
};

}  // namespace ndr::cases
