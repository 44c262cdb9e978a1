// ndr-triage-fetch -- asks a registry about one address, or whether anybody takes mail for a
// domain. It has no ledger and no key and cannot get at them, and is the only program of ours that
// talks to servers we know nothing of.
#include <fmt/core.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "bootstrap.hpp"
#include "confinement.hpp"
#include "http.hpp"
#include "mail_host.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/network/registry.hpp"
#include "whois.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_referrals = 2;
constexpr const char* help =
    "usage: ndr-triage-fetch [OPTION]... rdap ADDRESS\n"
    "       ndr-triage-fetch [OPTION]... whois ADDRESS\n"
    "       ndr-triage-fetch --control HOST... [--limit SECONDS] mail-host DOMAIN\n\n"
    "Asks a registry who has an IP address, and prints the answer with its source and time;\n"
    "or asks from here whether anybody takes mail for a domain, and prints what was found.\n"
    "ndr-triage runs it; it has neither ledger nor key.\n\n"
    "  --cache DIR         keep answers for a day, and ask a server ten times a minute at most\n"
    "  --bootstrap WHERE   file or URL (RFC 9224) that names the RDAP servers; IANA's by default\n"
    "  --server HOST       whois server, HOST:PORT for another port than 43\n"
    "  --control HOST      a host that answers if we are online, HOST:PORT for another port than "
    "25;\n"
    "                      again for more: one that answers is enough\n"
    "  --limit SECONDS     time for everything, 1 to 60 (10)\n"
    "  --help              show this\n"
    "  --version           show the version\n\n"
    "It ends with 0, 64 (the command line is wrong), 65 (the answer is none), 66 (the registry "
    "has\n"
    "no such network) or 75 (not now: no answer, or the server was asked too often).\n";

struct Request {
    std::string protocol;
    std::string subject;  // an address, or a domain
    std::string cache;
    std::string bootstrap = iana_bootstrap;
    std::string server;
    std::vector<std::string> controls;
    std::string limit = "10";
    bool wants_help = false;
    bool wants_version = false;
};

std::string* option_of(Request& request, const std::string& word) {
    if (word == "--cache") return &request.cache;
    if (word == "--bootstrap") return &request.bootstrap;
    if (word == "--server") return &request.server;
    if (word == "--limit") return &request.limit;
    if (word == "--control") return &request.controls.emplace_back();
    return nullptr;
}

Request request_of(const std::vector<std::string>& words) {
    Request request;
    std::vector<std::string> operands;
    for (auto word = words.begin(); word != words.end(); ++word) {
        if (std::string* value = option_of(request, *word)) {
            if (++word == words.end()) throw UsageError(*std::prev(word) + ": what?");
            *value = *word;
        } else if (*word == "--help") {
            request.wants_help = true;
        } else if (*word == "--version") {
            request.wants_version = true;
        } else if (word->starts_with('-')) {
            throw UsageError(fmt::format("{}: no such option", printable(*word)));
        } else {
            operands.push_back(*word);
        }
    }
    if (request.wants_help || request.wants_version) return request;
    static constexpr std::array protocols{"rdap", "whois", "mail-host"};
    if (operands.size() != 2 ||
        std::find(protocols.begin(), protocols.end(), operands[0]) == protocols.end())
        throw UsageError(
            "write 'rdap ADDRESS', 'whois ADDRESS' or 'mail-host DOMAIN'; --help tells more");
    request.protocol = operands[0];
    request.subject = operands[1];
    return request;
}

Address address_of(const Request& request) {
    const auto address = Address::parse(request.subject);
    if (!address) throw UsageError(fmt::format("{}: no IP address", printable(request.subject)));
    const auto entry = iana_entry(*address);
    const bool is_told = !request.server.empty() || request.bootstrap != iana_bootstrap;
    if (entry && !entry->registry && !is_told)
        throw Failure(ExitStatus::no_input,
                      fmt::format("{}: no registry has it: {}", address->text(), entry->name));
    return *address;
}

std::chrono::seconds limit_of(const Request& request) {
    const auto limit = parse_number(request.limit);
    if (!limit || *limit < 1 || *limit > 60)
        throw UsageError(fmt::format("--limit {}: write 1 to 60", printable(request.limit)));
    return std::chrono::seconds(*limit);
}

// "rdap.example.net:8080" of a URL.
std::string host_in(const std::string& url) {
    const auto start = url.find("://") + 3;
    return url.substr(start, url.find('/', start) - start);
}

