// What finding one of a million networks costs, and importing statistics of 300,000 lines. Prints
// its figures; fails where a lookup within a transaction takes more than 10 microseconds.
//
//   networks-bench [DIRECTORY]      the ledger stands there while it runs; /tmp by default
#include <fmt/core.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>

#include "ndr_triage/intake/networks.hpp"
#include "ndr_triage/ledger/networks.hpp"

namespace {

using namespace ndr;
using Clock = std::chrono::steady_clock;

constexpr int all_networks = 1'000'000;
constexpr int all_lookups = 20'000;
constexpr int all_lines = 300'000;
constexpr double most_microseconds = 10;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

long resident_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

Address address_of(std::uint32_t number) {
    Address::Octets octets{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    for (std::size_t i = 0; i < 4; ++i)
        octets.at(12 + i) = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    return Address(octets);
}

// Prefixes of /12 to /32 all over the space, most of them within others.
void fill(Ledger& ledger, std::mt19937& random) {
    const auto begin = Clock::now();
    for (int i = 0; i < all_networks;) {
        ledger.write([&] {
            for (int k = 0; k < 10'000; ++k, ++i) {
                Network network;
                const int length = 96 + 12 + static_cast<int>(random() % 21);
                network.range = AddressRange::of(
                    Prefix(address_of(static_cast<std::uint32_t>(random())), length));
                network.authority = Authority::delegated;
                network.source = "bench";
                put_network(ledger, network);
            }
        });
    }
    fmt::print("store: {} networks in {:.1f} s\n", all_networks, seconds_since(begin));
}

template <typename Find>
double measure(Ledger& ledger, std::mt19937& random, const char* what, const Find& find) {
    std::vector<double> times;
    std::size_t found = 0;
    ledger.read([&] {
        for (int i = 0; i < all_lookups; ++i) {
            const Address address = address_of(static_cast<std::uint32_t>(random()));
            const auto begin = Clock::now();
            found += find(address) ? 1U : 0U;
            times.push_back(seconds_since(begin) * 1e6);
        }
    });
    std::sort(times.begin(), times.end());
    const double median = times[times.size() / 2];
    fmt::print("{}: median {:.1f}, p99 {:.1f}, most {:.1f} microseconds; {} of {} found\n", what,
               median, times[times.size() * 99 / 100], times.back(), found, times.size());
    return median;
}

void import_statistics(Ledger& ledger, const std::string& path) {
    {
        std::ofstream file(path);
        file << "2|apnic|20261119|300000|19830613|20261119|+1000\n";
        for (int i = 0; i < all_lines; ++i)
            file << fmt::format(
                "apnic|AU|ipv4|{}|{}|20110412|allocated|A{}\n",
                address_of(0x0B000000U + static_cast<std::uint32_t>(i) * 4096U).text(),
                i % 3 == 0 ? 768 : 1024, i);
    }
    const long before = resident_kib();
    const auto begin = Clock::now();
    const auto learnt = learn_delegated(
        ledger, Policy::standard(), path, [](auto, auto) {}, system_now());
    fmt::print("import: {} lines, {} networks in {:.1f} s, {} KiB more memory\n", all_lines,
               learnt.networks, seconds_since(begin), resident_kib() - before);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string directory =
        std::string(argc > 1 ? argv[1] : "/tmp") + "/ndr-bench." + std::to_string(getpid());
    std::filesystem::create_directory(directory);
    double slowest = 0;
    {
        std::mt19937 random(7);
        Ledger empty(directory + "/empty.sqlite3", Ledger::Access::write);
        import_statistics(empty, directory + "/delegated");
        Ledger ledger(directory + "/ledger.sqlite3", Ledger::Access::write);
        fill(ledger, random);
        slowest = measure(ledger, random, "network_holding",
                          [&](const Address& a) { return network_holding(ledger, a).has_value(); });
        slowest = std::max(slowest, measure(ledger, random, "find_network", [&](const Address& a) {
                               return find_network(ledger, a).has_value();
                           }));
    }
    std::filesystem::remove_all(directory);
    return slowest <= most_microseconds ? 0 : 1;
}
