#include "two_hosts.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <stdexcept>

#include "ndr_triage/base/processes.hpp"

namespace ndr::support {

namespace {

// No duplicate address detection: addresses are
// good at once.
constexpr const char* set_up = R"(set -eu
mkdir -p /run/netns
ip netns add peer
peer() { ip netns exec peer "$@"; }
for n in "" peer; do $n sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0; done
ip link add to-peer type veth peer name to-us netns peer
ip addr add 192.0.2.1/24 dev to-peer
ip -6 addr add 2001:db8::1/64 dev to-peer nodad
ip link set to-peer up
peer ip link set lo up
for n in 203.0.113.5 198.51.100.5; do peer ip addr add $n/32 dev lo; done
for n in 2001:db8:1::5 2001:db8:2::5; do peer ip -6 addr add $n/128 dev lo nodad; done
peer ip addr add 192.0.2.2/24 dev to-us
peer ip -6 addr add 2001:db8::2/64 dev to-us nodad
peer ip link set to-us up
for n in 203.0.113.0/24 198.51.100.0/24; do ip route add $n via 192.0.2.2; done
for n in 2001:db8:1::/48 2001:db8:2::/48; do ip -6 route add $n via 2001:db8::2; done
)";

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

void run(const std::string& script) {
    const auto finished =
        run_program({"/bin/bash", "-c", script}, {}, std::chrono::seconds(20), 1 << 16);
    if (finished.status != 0) throw std::runtime_error(finished.errors);
}

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;

    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

SocketAddress socket_address(const std::string& text, int port) {
    SocketAddress address;
    if (text.find(':') == std::string::npos) {
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_port = htons(static_cast<std::uint16_t>(port));
        inet_pton(AF_INET, text.c_str(), &in.sin_addr);
        std::memcpy(&address.storage, &in, address.size = sizeof in);
    } else {
        sockaddr_in6 in{};
        in.sin6_family = AF_INET6;
        in.sin6_port = htons(static_cast<std::uint16_t>(port));
        inet_pton(AF_INET6, text.c_str(), &in.sin6_addr);
        std::memcpy(&address.storage, &in, address.size = sizeof in);
    }
    return address;
}

// Nothing that it does takes longer than half a second.
Descriptor socket_here(int family) {
    Descriptor fd(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval half{0, 500'000};
    const int yes = 1;
    if (!fd || setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &half, sizeof half) != 0 ||
        setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &half, sizeof half) != 0 ||
        setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0)
        fail("socket");
    return fd;
}

void bind_to(const Descriptor& fd, const SocketAddress& address) {
    if (bind(fd.get(), address.get(), address.size) != 0) fail("bind");
}

void listen_at(const Descriptor& fd, const SocketAddress& address) {
    bind_to(fd, address);
    if (listen(fd.get(), 64) != 0) fail("listen");
}

bool connects(const Descriptor& fd, const SocketAddress& address) {
    if (connect(fd.get(), address.get(), address.size) == 0) return true;
    if (errno != EINPROGRESS && errno != ETIMEDOUT) fail("connect");
    return false;
}

bool passes(const Descriptor& from, const Descriptor& to, std::string_view line) {
    char got[64];
    return send(from.get(), line.data(), line.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(line.size()) &&
           recv(to.get(), got, sizeof got, 0) == static_cast<ssize_t>(line.size());
}

int family_of(const std::string& address) {
    return address.find(':') == std::string::npos ? AF_INET : AF_INET6;
}

}  // namespace

TwoHosts::TwoHosts() {
    run(set_up);
    own_network_ = Descriptor(open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC));
    peer_network_ = Descriptor(open("/run/netns/peer", O_RDONLY | O_CLOEXEC));
    if (!own_network_ || !peer_network_) fail("namespace");
    smtp_ = socket_here(AF_INET6);
    listen_at(smtp_, socket_address("::", 25));
    other_ = socket_here(AF_INET6);
    listen_at(other_, socket_address("::", 8080));
    // A new link takes a second or two before it carries IPv6.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    for (const char* source : {"203.0.113.5", "198.51.100.5", "2001:db8:1::5", "2001:db8:2::5"}) {
        while (!reaches_us(source, 8080)) {
            if (std::chrono::steady_clock::now() > deadline)
                throw std::runtime_error(std::string(source) + " does not reach us");
        }
    }
}

TwoHosts::~TwoHosts() {
    run_program({"/bin/bash", "-c", "ip netns del peer; ip link del to-peer"}, {},
                std::chrono::seconds(20), 1 << 16);
}

// A socket stays in the network that it was made in.
Descriptor TwoHosts::peer_socket(int family) const {
    if (setns(peer_network_.get(), CLONE_NEWNET) != 0) fail("setns");
    Descriptor fd = socket_here(family);
    if (setns(own_network_.get(), CLONE_NEWNET) != 0) fail("setns");
    return fd;
}

// The kernel shakes hands for those who listen.
bool TwoHosts::reaches_us(const std::string& source, int port) const {
    const int family = family_of(source);
    const Descriptor fd = peer_socket(family);
    bind_to(fd, socket_address(source, 0));
    return connects(fd, socket_address(family == AF_INET ? "192.0.2.1" : "2001:db8::1", port));
}

bool TwoHosts::talks_to_us(const std::string& peer, int port) const {
    const auto address = socket_address(peer, port);
    const Descriptor listening = peer_socket(family_of(peer));
    listen_at(listening, address);
    const Descriptor ours = socket_here(family_of(peer));
    if (!connects(ours, address)) return false;
    const Descriptor theirs(accept4(listening.get(), nullptr, nullptr, SOCK_CLOEXEC));
    return theirs && passes(theirs, ours, "220 mx.example.net\r\n") &&
           passes(ours, theirs, "QUIT\r\n");
}

}  // namespace ndr::support
