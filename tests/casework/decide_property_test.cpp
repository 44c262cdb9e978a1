// What holds for every case file, tried on random ones (always the same).
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "random_cases.hpp"

namespace ndr {

namespace {

using namespace cases;

constexpr int rounds = 4000;

// ---- what the specification calls by these words, said again without the code under test ------

bool counts(const CaseFile& file, const FiledReply& reply) {
    return reply.recorded_at - reply.received_at <= days(60) &&
           reply.received_at >= file.complaint.sent_at - days(1);
}

bool reports(const FiledReply& reply, const std::string& contact) {
    return reply.outcome != Outcome::acknowledged &&
           std::any_of(reply.verdicts.begin(), reply.verdicts.end(), [&](const FiledVerdict& v) {
               const auto& named =
                   v.final_recipient.empty() ? v.original_recipient : v.final_recipient;
               return is_failure(v.outcome) && named == contact;
           });
}

// Signed or born here, and of a mail host.
bool is_proven(const FiledReply& reply) {
    return !reply.said_by_auto_reply && (reply.trust == Trust::is_signed ||
                                         (reply.trust == Trust::matched && reply.is_born_here));
}

bool has_proven_failure(const CaseFile& file, const std::string& contact) {
    const auto& known = file.history.failures;
    return std::any_of(known.begin(), known.end(),
                       [&](const KnownFailure& failure) { return failure.contact == contact; }) ||
           std::any_of(file.replies.begin(), file.replies.end(), [&](const FiledReply& reply) {
               return counts(file, reply) && is_proven(reply) && reports(reply, contact);
           });
}

bool answers_for(const CaseFile& file, const FiledReply& reply, std::size_t copy) {
    if (reply.copy) return *reply.copy == copy;
    return file.complaint.copies.size() == 1 || reply.sender == file.complaint.copies[copy].contact;
}

// A signed acknowledgement that no later reply contradicts, save one that proves nothing.
bool works(const CaseFile& file, std::size_t copy) {
    std::optional<Instant> latest;
    for (const auto& reply : file.replies) {
        if (counts(file, reply) && reply.outcome == Outcome::acknowledged &&
            reply.trust == Trust::is_signed && answers_for(file, reply, copy))
            latest = std::max(latest.value_or(reply.received_at), reply.received_at);
    }
    if (!latest) return false;
    return std::none_of(file.replies.begin(), file.replies.end(), [&](const FiledReply& reply) {
        return counts(file, reply) && reply.trust != Trust::unknown &&
               reply.outcome != Outcome::acknowledged && reply.received_at > *latest &&
               (answers_for(file, reply, copy) ||
                reports(reply, file.complaint.copies[copy].contact));
    });
}

// Due, held and refused ones, whole, in one order.
Lines above_proposed(const Decision& decision) {
    Lines result;
    for (const auto& follow_up : decision.follow_ups) {
        if (follow_up.state == FollowUpState::proposed) continue;
        result.push_back(fmt::format("{} {} {} at {}: {}", text(follow_up.state),
                                     text(kind_of(follow_up.deed)), target_of(follow_up.deed),
                                     unix_seconds(follow_up.due_at), follow_up.reason));
    }
    std::sort(result.begin(), result.end());
    return result;
}

std::string shown(const CaseFile& file) {
    std::string result;
    for (const auto& reply : file.replies) {
        result += fmt::format("{} {} copy {} {} at {}h", text(reply.trust),
                              reply.is_born_here ? "born here" : "outside",
                              reply.copy ? std::to_string(*reply.copy) : "-", text(reply.outcome),
                              (reply.received_at - sent) / hours(1));
        for (const auto& verdict : reply.verdicts)
            result += fmt::format(" <{}>", verdict.final_recipient);
        result += "\n";
    }
    return result;
}

TEST(EveryCase, has_a_due_block_or_call_only_with_a_proven_failure_of_every_contact) {
    RandomCases random;
    int due = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto file = random.next();
        for (const auto& follow_up : decide(policy(), file, random.any_now()).follow_ups) {
            const auto kind = kind_of(follow_up.deed);
            if (follow_up.state != FollowUpState::due ||
                (kind != FollowUpKind::block && kind != FollowUpKind::call))
                continue;
            ++due;
            for (const auto& copy : file.complaint.copies)
                ASSERT_TRUE(has_proven_failure(file, copy.contact)) << shown(file);
        }
    }
    EXPECT_GT(due, rounds / 50);
}

// Of a domain that was asked since the connection was lost nobody ever answered, nor at last.
bool seems_out_of_reach(const CaseFile& file, const ContactStanding& contact) {
    std::map<Instant, MailHostState> found;
    for (const auto& probe : file.history.probes) {
        if (contact.contact.ends_with("@" + probe.domain) && probe.asked_at >= *contact.since)
            found.emplace(probe.asked_at, probe.answer.state);
    }
    return found.empty() || (found.rbegin()->second == MailHostState::unreachable &&
                             std::none_of(found.begin(), found.end(), [](const auto& probe) {
                                 return probe.second == MailHostState::answers;
                             }));
}

// Whatever became of the network since: another holder, a larger one, nobody to write to.
TEST(EveryCase, blocks_and_reports_by_itself_only_for_what_is_published_today) {
    static const std::vector<Lines> lists{{"abuse@example.net"},
                                          {"abuse@example.net", "noc@example.net"},
                                          {"abuse@isp.example"},
                                          {"abuse@example.net", "abuse@isp.example"},
                                          {}};
    RandomCases random;
    int due = 0;
    for (int i = 0; i < rounds; ++i) {
        auto file = random.next();
        const Lines& today = lists.at(static_cast<std::size_t>(i) % lists.size());
        publish(file, today);
        const auto is_published = [&](const std::string& contact) {
            return std::find(today.begin(), today.end(), contact) != today.end();
        };
        for (const auto& follow_up : decide(policy(), file, random.any_now()).follow_ups) {
            if (follow_up.state != FollowUpState::due) continue;
            if (kind_of(follow_up.deed) == FollowUpKind::report) {
                ASSERT_TRUE(is_published(target_of(follow_up.deed))) << shown(file);
            }
            if (kind_of(follow_up.deed) != FollowUpKind::block) continue;
            ++due;
            ASSERT_FALSE(today.empty()) << shown(file);
            for (const auto& contact : today)
                ASSERT_TRUE(has_proven_failure(file, contact)) << contact << "\n" << shown(file);
        }
    }
    EXPECT_GT(due, rounds / 100);
}

TEST(EveryCase, blocks_for_a_lost_connection_only_where_nobody_is_there) {
    RandomCases random;
    int due = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto file = random.next();
        const auto decision = decide(policy(), file, random.any_now());
        for (const auto& follow_up : decision.follow_ups) {
            if (kind_of(follow_up.deed) != FollowUpKind::block ||
                follow_up.state != FollowUpState::due)
                continue;
            for (const auto& contact : decision.contacts) {
                if (contact.outcome != Outcome::lost_connection) continue;
                due += file.history.probes.empty() ? 0 : 1;
                ASSERT_TRUE(seems_out_of_reach(file, contact)) << shown(file);
            }
        }
    }
    EXPECT_GT(due, rounds / 100);
}

