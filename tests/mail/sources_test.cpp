#include "ndr_triage/mail/sources.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

namespace fs = std::filesystem;
using support::TemporaryDirectory;
using Lines = std::vector<std::string>;

constexpr std::size_t most_items = 1000;  // of a source that never ends

std::vector<SourceItem> items_of(std::vector<std::string> paths, const SizeLimits& limits = {}) {
    MessageSource source(std::move(paths), limits);
    std::vector<SourceItem> items;
    while (auto item = source.next()) {
        items.push_back(std::move(*item));
        if (items.size() == most_items) break;
    }
    return items;
}

std::string mail(const std::string& subject) {
    return "Subject: " + subject + "\n\ntext\n";
}
std::string in_mbox(const std::string& message) {
    return "From mailer-daemon Fri Nov 21 10:01:10 1997\n" + message + "\n";
}

// "PATH INDEX" of each message, "PATH !" of each fault; paths from `directory` on.
Lines found(const TemporaryDirectory& directory, const std::vector<SourceItem>& items) {
    Lines lines;
    for (const auto& item : items)
        lines.push_back(fs::path(item.path).lexically_relative(directory.path()).string() + ' ' +
                        (item.fault ? "!" : std::to_string(item.index)));
    return lines;
}

// Standard input for one test; -1 closes it.
class StandardInput {
public:
    explicit StandardInput(int descriptor) : before_(dup(STDIN_FILENO)) {
        if (descriptor < 0) {
            close(STDIN_FILENO);
        } else {
            dup2(descriptor, STDIN_FILENO);
            close(descriptor);
        }
    }
    ~StandardInput() {
        dup2(before_, STDIN_FILENO);
        close(before_);
    }
    StandardInput(const StandardInput&) = delete;
    StandardInput& operator=(const StandardInput&) = delete;

private:
    int before_;
};

// The reading end of a pipe that holds `octets` (fewer than a pipe takes at once).
int pipe_with(const std::string& octets) {
    int ends[2];
    if (pipe(ends) != 0) return -1;
    EXPECT_EQ(write(ends[1], octets.data(), octets.size()), static_cast<ssize_t>(octets.size()));
    close(ends[1]);
    return ends[0];
}

TEST(MessageSource, an_eml_file_is_one_message_whatever_its_lines) {
    const TemporaryDirectory directory;
    const auto octets = in_mbox(mail("a")) + in_mbox(mail("b"));
    const auto items = items_of({directory.write("a.eml", octets)});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].path, directory.at("a.eml"));
    EXPECT_EQ(items[0].message.octets, octets);
}

TEST(MessageSource, another_file_is_an_mbox_if_it_begins_like_one) {
    const TemporaryDirectory directory;
    directory.write("box", in_mbox(mail("a")) + in_mbox(mail("b")));
    directory.write("letter", mail("a") + "\n" + in_mbox(mail("b")));
    EXPECT_EQ(found(directory, items_of({directory.at("box"), directory.at("letter")})),
              (Lines{"box 0", "box 1", "letter 0"}));
}

TEST(MessageSource, a_maildir_gives_cur_and_new_and_nothing_else) {
    const TemporaryDirectory directory;
    for (const auto* name : {"d/new/2.host", "d/new/1.host", "d/cur/3.host:2,S", "d/tmp/4.host",
                             "d/dovecot.index", "d/.Sent/cur/5.host"})
        directory.write(name, mail("x"));
    EXPECT_EQ(found(directory, items_of({directory.at("d")})),
              (Lines{"d/cur/3.host:2,S 0", "d/new/1.host 0", "d/new/2.host 0"}));
}

TEST(MessageSource, a_message_in_a_maildir_is_one_message_however_it_is_named) {
    const TemporaryDirectory directory;
    directory.make_directory("d/cur");
    const auto path = directory.write("d/new/1.host", in_mbox(mail("a")) + in_mbox(mail("b")));
    EXPECT_EQ(items_of({directory.at("d")}).size(), 1U);
    EXPECT_EQ(items_of({path}).size(), 1U);
    EXPECT_EQ(items_of({directory.at("d/new")}).size(), 1U);
}

