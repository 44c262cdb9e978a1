// filter: deliver, and the message goes on, octet for octet, with what it says on top.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include "ndr_triage/base/files.hpp"
#include "support/ledger_file.hpp"
#include "support/site.hpp"

namespace ndr::support {

namespace {

class FilterCommand : public ::testing::Test {
protected:
    // The fields on top of what came out, and that nothing else has changed.
    std::map<std::string, std::string> marks(const Ran& ran, const std::string& message) const {
        EXPECT_EQ(ran.status, 0) << ran.err;
        std::map<std::string, std::string> found;
        std::string_view rest = ran.out;
        while (rest.starts_with("X-NDR-Triage-")) {
            const auto end = rest.find('\n');
            const auto line = rest.substr(0, end);
            const auto colon = line.find(": ");
            EXPECT_NE(colon, std::string_view::npos) << line;
            found.emplace(line.substr(13, colon - 13), line.substr(colon + 2));
            rest.remove_prefix(end + 1);
        }
        EXPECT_TRUE(rest == message) << rest.substr(0, 500);
        return found;
    }
    // Deferred without an octet of the message, so that the caller goes on with its own.
    void expect_deferred(const Ran& ran) const {
        EXPECT_EQ(ran.status, 75) << ran.err;
        EXPECT_EQ(ran.out, "");
        EXPECT_TRUE(ran.took_all_input);
        expect_lines_for_mta(ran.err);
    }

