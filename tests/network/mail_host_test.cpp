#include "ndr_triage/network/mail_host.hpp"

#include <gtest/gtest.h>

namespace ndr {

TEST(MailHostAnswers, are_read_as_they_were_written) {
    for (const auto state : {MailHostState::answers, MailHostState::unreachable,
                             MailHostState::unsure, MailHostState::offline}) {
        const MailHostAnswer answer{state, "mx.example.net [192.0.2.1]: no answer in time"};
        EXPECT_EQ(mail_host_answer_of(text(answer)), answer);
    }
}

TEST(MailHostAnswers, are_refused_when_anything_is_missing) {
    const std::string whole = text(MailHostAnswer{MailHostState::unreachable, "a null MX"});
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(mail_host_answer_of(whole.substr(0, size))) << size;
    EXPECT_FALSE(mail_host_answer_of(whole + whole));
    EXPECT_FALSE(mail_host_answer_of("dead mx.example.net\n"));
}

// A greeting is a stranger's text.
TEST(MailHostAnswers, hold_nothing_that_a_terminal_obeys) {
    const std::string line =
        text(MailHostAnswer{MailHostState::answers, "'220 \x1b[2J\nunsure x'"});
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    const auto answer = mail_host_answer_of("answers '220 \x1b[2J'\n");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->detail.find('\x1b'), std::string::npos);
}

}  // namespace ndr