TEST(EveryCase, reports_only_a_contact_with_a_failure_of_its_own) {
    RandomCases random;
    int due = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto file = random.next();
        for (const auto& follow_up : decide(policy(), file, random.any_now()).follow_ups) {
            if (kind_of(follow_up.deed) != FollowUpKind::report ||
                follow_up.state != FollowUpState::due)
                continue;
            ++due;
            ASSERT_TRUE(has_proven_failure(file, target_of(follow_up.deed))) << shown(file);
        }
    }
    EXPECT_GT(due, rounds / 50);
}

TEST(EveryCase, with_a_contact_that_works_lets_nothing_follow) {
    RandomCases random;
    int working = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto file = random.next();
        for (std::size_t copy = 0; copy < file.complaint.copies.size(); ++copy) {
            if (!works(file, copy)) continue;
            ++working;
            for (const auto& follow_up : decide(policy(), file, random.any_now()).follow_ups)
                ASSERT_EQ(kind_of(follow_up.deed), FollowUpKind::lift) << shown(file);
        }
    }
    EXPECT_GT(working, rounds / 50);
}

TEST(EveryCase, of_replies_that_prove_nothing_lets_nothing_go_beyond_proposed) {
    RandomCases random;
    int proposed = 0;
    for (int i = 0; i < rounds; ++i) {
        auto file = random.next();
        for (auto& reply : file.replies)
            reply.trust = Trust::unknown;
        file.history.failures.clear();
        const auto decision = decide(policy(), file, random.any_now());
        ASSERT_TRUE(above_proposed(decision).empty()) << shown(file);
        proposed += decision.follow_ups.empty() ? 0 : 1;
    }
    EXPECT_GT(proposed, rounds / 50);
}