    Site site;
    const std::string bounce = example("replies/03-qmail-no-mailbox.eml");
};

using Marks = std::map<std::string, std::string>;

TEST_F(FilterCommand, marks_the_message_and_takes_it_in) {
    site.record(example("complaints/03-telnet-scan.eml"));
    const Ran ran = site.run({"filter"}, bounce);
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(marks(ran, bounce), (Marks{{"Outcome", "recipient-unknown"},
                                         {"Form", "bounce"},
                                         {"Trust", "matched"},
                                         {"Complaint", "1"},
                                         {"Reply", "1"}}));
    EXPECT_EQ(site.listed({"replies"}).at(0)["outcome"], "recipient-unknown");
    EXPECT_TRUE(site.output({"replies", "show", "1", "--octets"}) == bounce);
}

TEST_F(FilterCommand, tells_what_kind_of_acknowledgement) {
    const std::string vacation = example("replies/13-vacation.eml");
    const auto found = marks(site.run({"filter"}, vacation), vacation);
    EXPECT_EQ(found.at("Outcome"), "acknowledged");
    EXPECT_EQ(found.at("Acknowledgement"), "vacation");
    EXPECT_EQ(found.at("Trust"), "unknown");
    EXPECT_EQ(found.count("Complaint"), 0U);
}

TEST_F(FilterCommand, every_example_passes_octet_for_octet) {
    for (const auto& name : names_in(examples_at("replies"))) {
        const std::string message = example("replies/" + name);
        EXPECT_TRUE(marks(site.run({"filter"}, message), message).count("Outcome") == 1) << name;
    }
}

TEST_F(FilterCommand, of_what_a_stranger_marked_believes_nothing) {
    const std::string forged = "X-NDR-Triage-Outcome: mailbox-full\n" +
                               std::string("From: a@example.net\nSubject: hello\n\nHello\n");
    const Ran ran = site.run({"filter"}, forged);
    EXPECT_EQ(marks(ran, "X-Foreign-" + forged.substr(2)).at("Outcome"), "unrelated");
}

// The caller's rule for a marked message must not find one: it is in hold, and goes on unmarked.
TEST_F(FilterCommand, of_a_message_in_hold_tells_no_outcome) {
    const Ran ran = site.run({"filter"}, "");
    const auto names = names_in(site.at("hold/new"));
    ASSERT_EQ(names.size(), 1U);
    EXPECT_EQ(marks(ran, ""), (Marks{{"Held", names[0]}}));
    expect_lines_for_mta(ran.err);
}

TEST_F(FilterCommand, in_a_broken_house_defers_without_a_word_of_the_message) {
    site.write("ledger.sqlite3", std::string(10000, 'x'));
    expect_deferred(site.run({"filter"}, bounce));
    const auto found = marks(site.run({"filter", "--copy"}, bounce), bounce);
    const auto names = names_in(site.at("hold/new"));
    ASSERT_EQ(names.size(), 1U);
    EXPECT_EQ(found, (Marks{{"Held", names[0]}}));
    site.configure("colour = red\n");
    expect_deferred(site.run({"filter"}, bounce));
    EXPECT_EQ(site.run({"filter", "--colour"}, bounce).status, 75);
    EXPECT_EQ(site.run({"filter", "--help"}, bounce).status, 75);
}

TEST_F(FilterCommand, that_cannot_write_all_of_it_defers) {
    const Descriptor full(open("/dev/full", O_WRONLY | O_CLOEXEC));
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const Descriptor nobody_reads(ends[1]);
    close(ends[0]);
    for (const int out : {full.get(), nobody_reads.get()}) {
        Program program = site.program({"filter"}, bounce);
        program.out = out;
        const Ran ran = run(program);
        EXPECT_EQ(ran.status, 75) << ran;
        EXPECT_TRUE(ran.took_all_input);
    }
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT count(*) FROM reply"), "1");
}

// This process must stay small: what it has before it becomes the program counts as the program's.
TEST_F(FilterCommand, passes_two_hundred_megabytes_in_bounded_memory) {
    const std::string line = std::string(997, 'x') + "\n";
    std::string piece;
    while (piece.size() < 1U << 20)
        piece += line;
    const std::string path = site.write("out", "");
    const Descriptor out(open(path.c_str(), O_WRONLY | O_CLOEXEC));
    Program program = site.program({"filter"});
    program.out = out.get();
    Running running(program);
    running.feed(bounce);
    std::size_t size = bounce.size();
    for (; size < 200U << 20; size += piece.size())
        running.feed(piece);
    const Ran ran = running.finish();
    EXPECT_EQ(ran.status, 0) << ran;
    EXPECT_TRUE(is_sanitized() || ran.most_memory < 100 * 1024) << ran.most_memory << " KiB";
    EXPECT_TRUE(is_sanitized() || ran.took.count() < 10000) << ran.took.count() << " ms";

    std::ifstream file(path, std::ios::binary);
    bool has_outcome = false;
    std::string top;
    while (std::getline(file, top) && top.starts_with("X-NDR-Triage-"))
        has_outcome = has_outcome || top == "X-NDR-Triage-Outcome: recipient-unknown";
    EXPECT_TRUE(has_outcome);
    EXPECT_EQ(top, bounce.substr(0, bounce.find('\n')));
    std::string rest(bounce.size() - top.size() - 1, '\0');
    file.read(rest.data(), static_cast<std::streamsize>(rest.size()));
    EXPECT_TRUE(rest == bounce.substr(top.size() + 1));
    for (std::size_t at = bounce.size(); at < size; at += piece.size()) {
        std::string found(piece.size(), '\0');
        file.read(found.data(), static_cast<std::streamsize>(found.size()));
        ASSERT_TRUE(found == piece) << at;
    }
    EXPECT_EQ(file.peek(), EOF);
}

TEST_F(FilterCommand, once_more_and_deliver_count_one_reply) {
    const Ran first = site.run({"filter"}, bounce);
    EXPECT_EQ(site.run({"filter"}, bounce).out, first.out);
    expect_silent_success(site.run({"deliver"}, bounce));
    expect_silent_success(site.run({"deliver"}, first.out));  // the marked one: the same message
    EXPECT_EQ(LedgerFile(site.ledger()).value("SELECT count(*) FROM reply"), "1");
}

}  // namespace

}  // namespace ndr::support
