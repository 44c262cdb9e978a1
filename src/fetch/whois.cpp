#include "whois.hpp"

#include <fmt/core.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/network/registry.hpp"

namespace ndr {

namespace {

// Some servers want more than the address: ARIN all records in full, JPNIC to be asked for English.
std::string question_for(const std::string& host, const Address& address) {
    if (ascii_iequals(host, "whois.arin.net")) return fmt::format("n + {}\r\n", address.text());
    if (ascii_iequals(host, "whois.nic.ad.jp")) return fmt::format("{}/e\r\n", address.text());
    return address.text() + "\r\n";
}

// A connection that libcurl made; it knows how to resolve a name within a time, poll(2) the rest.
class Line {
public:
    Line(const Server& server, const Deadline& deadline, Guard& guard)
        : name_(fmt::format("whois://{}:{}", server.host, server.port)),
          deadline_(deadline),
          guard_(guard),
          curl_(make_curl(deadline, guard)) {
        const std::string url = fmt::format("http://{}:{}/", server.host, server.port);
        curl_easy_setopt(curl_.get(), CURLOPT_URL, url.c_str());
        curl_easy_setopt(curl_.get(), CURLOPT_CONNECT_ONLY, 1L);
        require(curl_easy_perform(curl_.get()));
    }

    void send(std::string_view octets) {
        while (!octets.empty()) {
            std::size_t sent = 0;
            const CURLcode code = curl_easy_send(curl_.get(), octets.data(), octets.size(), &sent);
            if (code == CURLE_AGAIN) {
                wait_for(POLLOUT);
                continue;
            }
            require(code);
            octets.remove_prefix(sent);
        }
    }

    std::string receive() {
        std::string answer;
        std::array<char, 16 * 1024> buffer{};
        for (;;) {
            std::size_t got = 0;
            const CURLcode code = curl_easy_recv(curl_.get(), buffer.data(), buffer.size(), &got);
            if (code == CURLE_AGAIN) {
                wait_for(POLLIN);
                continue;
            }
            require(code);
            if (got == 0) return answer;
            answer.append(buffer.data(), got);
            if (answer.size() > most_octets)
                throw Failure(
                    ExitStatus::data_error,
                    fmt::format("{}: the answer is longer than {} octets", name_, most_octets));
        }
    }

private:
    void require(CURLcode code) const {
        if (code != CURLE_OK) throw_curl_failure(name_, code, guard_);
    }

    void wait_for(short event) const {
        curl_socket_t socket = CURL_SOCKET_BAD;
        curl_easy_getinfo(curl_.get(), CURLINFO_ACTIVESOCKET, &socket);
        const auto left = static_cast<int>(std::min(deadline_.left(), 60'000L));
        pollfd wait{socket, event, 0};
        if (left == 0 || (poll(&wait, 1, left) <= 0 && errno != EINTR))
            throw_curl_failure(name_, CURLE_OPERATION_TIMEDOUT, guard_);
    }

    std::string name_;
    const Deadline& deadline_;
    Guard& guard_;
    Curl curl_;
};

}  // namespace

std::string whois_server(const Address& address) {
    const auto entry = iana_entry(address);
    return entry && entry->registry ? std::string(whois_host(*entry->registry))
                                    : std::string(iana_whois_host);
}

std::string ask_whois(const Server& server, const Address& address, const Deadline& deadline,
                      Guard& guard) {
    Line line(server, deadline, guard);
    line.send(question_for(server.host, address));
    return line.receive();
}

}  // namespace ndr
