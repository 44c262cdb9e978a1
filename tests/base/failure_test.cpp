#include "ndr_triage/base/failure.hpp"

#include <gtest/gtest.h>
#include <sysexits.h>

#include <array>
#include <cerrno>

namespace ndr {

namespace {

constexpr std::array all_statuses{
    ExitStatus::ok,       ExitStatus::differences, ExitStatus::usage,
    ExitStatus::no_input, ExitStatus::data_error,  ExitStatus::software,
    ExitStatus::os_error, ExitStatus::io_error,    ExitStatus::cannot_create,
    ExitStatus::config,   ExitStatus::temp_fail,   ExitStatus::no_permission,
};

IoError thrown_for(int error) {
    try {
        throw_io_error("open", "/nowhere/ledger.sqlite3", error);
    } catch (const IoError& failure) {
        return failure;
    }
}

TEST(ExitStatus, numbers_are_those_of_sysexits) {
    EXPECT_EQ(static_cast<int>(ExitStatus::ok), EX_OK);
    EXPECT_EQ(static_cast<int>(ExitStatus::differences), 1);
    EXPECT_EQ(static_cast<int>(ExitStatus::usage), EX_USAGE);
    EXPECT_EQ(static_cast<int>(ExitStatus::data_error), EX_DATAERR);
    EXPECT_EQ(static_cast<int>(ExitStatus::no_input), EX_NOINPUT);
    EXPECT_EQ(static_cast<int>(ExitStatus::software), EX_SOFTWARE);
    EXPECT_EQ(static_cast<int>(ExitStatus::os_error), EX_OSERR);
    EXPECT_EQ(static_cast<int>(ExitStatus::cannot_create), EX_CANTCREAT);
    EXPECT_EQ(static_cast<int>(ExitStatus::io_error), EX_IOERR);
    EXPECT_EQ(static_cast<int>(ExitStatus::temp_fail), EX_TEMPFAIL);
    EXPECT_EQ(static_cast<int>(ExitStatus::no_permission), EX_NOPERM);
    EXPECT_EQ(static_cast<int>(ExitStatus::config), EX_CONFIG);
}

TEST(ExitStatus, an_mta_sees_done_or_try_again_and_nothing_else) {
    for (const auto status : all_statuses) {
        const int seen = static_cast<int>(as_seen_by_mta(status));
        EXPECT_EQ(seen, status == ExitStatus::ok ? 0 : 75) << static_cast<int>(status);
    }
}

TEST(Failure, knows_the_status_it_ends_in) {
    EXPECT_EQ(UsageError("--now: no time").status(), ExitStatus::usage);
    EXPECT_EQ(ConfigError("x.conf:3: unknown key").status(), ExitStatus::config);
    EXPECT_EQ(IoError(ExitStatus::cannot_create, "x").status(), ExitStatus::cannot_create);
}

TEST(Failure, is_caught_in_one_place_with_its_text) {
    try {
        throw ConfigError("x.conf:3: unknown key");
    } catch (const Failure& failure) {
        EXPECT_STREQ(failure.what(), "x.conf:3: unknown key");
        EXPECT_EQ(failure.status(), ExitStatus::config);
    }
}

TEST(IoError, names_path_verb_and_reason) {
    EXPECT_STREQ(thrown_for(ENOENT).what(),
                 "/nowhere/ledger.sqlite3: cannot open: No such file or directory");
}

TEST(IoError, tells_a_missing_file_from_a_forbidden_and_a_broken_one) {
    EXPECT_EQ(thrown_for(ENOENT).status(), ExitStatus::no_input);
    EXPECT_EQ(thrown_for(ENOTDIR).status(), ExitStatus::no_input);
    EXPECT_EQ(thrown_for(EACCES).status(), ExitStatus::no_permission);
    EXPECT_EQ(thrown_for(EPERM).status(), ExitStatus::no_permission);
    EXPECT_EQ(thrown_for(EROFS).status(), ExitStatus::no_permission);
    EXPECT_EQ(thrown_for(EIO).status(), ExitStatus::io_error);
    EXPECT_EQ(thrown_for(ENOSPC).status(), ExitStatus::io_error);
}

}  // namespace

}  // namespace ndr
