#include "ndr_triage/mail/marking.hpp"

#include <gtest/gtest.h>

namespace ndr {

namespace {

// Fed in pieces of so many octets.
std::string marked(std::string_view octets, std::size_t piece = 1 << 20) {
    std::string out;
    Marking marking({{"X-NDR-Triage-Outcome", "mailbox-full"}, {"X-NDR-Triage-Reply", "7"}},
                    [&](std::string_view some) { out += some; });
    for (std::size_t at = 0; at < octets.size(); at += piece)
        marking.feed(octets.substr(at, piece));
    marking.finish();
    return out;
}

const std::string lf = "X-NDR-Triage-Outcome: mailbox-full\nX-NDR-Triage-Reply: 7\n";
const std::string crlf = "X-NDR-Triage-Outcome: mailbox-full\r\nX-NDR-Triage-Reply: 7\r\n";

}  // namespace

TEST(Marking, puts_its_fields_on_top_and_leaves_every_octet) {
    const std::string message("From: a@example.net\n\nbody\0\xff\r and no line end", 44);
    EXPECT_EQ(marked(message), lf + message);
    EXPECT_EQ(marked(""), lf);
    EXPECT_EQ(marked("\n\nbody"), lf + "\n\nbody");
    EXPECT_EQ(marked("no line end"), lf + "no line end");
}

TEST(Marking, ends_its_lines_as_the_first_line_ends) {
    EXPECT_EQ(marked("From: a@example.net\r\n\r\nX\n"), crlf + "From: a@example.net\r\n\r\nX\n");
    EXPECT_EQ(marked("From: a@example.net\nTo: b\r\n\r\n"),
              lf + "From: a@example.net\nTo: b\r\n\r\n");
}

TEST(Marking, stands_after_a_leading_from_line_only) {
    EXPECT_EQ(marked("From a@example.net Mon Nov 23\nTo: b\n\n"),
              "From a@example.net Mon Nov 23\n" + lf + "To: b\n\n");
    EXPECT_EQ(marked("From a@example.net Mon Nov 23\r\nTo: b\r\n\r\n"),
              "From a@example.net Mon Nov 23\r\n" + crlf + "To: b\r\n\r\n");
    EXPECT_EQ(marked("To: b\nFrom x\n\n"), lf + "To: b\nFrom x\n\n");
    EXPECT_EQ(marked("From a@example.net"), lf + "From a@example.net");
}

TEST(Marking, renames_what_a_stranger_wrote_and_nothing_else) {
    EXPECT_EQ(marked("X-NDR-Triage-Outcome: recipient-unknown\n"
                     "x-ndr-triage-TRUST :\n signed\n"
                     "X-NDR-Triage: token\nX-NDR-Triag\nXX-NDR-Triage-Outcome: a\n"
                     "Subject: x\n X-NDR-Triage-Outcome: folded\n\tX-NDR-Triage-Outcome: folded\n"
                     "no field\nX-NDR-Triage-Form:dsn\n"
                     "\nX-NDR-Triage-Outcome: in the body\n"),
              lf + "X-Foreign-NDR-Triage-Outcome: recipient-unknown\n"
                   "x-Foreign-ndr-triage-TRUST :\n signed\n"
                   "X-NDR-Triage: token\nX-NDR-Triag\nXX-NDR-Triage-Outcome: a\n"
                   "Subject: x\n X-NDR-Triage-Outcome: folded\n\tX-NDR-Triage-Outcome: folded\n"
                   "no field\nX-Foreign-NDR-Triage-Form:dsn\n"
                   "\nX-NDR-Triage-Outcome: in the body\n");
}

TEST(Marking, renames_right_after_a_from_line_and_at_the_very_beginning) {
    EXPECT_EQ(marked("From x\nX-NDR-Triage-Outcome: a\n\n"),
              "From x\n" + lf + "X-Foreign-NDR-Triage-Outcome: a\n\n");
    EXPECT_EQ(marked("X-NDR-Triage-"), lf + "X-Foreign-NDR-Triage-");
    EXPECT_EQ(marked("X-NDR-Tri"), lf + "X-NDR-Tri");
}

// procmail reads on over a line that is CR alone, and over CR within a line.
TEST(Marking, takes_the_longer_header_where_programs_differ) {
    EXPECT_EQ(marked("A: b\n\r\nX-NDR-Triage-Outcome: c\n\nX-NDR-Triage-Outcome: d\n"),
              lf + "A: b\n\r\nX-Foreign-NDR-Triage-Outcome: c\n\nX-NDR-Triage-Outcome: d\n");
    EXPECT_EQ(marked("From x\n\r\nX-NDR-Triage-Outcome: c\n\n"),
              "From x\n" + lf + "\r\nX-Foreign-NDR-Triage-Outcome: c\n\n");
    EXPECT_EQ(marked("A: b\rX-NDR-Triage-Outcome: c\n\n"),
              lf + "A: b\rX-Foreign-NDR-Triage-Outcome: c\n\n");
    EXPECT_EQ(marked("A: b\r\n\r\nX-NDR-Triage-Outcome: body\r\n"),
              crlf + "A: b\r\n\r\nX-NDR-Triage-Outcome: body\r\n");
}

TEST(Marking, is_the_same_in_pieces_of_any_size) {
    const std::string message =
        "From x\r\nX-NDR-Triage-Outcome: a\r\nX-X-NDR-Triage-Form: b\r\n X-NDR-Triage-C: d\r\n"
        "X-NDR\r\nX-NDR-Triage-Trust: e\r\n\r\nX-NDR-Triage-Outcome: body\r\n";
    const std::string whole = marked(message);
    for (std::size_t piece = 1; piece < 40; ++piece)
        EXPECT_EQ(marked(message, piece), whole) << piece;
}

TEST(Marking, of_a_line_without_end_withholds_little) {
    std::size_t most = 0;
    std::size_t fed = 0;
    std::size_t put = 0;
    Marking marking({{"X-NDR-Triage-Reply", "7"}},
                    [&](std::string_view some) { put += some.size(); });
    const std::string piece(4096, 'x');
    for (int i = 0; i < 1000; ++i) {
        marking.feed(piece);
        fed += piece.size();
        most = std::max(most, fed > put ? fed - put : 0);
    }
    marking.finish();
    EXPECT_LT(most, 100000U);
    EXPECT_EQ(put, fed + std::string_view("X-NDR-Triage-Reply: 7\n").size());
}

}  // namespace ndr