TEST(EveryCase, of_replies_from_outside_that_only_match_has_nothing_due) {
    RandomCases random;
    int held = 0;
    for (int i = 0; i < rounds; ++i) {
        auto file = random.next();
        for (auto& reply : file.replies) {
            reply.trust = std::min(reply.trust, Trust::matched);
            reply.is_born_here = false;
        }
        file.history.failures.clear();
        for (const auto& follow_up : decide(policy(), file, random.any_now()).follow_ups) {
            ASSERT_LE(follow_up.state, FollowUpState::held) << shown(file);
            held += follow_up.state == FollowUpState::held ? 1 : 0;
        }
    }
    EXPECT_GT(held, rounds / 50);
}

TEST(EveryCase, keeps_what_is_due_or_held_when_a_forged_reply_comes) {
    RandomCases random;
    int kept = 0;
    for (int i = 0; i < rounds; ++i) {
        auto file = random.next();
        const auto now = random.any_now();
        const auto before = above_proposed(decide(policy(), file, now));
        auto forged = random.any_reply(file);
        forged.trust = Trust::unknown;
        file.replies.push_back(forged);
        ASSERT_EQ(above_proposed(decide(policy(), file, now)), before) << shown(file);
        kept += before.empty() ? 0 : 1;
    }
    EXPECT_GT(kept, rounds / 50);
}

TEST(EveryCase, decides_the_same_in_another_order_and_with_a_reply_twice) {
    RandomCases random;
    std::mt19937 shuffler(42);  // NOLINT: the same each time
    for (int i = 0; i < rounds; ++i) {
        auto file = random.next();
        const auto now = random.any_now();
        const auto expected = whole_text(decide(policy(), file, now));
        if (!file.replies.empty()) file.replies.push_back(file.replies.front());
        std::shuffle(file.replies.begin(), file.replies.end(), shuffler);
        ASSERT_EQ(whole_text(decide(policy(), file, now)), expected) << shown(file);
    }
}

TEST(EveryCase, has_one_follow_up_for_each_kind_and_target_and_a_reason) {
    RandomCases random;
    for (int i = 0; i < rounds; ++i) {
        const auto file = random.next();
        Lines seen;
        for (const auto& follow_up : decide(policy(), file, random.any_now()).follow_ups) {
            ASSERT_FALSE(follow_up.reason.empty()) << shown(file);
            auto name = std::string(text(kind_of(follow_up.deed))) + target_of(follow_up.deed);
            ASSERT_EQ(std::count(seen.begin(), seen.end(), name), 0) << shown(file);
            seen.push_back(std::move(name));
        }
    }
}

TEST(EveryCase, never_blocks_or_reports_by_itself_a_network_that_is_a_guess) {
    RandomCases random;
    for (int i = 0; i < rounds; ++i) {
        auto file = random.next();
        file.network.authority = Authority::guess;
        for (const auto& follow_up : decide(policy(), file, random.any_now()).follow_ups) {
            const auto kind = kind_of(follow_up.deed);
            const bool aims_at_network =
                kind == FollowUpKind::block || kind == FollowUpKind::report;
            ASSERT_TRUE(!aims_at_network || follow_up.state == FollowUpState::proposed)
                << shown(file);
        }
    }
}

// Time may end a wait, but it proves nothing.
TEST(EveryCase, makes_nothing_due_or_held_by_waiting) {
    RandomCases random;
    for (int i = 0; i < rounds; ++i) {
        const auto file = random.next();
        const auto early = above_proposed(decide(policy(), file, after(hours(1))));
        ASSERT_EQ(above_proposed(decide(policy(), file, after(days(55)))), early) << shown(file);
    }
}

TEST(EveryCase, waits_for_nobody_for_ever) {
    RandomCases random;
    int ended = 0;
    for (int i = 0; i < rounds; ++i) {
        const auto file = random.next();
        const auto late = decide(policy(), file, after(days(100)));
        for (const auto& follow_up : late.follow_ups)
            ASSERT_EQ(text(follow_up.state), "due") << shown(file);
        ended += decide(policy(), file, after(hours(1))).follow_ups == late.follow_ups ? 0 : 1;
    }
    EXPECT_GT(ended, rounds / 50);
}

}  // namespace

}  // namespace ndr
