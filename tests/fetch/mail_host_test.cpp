// What needs DNS is proven by tests/mta/mail_hosts.py, with real servers.
#include "../../src/fetch/mail_host.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ndr_triage/base/processes.hpp"
#include "support/registry.hpp"
#include "support/smtp_server.hpp"

namespace ndr {

namespace {

using support::SmtpServer;

const Address loopback = Address::parse("127.0.0.1").value();
constexpr Patience in_no_time{std::chrono::milliseconds(2000), std::chrono::milliseconds(50)};

MailHostAnswer ask(int port, bool wants_greeting = true, const Patience& patience = Patience()) {
    return ask_address(loopback, port, wants_greeting, patience,
                       Deadline(std::chrono::seconds(30)));
}

// Takes connections, as the kernel does for it, and says nothing: or, with an end, nobody is there.
class Silent {
public:
    Silent() : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* any = reinterpret_cast<sockaddr*>(&address);
        EXPECT_EQ(bind(fd_, any, size), 0);
        EXPECT_EQ(getsockname(fd_, any, &size), 0);
        port_ = ntohs(address.sin_port);
    }
    ~Silent() { close(fd_); }
    Silent(const Silent&) = delete;
    Silent& operator=(const Silent&) = delete;

    void listen() const { EXPECT_EQ(::listen(fd_, 16), 0); }
    int port() const { return port_; }

private:
    int fd_;
    int port_ = 0;
};

Finished fetch(std::vector<std::string> words) {
    words.insert(words.begin(), support::fetch_program());
    return run_program(words, "", std::chrono::seconds(50), 1024 * 1024);
}

}  // namespace

// Whatever it says: somebody is there.
TEST(AskedMailHost, answers_with_any_greeting) {
    for (const char* greeting : {"220 mx.example.net ESMTP", "421 4.3.2 too busy",
                                 "554 5.7.1 you are not welcome", "what is this"}) {
        const SmtpServer server(SmtpServer::Answers{{"", greeting}});
        const auto answer = ask(server.port());
        EXPECT_EQ(answer.state, MailHostState::answers) << greeting;
        EXPECT_EQ(answer.detail, "'" + std::string(greeting) + "'");
    }
}

TEST(AskedMailHost, is_out_of_reach_where_it_refuses_or_hangs_up) {
    const Silent nobody;
    EXPECT_EQ(ask(nobody.port()),
              (MailHostAnswer{MailHostState::unreachable, "Connection refused"}));
    const SmtpServer mute(SmtpServer::Answers{{"", ""}});
    EXPECT_EQ(ask(mute.port()).state, MailHostState::unreachable);
    EXPECT_EQ(ask(mute.port()).detail, "it closed the connection without a word");
}

// It may make strangers wait for longer than we do.
TEST(AskedMailHost, is_unsure_where_it_takes_the_connection_and_is_silent) {
    const Silent silent;
    silent.listen();
    EXPECT_EQ(ask(silent.port(), true, in_no_time).state, MailHostState::unsure);
    EXPECT_EQ(ask(silent.port(), false, in_no_time).state, MailHostState::answers);
}

TEST(AskedMailHost, is_unsure_when_no_time_was_left) {
    const SmtpServer server;
    EXPECT_EQ(ask_address(loopback, server.port(), true, Patience(),
                          Deadline(std::chrono::milliseconds(0)))
                  .state,
              MailHostState::unsure);
}

// What it says first shows that nothing else was asked.
TEST(AskedMailHost, counts_for_nothing_while_no_control_host_answers) {
    const Silent nobody;
    const std::string control = "127.0.0.1:" + std::to_string(nobody.port());
    const Finished ran = fetch({"--control", control, "mail-host", "[192.0.2.1]"});
    EXPECT_EQ(ran.status, 0) << ran.errors;
    EXPECT_EQ(ran.output, "offline 127.0.0.1 [" + control.substr(0, 9) + "]:" + control.substr(10) +
                              ": Connection refused\n");
}

TEST(AskedMailHost, wants_a_control_host_and_a_domain) {
    const std::vector<std::vector<std::string>> wrong{
        {"mail-host", "example.net"},
        {"--control", "example.org:none", "mail-host", "example.net"},
        {"--control", "example.org", "mail-host"},
        {"--control"}};
    for (const auto& words : wrong) {
        const Finished ran = fetch(words);
        EXPECT_EQ(ran.status, 64) << ran.errors;
        EXPECT_EQ(ran.output, "");
    }
}

}  // namespace ndr