TEST(MessageSource, a_directory_gives_all_files_below_it_in_the_order_of_names) {
    const TemporaryDirectory directory;
    for (const auto* name : {"in/b/z.eml", "in/b/a/x.eml", "in/a.eml", "in/c", "in/m/cur/2",
                             "in/m/new/1", "in/.hidden", "in/.git/x.eml"})
        directory.write(name, mail("x"));
    directory.make_directory("in/empty");
    EXPECT_EQ(found(directory, items_of({directory.at("in")})),
              (Lines{"in/a.eml 0", "in/b/a/x.eml 0", "in/b/z.eml 0", "in/c 0", "in/m/cur/2 0",
                     "in/m/new/1 0"}));
}

TEST(MessageSource, paths_come_in_the_order_given) {
    const TemporaryDirectory directory;
    const auto b = directory.write("b.eml", mail("b"));
    const auto a = directory.write("a.eml", mail("a"));
    EXPECT_EQ(found(directory, items_of({b, a, b})), (Lines{"b.eml 0", "a.eml 0", "b.eml 0"}));
    EXPECT_TRUE(items_of({}).empty());
}

TEST(MessageSource, what_cannot_be_read_is_a_fault_and_reading_goes_on) {
    const TemporaryDirectory directory;
    const auto items = items_of({directory.at("missing"), directory.write("empty.eml", ""),
                                 directory.write("a.eml", mail("a")), "/dev/null"});
    ASSERT_EQ(items.size(), 4U);
    ASSERT_TRUE(items[0].fault);
    EXPECT_EQ(items[0].fault->status, ExitStatus::no_input);
    EXPECT_EQ(items[0].fault->text,
              directory.at("missing") + ": cannot read: No such file or directory");
    ASSERT_TRUE(items[1].fault);
    EXPECT_EQ(items[1].fault->status, ExitStatus::data_error);
    EXPECT_FALSE(items[2].fault);
    EXPECT_EQ(items[2].message.octets, mail("a"));
    ASSERT_TRUE(items[3].fault);
    EXPECT_TRUE(items[3].fault->text.starts_with("/dev/null: "));
}

// Reading at address 0 of our own memory gives EIO.
TEST(MessageSource, a_disk_that_fails_is_one_fault_and_no_end_of_it) {
    const auto items = items_of({"/proc/self/mem"});
    ASSERT_EQ(items.size(), 1U);
    ASSERT_TRUE(items[0].fault);
    EXPECT_EQ(items[0].fault->status, ExitStatus::io_error);
    EXPECT_TRUE(items[0].message.octets.empty());
}

TEST(MessageSource, a_truncated_mbox_gives_the_message_and_a_fault) {
    const TemporaryDirectory directory;
    const auto items = items_of({directory.write("box", in_mbox("Subject: a\n\ncut he") + "re")});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_TRUE(items[0].fault);
    EXPECT_FALSE(items[0].message.octets.empty());
}

TEST(MessageSource, a_linked_directory_is_read_where_it_is_named_but_not_on_the_way) {
    const TemporaryDirectory directory;
    directory.write("real/a.eml", mail("a"));
    directory.write("in/b.eml", mail("b"));
    fs::create_directory_symlink("../real", directory.at("in/link"));
    fs::create_directory_symlink("..", directory.at("in/loop"));
    fs::create_symlink("../real/a.eml", directory.at("in/c.eml"));
    fs::create_symlink("nowhere", directory.at("in/dangling"));
    EXPECT_EQ(found(directory, items_of({directory.at("in")})),
              (Lines{"in/b.eml 0", "in/c.eml 0", "in/dangling !"}));
    EXPECT_EQ(found(directory, items_of({directory.at("in/link")})), (Lines{"in/link/a.eml 0"}));
}

