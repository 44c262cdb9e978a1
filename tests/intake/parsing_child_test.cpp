#include "ndr_triage/intake/parsing_child.hpp"

#include <gtest/gtest.h>
#include <signal.h>

extern "C" {
#include <sys/pidfd.h>
}

#include "ndr_triage/intake/judging.hpp"
#include "support/mail.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

const RuleSet& rules() {
    static const RuleSet standard = RuleSet::standard();
    return standard;
}

const std::string full = support::bounce("abuse@example.net", "5.2.2", "552 5.2.2 mailbox full");

}  // namespace

TEST(ParsingChild, judges_as_the_parent_would) {
    ParsingChild child(rules());
    for (const auto& octets : {full, std::string("no mail at all"), std::string()}) {
        const auto examination = child.judge(octets);
        ASSERT_TRUE(examination.judgement) << examination.fault;
        EXPECT_EQ(to_json(*examination.judgement), to_json(support::judged(octets)));
    }
}

TEST(ParsingChild, that_dies_costs_one_message) {
    ParsingChild child(rules());
    ASSERT_EQ(pidfd_send_signal(child.process(), SIGKILL, nullptr, 0), 0);
    const auto examination = child.judge(full);
    EXPECT_FALSE(examination.judgement);
    EXPECT_NE(examination.fault, "");
    EXPECT_FALSE(child.is_usable());
}

TEST(ParsingChild, that_hangs_is_left_after_three_seconds) {
    ParsingChild child(rules());
    ASSERT_EQ(pidfd_send_signal(child.process(), SIGSTOP, nullptr, 0), 0);
    const auto began = std::chrono::steady_clock::now();
    const auto examination = child.judge(full);
    const auto waited = std::chrono::steady_clock::now() - began;
    EXPECT_FALSE(examination.judgement);
    EXPECT_EQ(examination.fault, "parsing took longer than 3 s");
    EXPECT_GE(waited, std::chrono::milliseconds(2900));
    EXPECT_LE(waited, std::chrono::seconds(8));
}

// Every charset that mail has must be readable where no file can be opened.
TEST(ParsingChild, reads_every_charset_though_it_may_open_no_file) {
    ParsingChild child(rules());
    for (const char* charset : {"gb18030", "gbk", "big5", "iso-2022-jp", "shift_jis", "euc-jp",
                                "euc-kr", "koi8-r", "windows-1251", "iso-8859-2", "utf-7"}) {
        const std::string octets =
            fmt::format("Subject: =?{}?B?YWJj?=\nContent-Type: text/plain; charset={}\n\nabc {}\n",
                        charset, charset, charset == std::string("utf-7") ? "+AOk-" : "\xb0\xa1");
        const auto examination = child.judge(octets);
        ASSERT_TRUE(examination.judgement) << charset << ": " << examination.fault;
        EXPECT_EQ(examination.judgement->facts.subject, "abc") << charset;
    }
}

TEST(JudgePool, answers_in_the_order_of_the_messages) {
    support::TemporaryDirectory directory;
    std::vector<std::string> paths;
    for (int i = 0; i < 200; ++i)
        paths.push_back(directory.write(
            fmt::format("{:03}.eml", i),
            fmt::format("Subject: {}\n\n{}", i, std::string(i % 7 == 0 ? 200000 : 10, 'x'))));
    JudgePool pool(rules());
    MessageSource source({directory.path().string()}, {});
    std::size_t count = 0;
    pool.judge_all(source, [&](Examined& examined) {
        EXPECT_EQ(examined.item.path, paths.at(count));
        ASSERT_TRUE(examined.examination.judgement) << examined.examination.fault;
        EXPECT_EQ(examined.examination.judgement->facts.subject, std::to_string(count));
        ++count;
    });
    EXPECT_EQ(count, 200U);
}

TEST(JudgePool, passes_faults_on_in_their_place) {
    support::TemporaryDirectory directory;
    directory.write("1.eml", full);
    directory.write("2.eml", "");
    directory.write("3.eml", full);
    JudgePool pool(rules());
    MessageSource source({directory.path().string()}, {});
    std::vector<bool> were_messages;
    pool.judge_all(source,
                   [&](Examined& examined) { were_messages.push_back(examined.is_message()); });
    EXPECT_EQ(were_messages, (std::vector<bool>{true, false, true}));
}

}  // namespace ndr
