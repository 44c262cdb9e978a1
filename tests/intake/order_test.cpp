// In whatever order the replies to several complaints arrive, one ledger comes out.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "ndr_triage/ledger/contacts.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"
#include "support/casework.hpp"

namespace ndr {

namespace {

using std::chrono::days;
using std::chrono::hours;
using support::Answer;
using support::noon;

const std::string abuse = "abuse@example.net";
const std::string noc = "noc@example.net";

class OneLedger : public support::LedgerTest {
protected:
    OneLedger() {
        ledger_.write([&] { put_network(ledger_, support::registered_network()); });
        complain({abuse, noc}, noon);
        complain({abuse}, noon + hours(1));
        complain({noc, abuse}, noon + hours(2));
        Complaint unsent = support::complaint_to(abuse, "c4@example.org");
        unsent.sent_at = noon + days(5);
        unsent.copies[0].was_sent = false;
        take(unsent, noon + days(5));
    }

    void complain(const std::vector<std::string>& contacts, Instant at) {
        const std::string id = fmt::format("{}@example.org", unix_seconds(at));
        Complaint complaint = support::complaint_to("", id);
        complaint.sent_at = at;
        complaint.copies.clear();
        for (const auto& contact : contacts)
            complaint.copies.push_back({contact, id});
        take(complaint, at);
    }

    // All that the ledger knows of follow-ups and contacts after these answers, in this order. The
    // answers are then taken back.
    std::string ledger_after(const std::vector<Answer>& answers) {
        struct TakenBack {};
        std::string text;
        try {
            ledger_.write([&] {
                for (const auto& answer : answers)
                    support::file_answer(ledger_, policy_, answer, noon + days(9));
                text = text_of_ledger();
                throw TakenBack{};
            });
        } catch (const TakenBack&) {
            return text;
        }
        return {};
    }

    std::string text_of_ledger() {
        std::string text;
        for (const auto& row : list_follow_ups(ledger_, {})) {
            const FollowUp& follow_up = row.follow_up;
            text += fmt::format("{} {} {} at {}, {} {}, {}\n", row.complaint,
                                ndr::text(follow_up.state), description_of(follow_up.deed),
                                iso_text(follow_up.due_at),
                                ndr::text(follow_up.outcome.value_or(Outcome::unrelated)),
                                ndr::text(follow_up.trust), follow_up.reason);
        }
        const auto time_text = [](const std::optional<Instant>& at) {
            return at ? iso_text(*at) : std::string("-");
        };
        for (const auto& contact : list_contacts(ledger_, policy_, noon + days(9)))
            text +=
                fmt::format("{} {} {} {} {} {} {} {}\n", contact.address, ndr::text(contact.state),
                            time_text(contact.failing_since), time_text(contact.last_failure),
                            time_text(contact.last_worked), time_text(contact.known_dead_until),
                            contact.failures, contact.acknowledgements);
        return text;
    }

    // The text that all 720 orders of six answers give.
    std::string ledger_in_all_orders(const std::vector<Answer>& answers) {
        EXPECT_EQ(answers.size(), 6U);
        const std::string expected = ledger_after(answers);
        std::vector<std::size_t> order(answers.size());
        std::iota(order.begin(), order.end(), 0U);
        int count = 0;
        do {
            std::vector<Answer> permuted;
            for (const auto i : order)
                permuted.push_back(answers[i]);
            if (ledger_after(permuted) != expected) {
                std::string names;
                for (const auto i : order)
                    names += std::to_string(i);
                ADD_FAILURE() << "order " << names << "\n"
                              << ledger_after(permuted) << "\nis not\n\n"
                              << expected;
                return {};
            }
            ++count;
        } while (std::next_permutation(order.begin(), order.end()));
        EXPECT_EQ(count, 720);
        return expected;
    }
};

std::size_t count_of(const std::string& text, const std::string& what) {
    std::size_t count = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++count;
    return count;
}

}  // namespace

TEST_F(OneLedger, comes_of_bounces_to_three_complaints_in_any_order) {
    const auto text = ledger_in_all_orders({
        {1, 0, abuse, Outcome::recipient_unknown, Trust::is_signed, true, noon + hours(9)},
        {1, 1, noc, Outcome::lost_connection, Trust::is_signed, false, noon + hours(4)},
        {2, 0, abuse, Outcome::recipient_unknown, Trust::is_signed, false, noon + hours(5)},
        {3, 0, noc, Outcome::recipient_unknown, Trust::matched, true, noon + hours(6)},
        {3, 1, abuse, Outcome::mailbox_full, Trust::is_signed, true, noon + hours(7)},
        {2, 0, abuse, Outcome::lost_connection, Trust::matched, false, noon + hours(8)},
    });
    EXPECT_EQ(count_of(text, " due block 203.0.113.0/24 "), 1U) << text;
    EXPECT_EQ(count_of(text, " due report abuse@example.net "), 1U) << text;
    EXPECT_EQ(count_of(text, " due notice to postmaster@example.net "), 1U) << text;
}

TEST_F(OneLedger, comes_of_replies_that_withdraw_what_others_lean_on_in_any_order) {
    const auto text = ledger_in_all_orders({
        {1, 0, abuse, Outcome::recipient_unknown, Trust::is_signed, true, noon + hours(3)},
        {1, 0, abuse, Outcome::acknowledged, Trust::is_signed, false, noon + hours(4)},
        {2, 0, abuse, Outcome::recipient_unknown, Trust::is_signed, true, noon + hours(5)},
        {2, 0, abuse, Outcome::acknowledged, Trust::matched, false, noon + hours(6)},
        {3, 1, abuse, Outcome::recipient_unknown, Trust::is_signed, true, noon + hours(7)},
        {3, 0, noc, Outcome::mailbox_full, Trust::unknown, false, noon + hours(8)},
    });
    EXPECT_EQ(count_of(text, " due report abuse@example.net "), 1U) << text;
}

}  // namespace ndr
