#include "ndr_triage/casework/keyring.hpp"

#include <gtest/gtest.h>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

namespace {

Instant at(std::string_view text) {
    return parse_instant(text).value();
}

std::string line(const std::string& id, const std::string& time, const std::string& use) {
    return id + " " + std::string(64, 'a') + " " + time + " " + use + "\n";
}

std::string fault_of(const std::string& octets) {
    try {
        Keyring::parse(octets, "keys");
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST(Keyring, signs_with_its_last_key_that_signs) {
    const auto ring = Keyring::parse("# ours\n" + line("aaaa", "2026-01-01", "signs") +
                                         line("bbbb", "2026-06-01", "signs") +
                                         line("cccc", "2026-09-01", "verifies"),
                                     "keys");
    EXPECT_EQ(ring.keys().size(), 3U);
    EXPECT_EQ(ring.signing()->id, "bbbb");
    EXPECT_EQ(ring.find("aaaa")->secret, std::string(32, '\xaa'));
    EXPECT_EQ(ring.find("dddd"), nullptr);
}

TEST(Keyring, knows_when_a_key_was_superseded) {
    const auto ring = Keyring::parse(line("aaaa", "2026-01-01", "signs") +
                                         line("cccc", "2026-02-01", "verifies") +
                                         line("bbbb", "2026-06-01", "signs"),
                                     "keys");
    EXPECT_EQ(ring.superseded_at(*ring.find("aaaa")), at("2026-06-01"));
    EXPECT_FALSE(ring.superseded_at(*ring.find("bbbb")));
    EXPECT_FALSE(ring.superseded_at(*ring.find("cccc")));
}

TEST(Keyring, is_read_back_as_it_was_written) {
    Keyring ring;
    EXPECT_EQ(ring.signing(), nullptr);
    const std::string id = ring.add_new(at("2026-11-23T10:00:00Z")).id;
    EXPECT_EQ(ring.signing()->id, id);
    EXPECT_FALSE(ring.add(ring.keys()[0]));
    const auto read = Keyring::parse(ring.text(), "keys");
    ASSERT_EQ(read.keys().size(), 1U);
    EXPECT_EQ(read.keys()[0].id, ring.keys()[0].id);
    EXPECT_EQ(read.keys()[0].secret, ring.keys()[0].secret);
    EXPECT_EQ(read.keys()[0].created_at, at("2026-11-23T10:00:00Z"));
    EXPECT_TRUE(read.keys()[0].signs);
}

TEST(Keyring, of_a_faulty_file_names_the_line_and_never_the_secret) {
    const std::string good = line("aaaa", "2026-01-01", "signs");
    const std::string secret(64, 'b');
    for (const std::string& bad :
         {std::string("aaab\n"), line("aaa1", "2026-01-01", "signs"),
          line("aaab", "yesterday", "signs"), line("aaab", "2026-01-01", "encrypts"), good,
          "aaab " + secret.substr(1) + " 2026-01-01 signs\n",
          "aaab " + secret + "b 2026-01-01 signs\n"}) {
        const std::string fault = fault_of(good + bad);
        EXPECT_TRUE(fault.starts_with("keys:2: ")) << fault;
        EXPECT_EQ(fault.find("bbbbbbbb"), std::string::npos) << fault;
    }
}

}  // namespace ndr
