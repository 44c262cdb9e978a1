#include "mail_host.hpp"

#include <fmt/core.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr int smtp_port = 25;
constexpr std::size_t most_hosts = 10;
constexpr std::size_t most_addresses = 10;
constexpr std::size_t shown_host = 100;
constexpr std::size_t shown_greeting = 120;
constexpr const char* special_use = "it is a special-use address";

class Socket {
public:
    explicit Socket(int family)
        : fd_(socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) {}
    ~Socket() {
        if (fd_ >= 0) close(fd_);
    }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    int fd() const { return fd_; }
    // False if that did not happen in time.
    bool wait(short event, std::chrono::milliseconds patience, const Deadline& deadline) const {
        const Deadline own(std::min(patience, std::chrono::milliseconds(deadline.left())));
        pollfd one{fd_, event, 0};
        for (;;) {
            const int done = poll(&one, 1, static_cast<int>(own.left()));
            if (done > 0) return true;
            if (done == 0 || errno != EINTR) return false;
        }
    }

private:
    int fd_;
};

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress socket_address(const Address& address, int port) {
    SocketAddress result;
    const auto& octets = address.octets();
    if (address.is_ipv4()) {
        auto& in = reinterpret_cast<sockaddr_in&>(result.storage);
        in.sin_family = AF_INET;
        in.sin_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&in.sin_addr, octets.data() + 12, 4);
        result.size = sizeof in;
    } else {
        auto& in = reinterpret_cast<sockaddr_in6&>(result.storage);
        in.sin6_family = AF_INET6;
        in.sin6_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&in.sin6_addr, octets.data(), octets.size());
        result.size = sizeof in;
    }
    return result;
}

// What the kernel says at once it says of this host and its routes, but for a refusal on loopback.
MailHostAnswer not_sent(int error) {
    const auto state = error == ECONNREFUSED ? MailHostState::unreachable : MailHostState::unsure;
    return {state, std::strerror(error)};
}

// Whoever took the connection and says nothing may make strangers wait; who hangs up does not.
MailHostAnswer greeting_of(const Socket& socket, const Patience& patience,
                           const Deadline& deadline) {
    if (!socket.wait(POLLIN, patience.greeting, deadline))
        return {MailHostState::unsure, "it took the connection, but no greeting came in time"};
    std::array<char, 1000> buffer{};
    const ssize_t got = recv(socket.fd(), buffer.data(), buffer.size(), 0);
    if (got <= 0) return {MailHostState::unreachable, "it closed the connection without a word"};
    const std::string_view said(buffer.data(), static_cast<std::size_t>(got));
    constexpr std::string_view quit = "QUIT\r\n";
    send(socket.fd(), quit.data(), quit.size(), MSG_NOSIGNAL);  // whether it hears it or not
    return {
        MailHostState::answers,
        fmt::format("'{}'", printable(trimmed(said.substr(0, said.find('\n'))), shown_greeting))};
}

// All that was asked, worst news for a block first.
class Findings {
public:
    void add(const std::string& who, MailHostAnswer answer) {
        answer.detail = fmt::format("{}: {}", who, answer.detail);
        if (answer.state == MailHostState::answers) {
            sum_ = std::move(answer);
            return;
        }
        if (answer.state == MailHostState::unsure) sum_.state = MailHostState::unsure;
        sum_.detail += (sum_.detail.empty() ? "" : "; ") + answer.detail;
    }
    bool has_answer() const { return sum_.state == MailHostState::answers; }
    const MailHostAnswer& sum() const { return sum_; }

private:
    MailHostAnswer sum_{MailHostState::unreachable, ""};
};

class Domain {
public:
    Domain(Resolver& resolver, const Deadline& deadline, Guard& guard, bool reaches_port_25)
        : resolver_(resolver),
          deadline_(deadline),
          guard_(guard),
          reaches_port_25_(reaches_port_25) {}

    MailHostAnswer ask(const std::string& domain) {
        const DnsNames exchangers = resolver_.mail_exchangers(domain, deadline_);
        if (exchangers.state == DnsState::failed) return {MailHostState::unsure, exchangers.fault};
        if (exchangers.state == DnsState::absent) {
            ask_host(domain);
        } else if (exchangers.names.front().empty()) {
            return {MailHostState::unreachable, "a null MX: the domain takes no mail"};
        }
        const auto most = std::min(exchangers.names.size(), most_hosts);
        std::for_each_n(exchangers.names.begin(), most,
                        [&](const std::string& host) { ask_host(host); });
        if (most < exchangers.names.size() && !findings_.has_answer())
            findings_.add("more hosts", {MailHostState::unsure, "not asked"});
        return findings_.sum();
    }
    MailHostAnswer ask_literal(const Address& address) {
        ask_address(address.text(), address);
        return findings_.sum();
    }

private:
    void ask_host(const std::string& host) {
        if (findings_.has_answer()) return;
        const std::string name = printable(host, shown_host);
        const DnsAddresses found = resolver_.addresses(host, deadline_);
        for (const auto& address : found.addresses)
            ask_address(fmt::format("{} [{}]", name, address.text()), address);
        if (findings_.has_answer()) return;
        if (found.state == DnsState::failed)
            findings_.add(name, {MailHostState::unsure, found.fault});
        if (found.state == DnsState::absent)
            findings_.add(name, {MailHostState::unreachable, "it has no address"});
    }

