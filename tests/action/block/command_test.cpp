#include "ndr_triage/action/block/command.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "ndr_triage/base/files.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'790'000'000);

ActiveBlock block(std::int64_t id, std::string_view prefix, int seconds) {
    return {id, Prefix::parse(prefix).value(), now + Seconds(seconds)};
}

using Lines = std::vector<std::string>;

// The tool keeps a file for each prefix, and writes down how it was called.
class Commands : public testing::Test {
protected:
    Commands() {
        directory_.make_directory("blocked");
        tool_ = directory_.write("tool",
                                 "#!/bin/sh\n"
                                 "cd " +
                                     directory_.path().string() +
                                     "/blocked || exit 1\n"
                                     "verb=$1 name=$(echo \"$2\" | tr / _)\n"
                                     "[ $verb = check ] || echo \"$*\" >>../calls\n"
                                     "[ ! -e \"../refuse-$name\" ] || "
                                     "{ echo \"no $2 today\" >&2; exit 3; }\n"
                                     "case $verb in\n"
                                     "add) >\"$name\" ;;\n"
                                     "remove) rm -f \"$name\" ;;\n"
                                     "check) [ -e \"$name\" ] ;;\n"
                                     "esac\n");
        std::filesystem::permissions(tool_, std::filesystem::perms::owner_all);
    }

    CommandBackEnd command(bool checks = false) const {
        return CommandBackEnd({{tool_, "add", "{prefix}", "for={seconds}s", "{id}/{id}"},
                               {tool_, "remove", "{prefix}", "{seconds}"},
                               checks ? Lines{tool_, "check", "{prefix}"} : Lines{},
                               directory_.at("record")});
    }
    std::string calls() const {
        const auto text = read_file_if_there(directory_.at("calls")).value_or("");
        std::filesystem::remove(directory_.at("calls"));
        return text;
    }

    support::TemporaryDirectory directory_;
    std::string tool_;
    std::vector<ActiveBlock> blocks_{block(1, "203.0.113.0/24", 100),
                                     block(2, "2001:db8::/32", 60)};
};

TEST_F(Commands, is_called_once_for_each_prefix) {
    const auto tool = command();
    EXPECT_EQ(tool.plan(blocks_, now), tool_ + " add 203.0.113.0/24 for=100s 1/1\n" + tool_ +
                                           " add 2001:db8::/32 for=60s 2/2\n");
    tool.apply(blocks_, now);
    EXPECT_EQ(calls(), "add 203.0.113.0/24 for=100s 1/1\nadd 2001:db8::/32 for=60s 2/2\n");
    tool.apply(blocks_, now + Seconds(1));
    EXPECT_EQ(calls(), "");
    EXPECT_EQ(tool.plan(blocks_, now), "");
    EXPECT_EQ(tool.verify(blocks_, now), Lines{});
}

TEST_F(Commands, is_called_for_what_has_ended_and_what_went) {
    command().apply(blocks_, now);
    calls();
    command().apply(blocks_, now + Seconds(60));
    EXPECT_EQ(calls(), "remove 2001:db8::/32 0\n");
    command().apply({}, now + Seconds(60));
    EXPECT_EQ(calls(), "remove 203.0.113.0/24 40\n");
    command().apply({}, now + Seconds(60));
    EXPECT_EQ(calls(), "");
}

TEST_F(Commands, what_goes_goes_before_what_comes) {
    command().apply(blocks_, now);
    calls();
    blocks_.push_back(block(3, "203.0.113.0/25", 200));
    blocks_[1].ends_at += Seconds(7);
    command().apply(blocks_, now);
    EXPECT_EQ(calls(),
              "remove 203.0.113.0/24 100\nremove 2001:db8::/32 60\n"
              "add 203.0.113.0/25 for=200s 3/3\nadd 203.0.113.128/25 for=100s 1/1\n"
              "add 2001:db8::/32 for=67s 2/2\n");
    EXPECT_EQ(command().verify(blocks_, now), Lines{});
}

