#include "ndr_triage/intake/networks.hpp"

#include <fmt/core.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "ndr_triage/intake/intake.hpp"
#include "ndr_triage/ledger/complaints.hpp"
#include "ndr_triage/ledger/networks.hpp"
#include "ndr_triage/network/delegated.hpp"

namespace ndr {

namespace {

constexpr std::size_t cases_at_once = 100;  // decided in one transaction
constexpr std::size_t complaints_at_once = 1'000;
constexpr std::size_t networks_at_once = 2'000;  // of a delegated file, stored in one

// Collects networks that changed; the complaints below them follow.
class Learning {
public:
    Learning(Ledger& ledger, const Policy& policy, Instant now)
        : ledger_(ledger), policy_(policy), now_(now) {}

    // Within Ledger::write, and so is `move`.
    void put(const Network& network) {
        const PutNetwork put = put_network(ledger_, network);
        if (!put.has_changed) return;
        ++learnt_.networks;
        changed_.push_back(put.id);
    }

    void move(const std::vector<std::int64_t>& complaints) {
        std::sort(changed_.begin(), changed_.end());
        for (const auto complaint : complaints) {
            const auto best = network_holding(ledger_, address_of_complaint(ledger_, complaint));
            if (!best) continue;
            const bool moves = *best != network_of_complaint(ledger_, complaint);
            if (!moves && !std::binary_search(changed_.begin(), changed_.end(), *best)) continue;
            move_complaint(ledger_, complaint, *best, now_);
            learnt_.moved += moves ? 1 : 0;
            cases_.push_back(complaint);
        }
    }

    Learnt decide() {
        std::sort(cases_.begin(), cases_.end());
        cases_.erase(std::unique(cases_.begin(), cases_.end()), cases_.end());
        for (std::size_t i = 0; i < cases_.size(); i += cases_at_once) {
            ledger_.write([&] {
                for (std::size_t k = i; k < std::min(i + cases_at_once, cases_.size()); ++k)
                    decide_case(ledger_, policy_, cases_[k], now_);
            });
        }
        learnt_.decided = cases_.size();
        return learnt_;
    }

private:
    Ledger& ledger_;
    const Policy& policy_;
    Instant now_;
    Learnt learnt_;
    std::vector<std::int64_t> changed_;
    std::vector<std::int64_t> cases_;
};

// Calls `take` with each line and its number.
template <typename Take>
void for_each_line(const std::string& path, const Take& take) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw_io_error("read", path, errno);
    std::string line;
    std::size_t number = 0;
    while (std::getline(file, line))
        take(line, ++number);
    if (file.bad()) throw_io_error("read", path, EIO);
}

std::uint64_t size_of(const std::string& path) {
    struct stat file {};
    if (stat(path.c_str(), &file) != 0) throw_io_error("read", path, errno);
    if (!S_ISREG(file.st_mode))
        throw Failure(ExitStatus::data_error,
                      fmt::format("{}: no regular file: statistics are read twice", path));
    return static_cast<std::uint64_t>(file.st_size);
}

// When the statistics were made. Throws where they are none.
Instant date_of(const std::string& path) {
    std::optional<Instant> dated;
    for_each_line(path, [&](const std::string& text, std::size_t number) {
        const DelegatedLine line = read_delegated(text);
        if (!line.fault.empty())
            throw Failure(ExitStatus::data_error, fmt::format("{}:{}: {}; delegated-extended "
                                                              "statistics are wanted",
                                                              path, number, line.fault));
        if (line.file_date) dated = line.file_date;
    });
    if (!dated)
        throw Failure(
            ExitStatus::data_error,
            fmt::format("{}: no version line; delegated-extended statistics are wanted", path));
    return *dated;
}

void move_all(Ledger& ledger, Learning& learning) {
    const Prefix everything(Address{}, 0);
    std::vector<std::int64_t> complaints;
    ledger.read([&] { complaints = complaints_about(ledger, AddressRange::of(everything)); });
    for (std::size_t i = 0; i < complaints.size(); i += complaints_at_once) {
        const auto begin = complaints.begin() + static_cast<std::ptrdiff_t>(i);
        const auto count = std::min(complaints_at_once, complaints.size() - i);
        const std::vector<std::int64_t> some(begin, begin + static_cast<std::ptrdiff_t>(count));
        ledger.write([&] { learning.move(some); });
    }
}

}  // namespace

Learnt learn_networks(Ledger& ledger, const Policy& policy, const std::vector<Network>& networks,
                      const std::optional<Address>& asked_for, Instant now) {
    Learning learning(ledger, policy, now);
    ledger.write([&] {
        for (const auto& network : networks) {
            if (asked_for) withdraw_smaller(ledger, *asked_for, network.range);
            learning.put(network);
        }
        for (const auto& network : networks)
            learning.move(complaints_about(ledger, network.range));
    });
    return learning.decide();
}

Learnt learn_delegated(Ledger& ledger, const Policy& policy, const std::string& path,
                       const Progress& progress, Instant now) {
    const std::uint64_t size = size_of(path);
    const Instant dated = date_of(path);
    Learning learning(ledger, policy, now);
    std::vector<Network> waiting;
    std::uint64_t done = 0;
    const auto store = [&] {
        ledger.write([&] {
            for (const auto& network : waiting)
                learning.put(network);
        });
        waiting.clear();
        progress(done, size);
    };
    for_each_line(path, [&](const std::string& text, std::size_t) {
        done += text.size() + 1;
        DelegatedLine line = read_delegated(text);
        if (!line.network) return;
        line.network->source = path;
        line.network->dated = dated;
        waiting.push_back(std::move(*line.network));
        if (waiting.size() == networks_at_once) store();
    });
    store();
    move_all(ledger, learning);
    return learning.decide();
}

}  // namespace ndr
