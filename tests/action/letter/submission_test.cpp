#include "ndr_triage/action/letter/submission.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "ndr_triage/base/files.hpp"
#include "support/smtp_server.hpp"
#include "support/temporary_directory.hpp"

namespace ndr {

namespace {

using support::SmtpServer;

const Posting letter{"complaints+tok=en@example.org", "abuse@example.net", "token",
                     "Subject: Abuse\n\nfirst\n.hidden\n..\nlast\n"};

Relay to(const SmtpServer& server) {
    return *Relay::parse(server.address());
}

// The fault that submitting ends in; nullopt if there is none.
std::optional<SubmissionError> fault(const Relay& relay) {
    try {
        submit(relay, letter);
    } catch (const SubmissionError& error) {
        return error;
    }
    return std::nullopt;
}

void expect_fault(const SmtpServer::Answers& answers, ExitStatus status, const std::string& part) {
    const SmtpServer server(answers);
    const auto error = fault(to(server));
    ASSERT_TRUE(error) << part;
    EXPECT_EQ(error->status(), status) << error->what();
    EXPECT_NE(std::string(error->what()).find(part), std::string::npos) << error->what();
    EXPECT_NE(std::string(error->what()).find("abuse@example.net"), std::string::npos);
    EXPECT_TRUE(server.received().empty());
}

}  // namespace

// RFC 5321 section 4.5.2 for the dots, RFC 3461 sections 4.1 to 4.4 for the parameters.
TEST(Submission, hands_over_envelope_and_octets) {
    const SmtpServer server;
    submit(to(server), letter);
    ASSERT_EQ(server.received().size(), 1U);
    const auto received = server.received().front();
    ASSERT_EQ(received.commands.size(), 2U);
    EXPECT_EQ(received.commands[0], "MAIL FROM:<complaints+tok=en@example.org> ENVID=token");
    EXPECT_EQ(received.commands[1],
              "RCPT TO:<abuse@example.net> NOTIFY=FAILURE,DELAY ORCPT=rfc822;abuse@example.net");
    EXPECT_EQ(received.data, "Subject: Abuse\r\n\r\nfirst\r\n..hidden\r\n...\r\nlast\r\n");
}

TEST(Submission, gives_no_dsn_parameters_to_who_does_not_know_them) {
    const SmtpServer server(SmtpServer::Answers{{"EHLO", "250 mx.example.org"}});
    submit(to(server), letter);
    EXPECT_EQ(server.received().at(0).commands[0], "MAIL FROM:<complaints+tok=en@example.org>");
    EXPECT_EQ(server.received().at(0).commands[1], "RCPT TO:<abuse@example.net>");
}

TEST(Submission, says_what_the_mta_said) {
    using enum ExitStatus;
    expect_fault({{"", "421 too busy"}}, temp_fail, "421 too busy");
    expect_fault({{"MAIL", "451 4.3.0 later"}}, temp_fail, "451 4.3.0 later");
    expect_fault({{"RCPT", "550 5.1.1 nobody"}}, unavailable, "550 5.1.1 nobody");
    expect_fault({{".", "552 5.2.3 too large"}}, unavailable, "552 5.2.3 too large");
    expect_fault({{"RCPT", ""}}, temp_fail, "closed");
    expect_fault({{"", "HTTP/1.1 400 Bad Request"}}, temp_fail, "does not speak SMTP");
}

TEST(Submission, to_where_nobody_listens_fails_for_now) {
    std::uint16_t port = 0;
    {
        const SmtpServer server;
        port = server.port();
    }
    const auto error = fault(*Relay::parse("127.0.0.1:" + std::to_string(port)));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->status(), ExitStatus::temp_fail);
}

TEST(Submission, refuses_addresses_that_are_none) {
    const SmtpServer server;
    for (const std::string bad : {"", "-oQ/tmp@example.org", "a b@example.org", "a@[192.0.2.1]",
                                  "a@example.org>\r\nRCPT TO:<b@example.org", "joe"}) {
        Posting posting = letter;
        posting.recipient = bad;
        EXPECT_THROW(submit(to(server), posting), UsageError) << bad;
        if (bad.empty()) continue;
        posting = letter;
        posting.sender = bad;
        EXPECT_THROW(submit(to(server), posting), UsageError) << bad;
    }
    EXPECT_TRUE(server.received().empty());
}

// `sendmail -i -f SENDER -- RECIPIENT`, an argument vector, never -t.
TEST(Submission, runs_sendmail_with_its_exact_arguments) {
    const support::TemporaryDirectory directory;
    const std::string program = directory.write(
        "sendmail", "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + directory.at("arguments") + "\ncat > " +
                        directory.at("octets") + "\n");
    ASSERT_EQ(chmod(program.c_str(), 0755), 0);
    submit(*Relay::parse(program), letter);
    EXPECT_EQ(read_file(directory.at("arguments")),
              "-i\n-f\ncomplaints+tok=en@example.org\n--\nabuse@example.net\n");
    EXPECT_EQ(read_file(directory.at("octets")), letter.octets);
}

TEST(Submission, says_how_sendmail_failed) {
    const support::TemporaryDirectory directory;
    const std::string program =
        directory.write("sendmail", "#!/bin/sh\necho 'queue is full' >&2\nexit 75\n");
    ASSERT_EQ(chmod(program.c_str(), 0755), 0);
    const auto error = fault(*Relay::parse(program));
    ASSERT_TRUE(error);
    EXPECT_NE(std::string(error->what()).find("status 75, queue is full"), std::string::npos)
        << error->what();
}

TEST(Relay, is_read_and_written) {
    EXPECT_EQ(Relay::parse("127.0.0.1:25")->text(), "127.0.0.1:25");
    EXPECT_EQ(Relay::parse("[::1]:587")->host, "::1");
    EXPECT_EQ(Relay::parse("[::1]:587")->text(), "[::1]:587");
    EXPECT_EQ(Relay::parse("mx.example.org:25")->port, 25);
    EXPECT_EQ(Relay::parse("/usr/sbin/sendmail")->text(), "/usr/sbin/sendmail");
    for (const char* bad : {"", "mx", ":25", "mx:0", "mx:65536", "mx:smtp", "a b:25", "mx:25:x"})
        EXPECT_FALSE(Relay::parse(bad)) << bad;
}

}  // namespace ndr
