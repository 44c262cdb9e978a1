#include "ndr_triage/base/log.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

// What the calls of `write` leave on standard error.
template <typename Write>
std::string written_by(const Write& write) {
    ::testing::internal::CaptureStderr();
    write();
    return ::testing::internal::GetCapturedStderr();
}

TEST(Log, leads_every_line_with_our_name_so_that_no_mta_reads_a_status_in_it) {
    EXPECT_EQ(written_by([] { log::error("5.1.1 {}", "no such user"); }),
              "ndr-triage: 5.1.1 no such user\n");
}

TEST(Log, passes_lines_of_the_least_level_and_above) {
    EXPECT_EQ(written_by([] {
                  log::debug("detail");
                  log::info("one");
                  log::warn("two");
              }),
              "ndr-triage: one\nndr-triage: two\n");
    log::set_up(false, log::Level::error);
    EXPECT_EQ(written_by([] {
                  log::warn("hidden");
                  log::error("shown");
              }),
              "ndr-triage: shown\n");
    log::set_up(false, log::Level::debug);
    EXPECT_EQ(written_by([] { log::debug("detail"); }), "ndr-triage: detail\n");
    log::set_up(false, log::Level::info);
}

TEST(Log, does_not_take_braces_in_a_strangers_text_for_a_format) {
    EXPECT_EQ(written_by([] { log::write(log::Level::error, "{} {0} %v"); }),
              "ndr-triage: {} {0} %v\n");
}

}  // namespace

}  // namespace ndr
