#include "smtp_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>

namespace ndr::support {

namespace {

void require(bool done, const char* what) {
    if (!done) throw std::system_error(errno, std::generic_category(), what);
}

// Reads lines, keeps what is read too much.
class Lines {
public:
    explicit Lines(int fd) : fd_(fd) {}

    std::optional<std::string> next() {
        for (;;) {
            const auto end = octets_.find('\n');
            if (end != std::string::npos) {
                std::string line = octets_.substr(0, end + 1);
                octets_.erase(0, end + 1);
                return line;
            }
            char buffer[4096];
            const ssize_t got = read(fd_, buffer, sizeof buffer);
            if (got <= 0) return std::nullopt;
            octets_.append(buffer, static_cast<std::size_t>(got));
        }
    }

private:
    int fd_;
    std::string octets_;
};

bool say(int fd, const std::string& line) {
    const std::string octets = line + "\r\n";
    return !line.empty() && send(fd, octets.data(), octets.size(), MSG_NOSIGNAL) ==
                                static_cast<ssize_t>(octets.size());
}

}  // namespace

SmtpServer::SmtpServer(Answers answers) : answers_(std::move(answers)) {
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    require(listener_ >= 0, "socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* any = reinterpret_cast<sockaddr*>(&address);
    require(bind(listener_, any, size) == 0, "bind");
    require(listen(listener_, 16) == 0, "listen");
    require(getsockname(listener_, any, &size) == 0, "getsockname");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
}

SmtpServer::~SmtpServer() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
}

std::vector<Received> SmtpServer::received() const {
    const std::lock_guard lock(mutex_);
    return received_;
}

void SmtpServer::serve() {
    for (;;) {
        const int fd = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0) return;
        converse(fd);
        close(fd);
    }
}

void SmtpServer::keep(const Received& message) {
    const std::lock_guard lock(mutex_);
    received_.push_back(message);
}

std::string SmtpServer::answer(const std::string& to, const std::string& usual) const {
    const auto found = answers_.find(to);
    return found == answers_.end() ? usual : found->second;
}

void SmtpServer::converse(int fd) {
    Lines lines(fd);
    Received message;
    if (!say(fd, answer("", "220 mx.example.org ESMTP"))) return;
    while (const auto line = lines.next()) {
        const std::string verb = line->substr(0, 4);
        if (verb == "EHLO") {
            if (!say(fd, answer(verb, "250-mx.example.org\r\n250-8BITMIME\r\n250 DSN"))) return;
        } else if (verb == "MAIL" || verb == "RCPT") {
            message.commands.push_back(line->substr(0, line->size() - 2));
            if (!say(fd, answer(verb, "250 2.1.0 Ok"))) return;
        } else if (verb == "DATA") {
            if (!say(fd, answer(verb, "354 Go on"))) return;
            auto data = lines.next();
            for (; data && *data != ".\r\n"; data = lines.next())
                message.data += *data;
            if (!data) return;
            const std::string said = answer(".", "250 2.0.0 Ok: queued");
            if (said.starts_with("250")) keep(message);
            message = {};
            std::this_thread::sleep_for(pause_.load());  // the time is wanted, nobody waits
            if (!say(fd, said)) return;
        } else {
            say(fd, "221 2.0.0 Bye");
            return;
        }
    }
}

}  // namespace ndr::support
