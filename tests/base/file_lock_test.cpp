#include "ndr_triage/base/file_lock.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "ndr_triage/base/failure.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

TEST(FileLock, lets_one_in_at_a_time) {
    const support::TemporaryDirectory directory;
    const std::string path = directory.at("lock");
    std::atomic<int> inside{0};
    std::atomic<bool> met{false};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round) {
                const FileLock lock(path);
                if (++inside != 1) met = true;
                std::this_thread::yield();
                --inside;
            }
        });
    }
    for (auto& thread : threads)
        thread.join();
    EXPECT_FALSE(met);
}

TEST(FileLock, need_not_be_waited_for) {
    const support::TemporaryDirectory directory;
    const std::string path = directory.at("lock");
    auto held = FileLock::if_free(path);
    ASSERT_TRUE(held);
    EXPECT_FALSE(FileLock::if_free(path));
    held.reset();
    EXPECT_TRUE(FileLock::if_free(path));
}

TEST(FileLock, of_a_part_leaves_the_others_free_but_not_the_whole) {
    const support::TemporaryDirectory directory;
    const std::string path = directory.at("lock");
    constexpr FileLock::Part last = ~FileLock::Part{0};
    for (const FileLock::Part part : {FileLock::Part{0}, FileLock::Part{1} << 20, last}) {
        const FileLock held(path, part);
        EXPECT_FALSE(FileLock::if_free(path, part)) << part;
        EXPECT_TRUE(FileLock::if_free(path, 4711)) << part;
        EXPECT_FALSE(FileLock::if_free(path)) << part;
    }
    const FileLock whole(path);
    EXPECT_FALSE(FileLock::if_free(path, 4711));
}

TEST(FileLock, where_no_file_can_be_is_a_fault) {
    EXPECT_THROW(FileLock("/nowhere/lock"), IoError);
}

}  // namespace ndr