// What became of an RDAP question, or why there is nothing. A server that is overworked is left
// alone for as long as it says, at least a minute, at most an hour.
void require_answer(const HttpAnswer& answer, const std::string& host, const Store& store,
                    Instant now) {
    const std::string what = fmt::format("{}: status {}", printable(answer.url), answer.status);
    if (answer.status == 429 || answer.status >= 500) {
        const auto wait = std::clamp(answer.retry_after, Seconds(60), Seconds(3600));
        store.hold_off(host, now + wait);
        throw Failure(ExitStatus::temp_fail,
                      fmt::format("{}: ask again in {} s", what, wait.count()));
    }
    if (answer.status == 404)
        throw Failure(ExitStatus::no_input, what + ": the registry has no such network");
    if (answer.status != 200) throw Failure(ExitStatus::data_error, what);
    if (trimmed(answer.octets).starts_with('<'))
        throw Failure(ExitStatus::data_error, what + ": HTML instead of RDAP");
}

std::vector<Fetched> fetch_rdap(const Address& address, const Request& request, const Store& store,
                                const Deadline& deadline) {
    Guard guard;
    const std::string base = rdap_base(address, request.bootstrap, store, deadline, guard);
    const Instant now = system_now();
    const std::string host = host_in(base);
    store.take_turn(host, now);
    const HttpAnswer answer =
        http_get(base + "ip/" + address.text(), "application/rdap+json, application/json;q=0.5",
                 deadline, guard);
    require_answer(answer, host, store, now);
    return {{answer.url, now, answer.octets}};
}

// The first answer must be there; a server that it refers to may fail.
std::vector<Fetched> fetch_whois(const Address& address, const Request& request, const Store& store,
                                 const Deadline& deadline) {
    Guard guard;
    std::vector<Fetched> answers;
    std::string name = request.server.empty() ? whois_server(address) : request.server;
    while (!name.empty() && answers.size() <= most_referrals) {
        const auto server = server_of(name, 43);
        if (!server)
            throw UsageError(fmt::format("--server {}: write HOST or HOST:PORT", printable(name)));
        const std::string source = "whois://" + name;
        const bool was_asked = std::any_of(answers.begin(), answers.end(),
                                           [&](const Fetched& a) { return a.source == source; });
        if (was_asked) break;
        try {
            const Instant now = system_now();
            store.take_turn(name, now);
            answers.push_back({source, now, ask_whois(*server, address, deadline, guard)});
        } catch (const Failure& failure) {
            if (answers.empty()) throw;
            fmt::print(stderr, "ndr-triage-fetch: not followed: {}\n", failure.what());
            break;
        }
        name = referral_in(answers.back().octets);
    }
    return answers;
}

std::vector<Server> controls_of(const Request& request) {
    std::vector<Server> controls;
    for (const auto& word : request.controls) {
        const auto server = server_of(word, 25);
        if (!server)
            throw UsageError(fmt::format("--control {}: write HOST or HOST:PORT", printable(word)));
        controls.push_back(*server);
    }
    if (controls.empty())
        throw UsageError("mail-host: name a --control HOST, or our own fault looks like theirs");
    return controls;
}

ExitStatus give(const std::string& text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    return written && std::fflush(stdout) == 0 ? ExitStatus::ok : ExitStatus::io_error;
}

ExitStatus fetch(const Request& request) {
    const Deadline deadline(limit_of(request));
    if (request.protocol == "mail-host") {
        confine({}, "");
        return give(text(ask_mail_host(controls_of(request), request.subject, deadline)));
    }
    const Address address = address_of(request);
    const Store store(request.cache);
    confine({request.bootstrap}, request.cache);
    std::string question = request.protocol + "-" + address.text();
    if (request.protocol == "whois" && !request.server.empty()) question += "-" + request.server;
    auto answers = store.fresh(question, system_now());
    if (!answers) {
        answers = request.protocol == "rdap" ? fetch_rdap(address, request, store, deadline)
                                             : fetch_whois(address, request, store, deadline);
        store.keep(question, *answers);
    }
    return give(fetched_text(*answers));
}

// Whoever starts us may be allowed to change firewalls; the world must not get that from us.
void give_up_privileges() {
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none{};
    if (syscall(SYS_capset, &header, none.data()) != 0)
        throw Failure(ExitStatus::os_error, "capabilities cannot be given up");
}

ExitStatus run(const std::vector<std::string>& words) {
    try {
        signal(SIGPIPE, SIG_IGN);
        give_up_privileges();
        const Request request = request_of(words);
        if (!request.wants_help && !request.wants_version) return fetch(request);
        std::fputs(request.wants_help ? help : "ndr-triage-fetch " NDR_VERSION "\n", stdout);
        return ExitStatus::ok;
    } catch (const Failure& failure) {
        fmt::print(stderr, "ndr-triage-fetch: {}\n", failure.what());
        return failure.status();
    } catch (const std::exception& error) {
        fmt::print(stderr, "ndr-triage-fetch: software fault: {}\n", error.what());
        return ExitStatus::software;
    }
}

}  // namespace

}  // namespace ndr

int main(int argc, char** argv) {
    return static_cast<int>(ndr::run({argv + (argc > 0 ? 1 : 0), argv + argc}));
}