TEST_F(Commands, one_that_fails_is_named_and_tried_again_and_the_others_are_done) {
    directory_.write("refuse-203.0.113.0_24", "");
    try {
        command().apply(blocks_, now);
        FAIL();
    } catch (const BackEndError& error) {
        EXPECT_EQ(error.what(), "command: 1 of 2 failed; the first: " + tool_ +
                                    " add 203.0.113.0/24 for=100s 1/1: no 203.0.113.0/24 today");
    }
    EXPECT_EQ(command().verify(blocks_, now), Lines{"block 1, 203.0.113.0/24: missing"});
    std::filesystem::remove(directory_.at("refuse-203.0.113.0_24"));
    calls();
    command().apply(blocks_, now);
    EXPECT_EQ(calls(), "add 203.0.113.0/24 for=100s 1/1\n");
}

TEST_F(Commands, with_a_check_what_the_tool_has_lost_is_added_again) {
    command().apply(blocks_, now);
    calls();
    std::filesystem::remove(directory_.at("blocked/203.0.113.0_24"));
    EXPECT_EQ(command(false).verify(blocks_, now), Lines{});
    EXPECT_EQ(command(true).verify(blocks_, now),
              Lines{"block 1, 203.0.113.0/24: not in force, says " + tool_});
    command(true).apply(blocks_, now);
    EXPECT_EQ(calls(), "add 203.0.113.0/24 for=100s 1/1\n");
    EXPECT_EQ(command(true).verify(blocks_, now), Lines{});
}

TEST_F(Commands, reads_a_record_that_a_crash_cut_off) {
    command().apply(blocks_, now);
    calls();
    const std::string record = read_file(directory_.at("record"));
    EXPECT_EQ(record, "+ 203.0.113.0/24 1790000100 1\n+ 2001:db8::/32 1790000060 2\n");
    directory_.write("record", record + "- 2001:db8::/32\n+ 203.0.1");
    EXPECT_EQ(command().verify(blocks_, now), Lines{"block 2, 2001:db8::/32: missing"});
    command().apply(blocks_, now);
    EXPECT_EQ(calls(), "add 2001:db8::/32 for=60s 2/2\n");
    EXPECT_EQ(read_file(directory_.at("record")), record);
}

TEST_F(Commands, does_not_take_another_file_for_its_record) {
    for (const char* text : {"hello\n", "+ 203.0.113.0/24 1790000100\n", "+ 203.0.113.1/24 1 1\n",
                             "- 203.0.113.0/24 1\n", "* 203.0.113.0/24\n"}) {
        directory_.write("record", std::string("\n") + text);
        try {
            command().apply(blocks_, now);
            FAIL() << text;
        } catch (const BackEndError& error) {
            EXPECT_EQ(error.what(), "command: " + directory_.at("record") +
                                        ":2: no line of a record; if you remove the file, every "
                                        "block is added again");
        }
    }
    EXPECT_EQ(calls(), "");
}

TEST(CommandSettings, that_would_do_nothing_or_something_else_are_refused) {
    const Lines good{"tool", "{prefix}"};
    EXPECT_NO_THROW(CommandBackEnd({good, good, {}, "record"}));
    EXPECT_THROW(CommandBackEnd({{"tool"}, good, {}, "record"}), ConfigError);
    EXPECT_THROW(CommandBackEnd({good, {}, {}, "record"}), ConfigError);
    EXPECT_THROW(CommandBackEnd({good, good, {"tool", "{id}"}, "record"}), ConfigError);
    EXPECT_THROW(CommandBackEnd({{"tool", "{prefix} {second}"}, good, {}, "record"}), ConfigError);
    EXPECT_THROW(CommandBackEnd({{"tool", "{prefix} {"}, good, {}, "record"}), ConfigError);
}

}  // namespace

}  // namespace ndr
