#include "ndr_triage/action/block/plain_list.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "ndr_triage/base/files.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

constexpr Instant now = instant_of(1'790'000'000);  // 2026-09-21T14:13:20Z

ActiveBlock block(std::int64_t id, std::string_view prefix, int seconds) {
    return {id, Prefix::parse(prefix).value(), now + Seconds(seconds)};
}

using Lines = std::vector<std::string>;

class List : public testing::Test {
protected:
    support::TemporaryDirectory directory_;
    std::string path_ = directory_.at("blocks.txt");
    PlainList list_{path_};
    std::vector<ActiveBlock> blocks_{block(1, "203.0.113.0/24", 100), block(2, "2001:db8::/32", 60),
                                     block(3, "203.0.113.128/25", 3700)};
};

TEST_F(List, has_one_prefix_a_line_and_its_end) {
    list_.apply(blocks_, now);
    EXPECT_EQ(read_file(path_),
              "# Written by ndr-triage; what you change is lost.\n"
              "203.0.113.0/25  # block 1, until 2026-09-21T14:15:00Z\n"
              "203.0.113.128/25  # block 3, until 2026-09-21T15:15:00Z\n"
              "2001:db8::/32  # block 2, until 2026-09-21T14:14:20Z\n");
    EXPECT_EQ(list_.verify(blocks_, now), Lines{});
}

TEST_F(List, can_be_read_by_everybody) {
    list_.apply(blocks_, now);
    struct stat there {};
    ASSERT_EQ(stat(path_.c_str(), &there), 0);
    EXPECT_EQ(there.st_mode & 0777U, 0644U);
}

TEST_F(List, is_not_written_again_where_nothing_changes) {
    list_.apply(blocks_, now);
    struct stat before {};
    struct stat after {};
    stat(path_.c_str(), &before);
    list_.apply(blocks_, now + Seconds(5));
    stat(path_.c_str(), &after);
    EXPECT_EQ(before.st_ino, after.st_ino);  // a file that is replaced is another
}

TEST_F(List, loses_what_has_ended) {
    list_.apply(blocks_, now);
    EXPECT_EQ(list_.verify(blocks_, now + Seconds(60)),
              Lines{"2001:db8::/32: blocked without a block"});
    list_.apply(blocks_, now + Seconds(60));
    EXPECT_EQ(list_.verify(blocks_, now + Seconds(60)), Lines{});
}

TEST_F(List, names_what_was_changed_by_hand_and_mends_it) {
    EXPECT_EQ(list_.verify({}, now), Lines{path_ + ": missing"});
    directory_.write("blocks.txt",
                     "# Written by ndr-triage; what you change is lost.\n"
                     "203.0.113.0\n"
                     "# a remark\n\n"
                     "2001:db8::/32  # block 2, until 2026-09-21T14:24:20Z\n"
                     "203.0.113.128/25 drop\n");
    EXPECT_EQ(list_.verify(blocks_, now),
              (Lines{path_ + ": no prefix: 203.0.113.128/25 drop",
                     "block 1, 203.0.113.0/25: narrowed to 203.0.113.0/32",
                     "block 3, 203.0.113.128/25: missing",
                     "block 2, 2001:db8::/32: ends 2026-09-21T14:24:20Z instead of "
                     "2026-09-21T14:14:20Z",
                     "203.0.113.0/32: blocked without a block"}));
    list_.apply(blocks_, now);
    EXPECT_EQ(list_.verify(blocks_, now), Lines{});
}

TEST_F(List, leaves_a_file_alone_that_it_did_not_write) {
    directory_.write("blocks.txt", "203.0.113.9\n");
    for (const bool applies : {true, false}) {
        try {
            if (applies)
                list_.apply(blocks_, now);
            else
                list_.verify(blocks_, now);
            FAIL();
        } catch (const BackEndError& error) {
            EXPECT_EQ(error.what(), "list: " + path_ +
                                        " was not written by ndr-triage: move it away, or name "
                                        "another");
        }
    }
    EXPECT_EQ(read_file(path_), "203.0.113.9\n");
}

}  // namespace

}  // namespace ndr
