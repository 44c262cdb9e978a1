#include "ndr_triage/triage/outcome.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace ndr {

namespace {

TEST(Outcome, is_called_as_in_the_specification) {
    EXPECT_EQ(text(Outcome::mailbox_full), "mailbox-full");
    EXPECT_EQ(text(Outcome::recipient_unknown), "recipient-unknown");
    EXPECT_EQ(text(Outcome::lost_connection), "lost-connection");
    EXPECT_EQ(text(Outcome::acknowledged), "acknowledged");
    EXPECT_EQ(text(Outcome::refused), "refused");
    EXPECT_EQ(text(Outcome::delayed), "delayed");
    EXPECT_EQ(text(Outcome::undetermined), "undetermined");
    EXPECT_EQ(text(Outcome::unrelated), "unrelated");
}

TEST(Outcome, is_found_by_its_name) {
    EXPECT_EQ(all_outcomes.size(), 8U);
    std::set<std::string_view> names;
    for (const auto outcome : all_outcomes) {
        EXPECT_EQ(outcome_of(text(outcome)), outcome);
        names.insert(text(outcome));
    }
    EXPECT_EQ(names.size(), 8U);
}

TEST(Outcome, has_no_other_names) {
    for (const char* word : {"", "mailbox_full", "Mailbox-Full", "mailbox-full ", "failed", "?"})
        EXPECT_EQ(outcome_of(word), std::nullopt) << word;
}

TEST(Outcome, only_the_first_three_are_failures_of_the_contact) {
    const std::set failures{Outcome::mailbox_full, Outcome::recipient_unknown,
                            Outcome::lost_connection};
    for (const auto outcome : all_outcomes)
        EXPECT_EQ(is_failure(outcome), failures.count(outcome) == 1) << text(outcome);
}

TEST(Form, is_called_as_in_the_specification) {
    EXPECT_EQ(text(Form::dsn), "dsn");
    EXPECT_EQ(text(Form::bounce), "bounce");
    EXPECT_EQ(text(Form::auto_reply), "auto-reply");
    EXPECT_EQ(text(Form::reply), "reply");
    EXPECT_EQ(text(Form::mdn), "mdn");
    EXPECT_EQ(text(Form::feedback_report), "feedback-report");
    EXPECT_EQ(text(Form::other), "other");
}

TEST(Form, is_found_by_its_name_alone) {
    for (const auto form : {Form::dsn, Form::bounce, Form::auto_reply, Form::reply, Form::mdn,
                            Form::feedback_report, Form::other})
        EXPECT_EQ(form_of(text(form)), form);
    EXPECT_EQ(form_of("DSN"), std::nullopt);
    EXPECT_EQ(form_of("letter"), std::nullopt);
}

TEST(Acknowledgement, is_called_as_in_the_specification) {
    EXPECT_EQ(text(Acknowledgement::ticket), "ticket");
    EXPECT_EQ(text(Acknowledgement::vacation), "vacation");
    EXPECT_EQ(text(Acknowledgement::automatic), "automatic");
    EXPECT_EQ(text(Acknowledgement::redirected), "redirected");
    EXPECT_EQ(text(Acknowledgement::person), "person");
    EXPECT_EQ(text(Acknowledgement::displayed), "displayed");
    EXPECT_EQ(text(Acknowledgement::delivered), "delivered");
}

TEST(Acknowledgement, is_found_by_its_name_alone) {
    for (const auto kind :
         {Acknowledgement::ticket, Acknowledgement::vacation, Acknowledgement::automatic,
          Acknowledgement::redirected, Acknowledgement::person, Acknowledgement::displayed,
          Acknowledgement::delivered})
        EXPECT_EQ(acknowledgement_of(text(kind)), kind);
    EXPECT_EQ(acknowledgement_of("read"), std::nullopt);
    EXPECT_EQ(acknowledgement_of(""), std::nullopt);
}

}  // namespace

}  // namespace ndr
