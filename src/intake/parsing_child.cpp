#include "ndr_triage/intake/parsing_child.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" {  // glibc 2.36 declares these without C linkage
#include <sys/pidfd.h>
}

#include <cerrno>
#include <cstdint>

#include "lockdown.hpp"
#include "ndr_triage/base/failure.hpp"

namespace ndr {

namespace {

constexpr std::uint32_t most_answer = 4 * 1024 * 1024;

// A frame is its length in four octets (of this machine), then its octets.
bool receive_exactly(int socket, char* octets, std::size_t size) {
    while (size > 0) {
        const ssize_t got = recv(socket, octets, size, 0);
        if (got <= 0) {
            if (got < 0 && errno == EINTR) continue;
            return false;
        }
        octets += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool send_exactly(int socket, const char* octets, std::size_t size) {
    while (size > 0) {
        const ssize_t sent = ::send(socket, octets, size, MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR) continue;
            return false;
        }
        octets += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool send_frame(int socket, std::string_view octets) {
    const auto length = static_cast<std::uint32_t>(octets.size());
    return send_exactly(socket, reinterpret_cast<const char*>(&length), sizeof length) &&
           send_exactly(socket, octets.data(), octets.size());
}

// The child's whole life.
[[noreturn]] void serve(const RuleSet& rules, int socket) {
    lock_down(socket);
    std::string octets;
    for (;;) {
        std::uint32_t length = 0;
        if (!receive_exactly(socket, reinterpret_cast<char*>(&length), sizeof length)) _exit(0);
        octets.resize(length);
        if (!receive_exactly(socket, octets.data(), length)) _exit(0);
        if (!send_frame(socket, to_json(judge(rules, parse_message(octets))))) _exit(0);
    }
}

}  // namespace

ParsingChild::ParsingChild(const RuleSet& rules) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        throw_io_error("make", "socket", errno);
    const Descriptor theirs(ends[1]);
    socket_ = Descriptor(ends[0]);
    const pid_t child = fork();
    if (child < 0) throw_io_error("start", "parsing child", errno);
    if (child == 0) {
        signal(SIGINT, SIG_IGN);  // of a terminal: our parent ends, and we with it
        for (const int fatal : {SIGTERM, SIGHUP, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
            signal(fatal, SIG_DFL);
        serve(rules, theirs.get());
    }
    process_ = Descriptor(pidfd_open(child, 0));
}

ParsingChild::ParsingChild(Descriptor socket, Descriptor process)
    : socket_(std::move(socket)), process_(std::move(process)) {}

ParsingChild::~ParsingChild() {
    end();
}

ParsingChild& ParsingChild::operator=(ParsingChild&& other) noexcept {
    if (this != &other) {
        end();
        socket_ = std::move(other.socket_);
        process_ = std::move(other.process_);
        deadline_ = other.deadline_;
        has_sent_ = other.has_sent_;
        failed_ = other.failed_;
        is_late_ = other.is_late_;
    }
    return *this;
}

void ParsingChild::end() {
    if (!process_) return;
    pidfd_send_signal(process_.get(), SIGKILL, nullptr, 0);
    siginfo_t ignored{};
    waitid(P_PIDFD, static_cast<id_t>(process_.get()), &ignored, WEXITED);  // ECHILD: not our own
}

void ParsingChild::send(std::string_view octets) {
    deadline_ = Clock::now() + time_limit;
    const auto length = static_cast<std::uint32_t>(octets.size());
    has_sent_ = write_exactly(reinterpret_cast<const char*>(&length), sizeof length) &&
                write_exactly(octets.data(), octets.size());
}

Examination ParsingChild::failure(const std::string& why) {
    failed_ = true;
    return {std::nullopt, why};
}

// Up to the deadline; the child is not trusted to be quick.
bool ParsingChild::wait_for(short event) {
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now());
        pollfd wait{socket_.get(), event, 0};
        const int ready = poll(&wait, 1, static_cast<int>(std::max<long>(left.count(), 0)));
        if (ready < 0 && errno == EINTR) continue;
        is_late_ = ready == 0;
        return ready > 0;
    }
}

bool ParsingChild::write_exactly(const char* octets, std::size_t size) {
    while (size > 0) {
        if (!wait_for(POLLOUT)) return false;
        const ssize_t sent = ::send(socket_.get(), octets, size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno == EAGAIN) continue;
        if (sent < 0) return false;
        octets += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool ParsingChild::read_exactly(char* octets, std::size_t size) {
    while (size > 0) {
        if (!wait_for(POLLIN)) return false;
        const ssize_t got = recv(socket_.get(), octets, size, MSG_DONTWAIT);
        if (got <= 0) return false;
        octets += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

Examination ParsingChild::receive() {
    const auto broken = [this] {
        return failure(is_late_ ? "parsing took longer than 3 s" : "the parsing child died");
    };
    if (!has_sent_) return broken();
    std::uint32_t length = 0;
    if (!read_exactly(reinterpret_cast<char*>(&length), sizeof length)) return broken();
    if (length > most_answer) return failure("the parsing child gave no judgement");
    std::string json(length, '\0');
    if (!read_exactly(json.data(), length)) return broken();
    auto judgement = judgement_of_json(json);
    if (!judgement) return failure("the parsing child gave no judgement");
    return {std::move(judgement), ""};
}

Examination ParsingChild::judge(std::string_view octets) {
    send(octets);
    return receive();
}

}  // namespace ndr