    void ask_address(const std::string& who, const Address& address) {
        if (findings_.has_answer()) return;
        const auto there = socket_address(address, smtp_port);
        if (++asked_ > most_addresses) {
            if (asked_ == most_addresses + 1)
                findings_.add(who, {MailHostState::unsure, "one address too many, not asked"});
        } else if (!guard_.admits(*there.get(), there.size)) {
            findings_.add(who, {MailHostState::unsure, special_use});
        } else {
            auto answer = ndr::ask_address(address, smtp_port, true, Patience(), deadline_);
            if (answer.state == MailHostState::unreachable && !reaches_port_25_)
                answer = {MailHostState::unsure,
                          answer.detail + ", but no control host answered on port 25 either"};
            findings_.add(who, std::move(answer));
        }
    }

    Resolver& resolver_;
    const Deadline& deadline_;
    Guard& guard_;
    bool reaches_port_25_;
    Findings findings_;
    std::size_t asked_ = 0;
};

// Whether we are online, as the control hosts tell it.
struct Control {
    bool is_online = false;
    bool reaches_port_25 = false;
    std::string fault;  // why not
};

// One that answers is enough; those on port 25 tell more, and are asked first.
class Controls {
public:
    Controls(Resolver& resolver, std::vector<Server> servers, const Deadline& deadline,
             Guard& guard)
        : resolver_(resolver), servers_(std::move(servers)), deadline_(deadline), guard_(guard) {
        std::stable_partition(servers_.begin(), servers_.end(),
                              [](const Server& server) { return server.port == smtp_port; });
    }

    Control ask() {
        std::vector<std::string> faults;
        for (const auto& server : servers_) {
            if (answers(server, faults)) return {true, server.port == smtp_port, {}};
        }
        return {false, false, joined(faults, "; ")};
    }

private:
    bool answers(const Server& server, std::vector<std::string>& faults) {
        const auto found = resolver_.addresses(server.host, deadline_);
        if (found.addresses.empty())
            faults.push_back(found.fault.empty() ? server.host + " has no address" : found.fault);
        for (const auto& address : found.addresses) {
            const auto answer = ask(server, address);
            if (answer.state == MailHostState::answers) return true;
            faults.push_back(fmt::format("{} [{}]:{}: {}", server.host, address.text(), server.port,
                                         answer.detail));
        }
        return false;
    }
    MailHostAnswer ask(const Server& server, const Address& address) {
        const auto there = socket_address(address, server.port);
        if (!guard_.admits(*there.get(), there.size)) return {MailHostState::unsure, special_use};
        return ask_address(address, server.port, server.port == smtp_port, Patience(), deadline_);
    }

    Resolver& resolver_;
    std::vector<Server> servers_;
    const Deadline& deadline_;
    Guard& guard_;
};

MailHostAnswer ask_domain(const std::string& domain, Domain& asked) {
    const bool is_literal = domain.starts_with('[') && domain.ends_with(']');
    if (!is_literal) return asked.ask(domain);
    std::string_view inner(domain);
    inner = inner.substr(1, inner.size() - 2);
    if (ascii_istarts_with(inner, "ipv6:")) inner.remove_prefix(5);
    const auto address = Address::parse(inner);
    if (!address) return {MailHostState::unsure, printable(domain) + ": no IP address"};
    return asked.ask_literal(*address);
}

}  // namespace

MailHostAnswer ask_address(const Address& address, int port, bool wants_greeting,
                           const Patience& patience, const Deadline& deadline) {
    if (deadline.left() == 0) return {MailHostState::unsure, "no time was left to ask"};
    const auto there = socket_address(address, port);
    const Socket socket(there.get()->sa_family);
    if (socket.fd() < 0) return not_sent(errno);
    if (connect(socket.fd(), there.get(), there.size) != 0 && errno != EINPROGRESS)
        return not_sent(errno);
    const bool had_time = deadline.left() >= patience.connecting.count();
    if (!socket.wait(POLLOUT, patience.connecting, deadline)) {
        if (!had_time) return {MailHostState::unsure, "no time was left to wait"};
        return {MailHostState::unreachable, "no answer in time"};
    }
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(socket.fd(), SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) return {MailHostState::unreachable, std::strerror(error)};
    if (!wants_greeting) return {MailHostState::answers, "it took the connection"};
    return greeting_of(socket, patience, deadline);
}

MailHostAnswer ask_mail_host(const std::vector<Server>& controls, const std::string& domain,
                             const Deadline& deadline) {
    Resolver resolver;
    Guard guard;
    Controls control(resolver, controls, deadline, guard);
    const Control before = control.ask();
    if (!before.is_online) return {MailHostState::offline, before.fault};
    Domain asked(resolver, deadline, guard, before.reaches_port_25);
    auto answer = ask_domain(domain, asked);
    if (answer.state != MailHostState::unreachable) return answer;
    const Control after = control.ask();
    if (!after.is_online) return {MailHostState::offline, after.fault};
    if (before.reaches_port_25 && !after.reaches_port_25)
        return {MailHostState::offline, "no control host answers on port 25 any more"};
    return answer;
}

}  // namespace ndr
