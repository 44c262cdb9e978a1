#include "ndr_triage/network/fetched.hpp"

#include <gtest/gtest.h>

namespace ndr {

TEST(FetchedAnswers, are_read_as_they_were_written) {
    const Instant at = *parse_instant("2026-11-20T12:00:00Z");
    const std::string trap = "source: x\nfetched: y\noctets: 9\n\n";
    const std::vector<Fetched> answers{{"https://rdap.example/ip/203.0.113.7", at, trap},
                                       {"whois://whois.example", at, ""}};
    const auto read = read_fetched(fetched_text(answers));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 2U);
    EXPECT_EQ((*read)[0].source, answers[0].source);
    EXPECT_EQ((*read)[0].at, at);
    EXPECT_EQ((*read)[0].octets, trap);
    EXPECT_EQ((*read)[1].octets, "");
    EXPECT_TRUE(read_fetched("")->empty());
}

TEST(FetchedAnswers, are_refused_when_anything_is_missing) {
    const std::string whole = fetched_text({{"s", *parse_instant("2026-11-20"), "octets"}});
    for (std::size_t size = 1; size < whole.size(); ++size)
        EXPECT_FALSE(read_fetched(whole.substr(0, size))) << size;
    EXPECT_FALSE(read_fetched(whole + "x"));
    EXPECT_FALSE(
        read_fetched("source: s\nfetched: 2026-11-20\noctets: 99999999999999999999\n\n\n"));
    EXPECT_FALSE(read_fetched("source: s\nfetched: never\noctets: 0\n\n\n"));
}

TEST(Referrals, are_whois_servers_only) {
    EXPECT_EQ(referral_in("NetName: X\nReferralServer:  whois://whois.example.net:4321/\n"),
              "whois.example.net:4321");
    EXPECT_EQ(referral_in("% IANA\n\nrefer:        whois.apnic.net\n"), "whois.apnic.net");
    EXPECT_EQ(referral_in("ReferralServer: rwhois://rwhois.example.net:4321\n"), "");
    EXPECT_EQ(referral_in("ReferralServer: whois://-evil option\n"), "");
    EXPECT_EQ(referral_in("remarks: refer: whois.example.net\n"), "");
}

TEST(Servers, are_a_host_and_a_port) {
    EXPECT_EQ(server_of("whois.example.net", 43)->port, 43);
    EXPECT_EQ(server_of("whois.example.net:4343", 43)->port, 4343);
    EXPECT_EQ(server_of("[::1]:4343", 43)->host, "[::1]");
    for (const char* wrong : {"", "-x", ".x", "a b", "a:0", "a:65536", "a:x", "a:", "[::1",
                              "[::1]x", "a/b", "a@b", "[x]"})
        EXPECT_FALSE(server_of(wrong, 43)) << wrong;
}

}  // namespace ndr
