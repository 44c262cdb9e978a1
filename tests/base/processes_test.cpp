#include "ndr_triage/base/processes.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <stdexcept>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

constexpr std::chrono::seconds enough{30};

Finished shell(const std::string& script, std::string_view input = {},
               std::chrono::milliseconds limit = enough, std::size_t most = 1000) {
    return run_program({"/bin/sh", "-c", script}, input, limit, most);
}

// A FIFO that a program and its children hold open for writing.
class Held {
public:
    Held() {
        if (mkfifo(path_.c_str(), 0600) != 0) throw std::runtime_error("mkfifo");
        end_ = Descriptor(open(path_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    }
    // For a shell: starts a child that waits for ever, since it holds what it reads.
    std::string by_a_child() const { return "exec 9>" + path_ + "; cat " + path_ + " & "; }
    // Whether all who held it are gone, or go within the time.
    bool is_let_go() const {
        pollfd wait{end_.get(), 0, 0};  // POLLHUP comes unasked
        return poll(&wait, 1, static_cast<int>(std::chrono::milliseconds(enough).count())) == 1;
    }

private:
    support::TemporaryDirectory directory_;
    std::string path_ = directory_.at("fifo");
    Descriptor end_;
};

}  // namespace

TEST(Processes, give_status_output_and_errors) {
    const Finished ran = shell("echo out; echo err >&2; exit 7");
    EXPECT_EQ(ran.status, 7);
    EXPECT_EQ(ran.output, "out\n");
    EXPECT_EQ(ran.errors, "err\n");
    EXPECT_FALSE(ran.was_cut);
    EXPECT_FALSE(ran.was_late);
}

TEST(Processes, read_the_input_or_leave_it) {
    const std::string large(1 << 20, 'x');
    EXPECT_EQ(run_program({"wc", "-c"}, large, enough, 100).output, "1048576\n");
    EXPECT_EQ(run_program({"true"}, large, enough, 100).status, 0);
}

TEST(Processes, pass_words_as_they_are) {
    const Finished ran =
        run_program({"printf", "%s|", "a b", "$HOME", "`id`", ""}, "", enough, 100);
    EXPECT_EQ(ran.output, "a b|$HOME|`id`||");
}

TEST(Processes, hand_on_no_environment_and_no_descriptor) {
    setenv("NDR_TEST_SECRET", "secret", 1);
    const Descriptor leaking(open("/dev/null", O_RDONLY));
    const Finished ran = shell("env | grep -c SECRET; ls /proc/self/fd | wc -l");
    unsetenv("NDR_TEST_SECRET");
    EXPECT_EQ(ran.output, "0\n4\n");  // the three, and the directory that ls reads
}

TEST(Processes, start_with_default_signals) {
    const auto before = signal(SIGPIPE, SIG_IGN);
    const Finished ran = shell("kill -PIPE $$; echo alive");
    signal(SIGPIPE, before);
    EXPECT_EQ(ran.status, -1);
    EXPECT_EQ(ran.output, "");
}

TEST(Processes, keep_no_more_output_than_they_may) {
    const Finished ran = shell("head -c 5000000 /dev/zero; echo done >&2", "", enough, 1000);
    EXPECT_EQ(ran.output.size(), 1000U);
    EXPECT_EQ(ran.errors, "done\n");
    EXPECT_EQ(ran.status, 0);
    EXPECT_TRUE(ran.was_cut);
}

TEST(Processes, are_killed_when_late_with_their_children) {
    const Held held;
    const Finished ran =
        shell(held.by_a_child() + "echo begun; wait", "", std::chrono::milliseconds(300));
    EXPECT_TRUE(ran.was_late);
    EXPECT_EQ(ran.status, -1);
    EXPECT_EQ(ran.output, "begun\n");
    EXPECT_TRUE(held.is_let_go());
}

TEST(Processes, that_leave_a_child_behind_end_all_the_same) {
    const Held held;
    const Finished ran = shell(held.by_a_child() + "echo gone; exit 3");
    EXPECT_EQ(ran.status, 3);
    EXPECT_EQ(ran.output, "gone\n");
    EXPECT_FALSE(ran.was_late);
    EXPECT_TRUE(held.is_let_go());
}

TEST(Processes, that_are_not_there_are_named) {
    try {
        run_program({"/nonexistent/program"}, "", enough, 10);
        FAIL() << "it was started";
    } catch (const IoError& error) {
        EXPECT_NE(std::string(error.what()).find("/nonexistent/program"), std::string::npos);
    }
    EXPECT_THROW(run_program({"no-such-program-anywhere"}, "", enough, 10), IoError);
}

}  // namespace ndr
