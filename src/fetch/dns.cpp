#include "dns.hpp"

#include <fmt/core.h>
#include <netdb.h>
#include <poll.h>

#include <algorithm>
#include <array>

namespace ndr {

namespace {

constexpr int class_in = 1;  // RFC 1035 section 3.2
constexpr int type_a = 1;
constexpr int type_mx = 15;
constexpr int type_aaaa = 28;  // RFC 3596
constexpr int most_addresses = 16;
constexpr int patience = 2000;  // milliseconds, for the first try at each resolver

struct FreeAres {
    void operator()(void* data) const { ares_free_data(data); }
};

Address ipv4_of(const in_addr& address) {
    Address::Octets octets{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&address);
    std::copy(bytes, bytes + 4, octets.begin() + 12);
    return Address(octets);
}

Address ipv6_of(const ares_in6_addr& address) {
    Address::Octets octets{};
    std::copy(std::begin(address._S6_un._S6_u8), std::end(address._S6_un._S6_u8), octets.begin());
    return Address(octets);
}

DnsState state_of(int status) {
    if (status == ARES_SUCCESS) return DnsState::found;
    return status == ARES_ENODATA || status == ARES_ENOTFOUND ? DnsState::absent : DnsState::failed;
}

}  // namespace

struct Resolver::Reply {
    int status = ARES_ETIMEOUT;
    bool is_there = false;
    std::vector<unsigned char> octets;

    int size() const { return static_cast<int>(octets.size()); }
    // A resolver's SERVFAIL or REFUSED c-ares takes as a reason to ask the next one, and says
    // "connection refused" when there is no other.
    std::string fault_for(const std::string& what) const {
        return fmt::format(
            "DNS of {}: {}", what,
            status == ARES_ECONNREFUSED ? "no resolver could answer" : ares_strerror(status));
    }
};

Resolver::Resolver() {
    ares_options options{};
    options.timeout = patience;
    options.tries = 2;
    const int status = ares_init_options(&channel_, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES);
    if (status != ARES_SUCCESS)
        throw Failure(ExitStatus::os_error,
                      fmt::format("DNS cannot be asked: {}", ares_strerror(status)));
}

Resolver::~Resolver() {
    ares_destroy(channel_);
}

// One turn of c-ares' own loop.
void Resolver::wait(const Deadline& deadline) {
    std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
    const int wanted = ares_getsock(channel_, sockets.data(), ARES_GETSOCK_MAXNUM);
    std::array<pollfd, ARES_GETSOCK_MAXNUM> waits{};
    nfds_t count = 0;
    for (int i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
        const bool reads = ARES_GETSOCK_READABLE(wanted, i) != 0;
        const bool writes = ARES_GETSOCK_WRITABLE(wanted, i) != 0;
        const int events = (reads ? POLLIN : 0) | (writes ? POLLOUT : 0);
        if (events != 0)
            waits.at(count++) = {sockets.at(static_cast<std::size_t>(i)),
                                 static_cast<short>(events), 0};
    }
    timeval most{deadline.left() / 1000, deadline.left() % 1000 * 1000};
    timeval own{};
    const timeval* left = ares_timeout(channel_, &most, &own);
    poll(waits.data(), count, static_cast<int>(left->tv_sec * 1000 + left->tv_usec / 1000 + 1));
    for (nfds_t i = 0; i < count; ++i) {
        const auto& wait = waits.at(i);
        const bool reads = (wait.revents & (POLLIN | POLLERR | POLLHUP)) != 0;
        const bool writes = (wait.revents & POLLOUT) != 0;
        ares_process_fd(channel_, reads ? wait.fd : ARES_SOCKET_BAD,
                        writes ? wait.fd : ARES_SOCKET_BAD);
    }
    ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);  // time-outs
}

Resolver::Reply Resolver::ask(const std::string& name, int type, const Deadline& deadline) {
    Reply reply;
    ares_query(
        channel_, name.c_str(), class_in, type,
        [](void* there, int status, int, unsigned char* octets, int size) {
            auto& answered = *static_cast<Reply*>(there);
            answered.status = status;
            answered.is_there = true;
            if (status == ARES_SUCCESS) answered.octets.assign(octets, octets + size);
        },
        &reply);
    while (!reply.is_there && deadline.left() > 0)
        wait(deadline);
    if (!reply.is_there) {
        ares_cancel(channel_);
        reply.status = ARES_ETIMEOUT;
    }
    return reply;
}

DnsNames Resolver::mail_exchangers(const std::string& domain, const Deadline& deadline) {
    Reply reply = ask(domain, type_mx, deadline);
    ares_mx_reply* list = nullptr;
    if (reply.status == ARES_SUCCESS)
        reply.status = ares_parse_mx_reply(reply.octets.data(), reply.size(), &list);
    const std::unique_ptr<ares_mx_reply, FreeAres> owner(list);
    const DnsState state = state_of(reply.status);
    if (state != DnsState::found) return {state, {}, reply.fault_for(domain)};
    std::vector<const ares_mx_reply*> records;
    for (const auto* record = list; record != nullptr; record = record->next)
        records.push_back(record);
    std::stable_sort(records.begin(), records.end(),
                     [](const auto* a, const auto* b) { return a->priority < b->priority; });
    DnsNames result{DnsState::found, {}, {}};
    for (const auto* record : records)
        result.names.emplace_back(record->host);
    // A null MX beside others, against its RFC, says nothing.
    if (std::any_of(result.names.begin(), result.names.end(),
                    [](const std::string& name) { return !name.empty(); }))
        std::erase(result.names, "");
    return result;
}

DnsAddresses Resolver::addresses(const std::string& host, const Deadline& deadline) {
    if (const auto address = Address::parse(host)) return {DnsState::found, {*address}, {}};
    DnsAddresses result{DnsState::absent, {}, {}};
    Reply four = ask(host, type_a, deadline);
    std::array<ares_addrttl, most_addresses> a{};
    int count = most_addresses;
    if (four.status == ARES_SUCCESS)
        four.status =
            ares_parse_a_reply(four.octets.data(), four.size(), nullptr, a.data(), &count);
    if (four.status == ARES_SUCCESS)
        std::for_each_n(a.begin(), count,
                        [&](const auto& one) { result.addresses.push_back(ipv4_of(one.ipaddr)); });
    Reply six = ask(host, type_aaaa, deadline);
    std::array<ares_addr6ttl, most_addresses> aaaa{};
    count = most_addresses;
    if (six.status == ARES_SUCCESS)
        six.status =
            ares_parse_aaaa_reply(six.octets.data(), six.size(), nullptr, aaaa.data(), &count);
    if (six.status == ARES_SUCCESS)
        std::for_each_n(aaaa.begin(), count,
                        [&](const auto& one) { result.addresses.push_back(ipv6_of(one.ip6addr)); });
    for (const Reply* reply : {&four, &six}) {
        if (state_of(reply->status) != DnsState::failed) continue;
        result.state = DnsState::failed;
        result.fault = reply->fault_for(host);
    }
    if (!result.addresses.empty() && result.state == DnsState::absent)
        result.state = DnsState::found;
    return result;
}

}  // namespace ndr
