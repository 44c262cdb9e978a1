// support/smtp_server.hpp -- an SMTP server of a test's own on a loopback port: says what it is
// told to and keeps what it is given.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ndr::support {

struct Received {
    std::vector<std::string> commands;  // MAIL and RCPT, as they came
    std::string data;                   // with CRLF, the last dot gone
};

class SmtpServer {
public:
    // `answers` replaces what it says to a command that begins so ("RCPT" -> "550 5.1.1 no"), to
    // the connection ("") or at the end of the data ("."). An empty answer closes the connection.
    using Answers = std::map<std::string, std::string>;
    explicit SmtpServer(Answers answers = {});
    ~SmtpServer();
    SmtpServer(const SmtpServer&) = delete;
    SmtpServer& operator=(const SmtpServer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
    std::vector<Received> received() const;
    // From now on it has each message for so long before it says so.
    void think_for(std::chrono::milliseconds pause) { pause_ = pause; }

private:
    void serve();
    void converse(int fd);
    void keep(const Received& message);
    std::string answer(const std::string& to, const std::string& usual) const;

    Answers answers_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<std::chrono::milliseconds> pause_{};
    mutable std::mutex mutex_;
    std::vector<Received> received_;
    std::thread thread_;
};

}  // namespace ndr::support