TEST(MessageSource, a_fifo_is_read_where_it_is_named) {
    const TemporaryDirectory directory;
    const auto path = directory.at("pipe");
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    std::thread writer([&] {
        const int end = open(path.c_str(), O_WRONLY | O_CLOEXEC);  // waits for the reader
        const auto octets = in_mbox(mail("a")) + in_mbox(mail("b"));
        EXPECT_EQ(write(end, octets.data(), octets.size()), static_cast<ssize_t>(octets.size()));
        close(end);
    });
    const auto items = items_of({path});
    writer.join();
    EXPECT_EQ(found(directory, items), (Lines{"pipe 0", "pipe 1"}));
}

// Nobody may ever write into it.
TEST(MessageSource, a_fifo_found_on_the_way_is_a_fault_and_not_waited_for) {
    const TemporaryDirectory directory;
    directory.write("in/z.eml", mail("z"));
    ASSERT_EQ(mkfifo(directory.at("in/pipe").c_str(), 0600), 0);
    EXPECT_EQ(found(directory, items_of({directory.at("in")})), (Lines{"in/pipe !", "in/z.eml 0"}));
}

TEST(MessageSource, a_minus_sign_is_standard_input) {
    {
        const StandardInput input(pipe_with(mail("a")));
        const auto items = items_of({"-"});
        ASSERT_EQ(items.size(), 1U);
        EXPECT_EQ(items[0].path, "-");
        EXPECT_EQ(items[0].message.octets, mail("a"));
    }
    {
        const StandardInput input(pipe_with(in_mbox(mail("a")) + in_mbox(mail("b"))));
        EXPECT_EQ(items_of({"-"}).size(), 2U);
    }
}

TEST(MessageSource, standard_input_that_is_empty_or_closed_is_a_fault) {
    {
        const StandardInput input(pipe_with(""));
        const auto items = items_of({"-"});
        ASSERT_EQ(items.size(), 1U);
        EXPECT_TRUE(items[0].fault);
    }
    const StandardInput input(-1);
    const auto items = items_of({"-"});
    ASSERT_EQ(items.size(), 1U);
    ASSERT_TRUE(items[0].fault);
    EXPECT_TRUE(items[0].fault->text.starts_with("-: ")) << items[0].fault->text;
}

TEST(MessageSource, oversized_messages_are_cut_to_their_head) {
    const TemporaryDirectory directory;
    const auto octets = mail("x") + std::string(5000, 'y') + "\n";
    const auto items = items_of({directory.write("a.eml", octets)}, {1000, 100});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_TRUE(items[0].message.is_oversized());
    EXPECT_EQ(items[0].message.octets, octets.substr(0, 100));
    EXPECT_EQ(items[0].message.size, octets.size());
    EXPECT_EQ(items[0].message.digest, digest_of(octets));
}

TEST(MessageSource, octets_read_grow_to_the_octets_known) {
    const TemporaryDirectory directory;
    directory.write("in/a.eml", mail("a"));
    directory.write("in/b/box", in_mbox(mail("b")) + in_mbox(mail("c")));
    const auto other = directory.write("other.eml", mail("other"));
    MessageSource source({directory.at("in"), other}, {});
    EXPECT_EQ(source.octets_read(), 0U);
    EXPECT_GE(source.octets_known(), mail("other").size());
    std::uint64_t before = 0;
    while (source.next()) {
        EXPECT_GE(source.octets_read(), before);
        EXPECT_LE(source.octets_read(), source.octets_known());
        before = source.octets_read();
    }
    EXPECT_EQ(source.octets_read(), source.octets_known());
    EXPECT_EQ(source.octets_known(),
              mail("a").size() + 2 * in_mbox(mail("b")).size() + mail("other").size());
}

}  // namespace

}  // namespace ndr
