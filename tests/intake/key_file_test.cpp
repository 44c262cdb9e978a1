#include "ndr_triage/intake/key_file.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "ndr_triage/base/failure.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

const Instant now = parse_instant("2026-11-23T10:00:00Z").value();

class KeyFile : public testing::Test {
protected:
    mode_t mode() {
        struct stat state {};
        stat(path_.c_str(), &state);
        return state.st_mode & 07777U;
    }
    support::TemporaryDirectory directory_;
    std::string path_ = directory_.at("keys");
};

}  // namespace

TEST_F(KeyFile, that_is_not_there_is_an_empty_keyring) {
    EXPECT_TRUE(load_keyring(path_).empty());
}

TEST_F(KeyFile, is_made_with_the_first_key_that_signs_and_for_its_owner_alone) {
    Keyring keyring;
    const std::string id = signing_key(keyring, path_, now).id;
    EXPECT_EQ(mode(), 0600U);
    Keyring again = load_keyring(path_);
    EXPECT_EQ(signing_key(again, path_, now).id, id);
    EXPECT_EQ(load_keyring(path_).keys().size(), 1U);
}

TEST_F(KeyFile, that_others_may_read_is_refused) {
    Keyring keyring;
    signing_key(keyring, path_, now);
    for (const mode_t mode : {0640U, 0604U, 0620U}) {
        ASSERT_EQ(chmod(path_.c_str(), mode), 0);
        EXPECT_THROW(load_keyring(path_), ConfigError) << mode;
    }
}

TEST_F(KeyFile, with_a_faulty_line_is_refused) {
    directory_.write("keys", "no key\n");
    ASSERT_EQ(chmod(path_.c_str(), 0600), 0);
    EXPECT_THROW(load_keyring(path_), ConfigError);
}

}  // namespace ndr
