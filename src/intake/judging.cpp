#include "ndr_triage/intake/judging.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <deque>

#include "nursery.hpp"

namespace ndr {

namespace {

// Messages read ahead of the slowest one: enough to keep the children busy, few enough to stay
// small.
constexpr std::size_t most_waiting = 64;
constexpr std::uint64_t most_octets_waiting = 64 * 1024 * 1024;

std::size_t cores() {
    return static_cast<std::size_t>(std::clamp(sysconf(_SC_NPROCESSORS_ONLN), 1L, 64L));
}

struct Pending {
    Examined examined;
    bool is_done = false;
};

}  // namespace

JudgePool::JudgePool(const RuleSet& rules) : nursery_(std::make_unique<Nursery>(rules)) {}
JudgePool::~JudgePool() = default;

// The work of one run: messages in order, each with a child or waiting for its turn to be taken.
class JudgePool::Run {
public:
    Run(Nursery& nursery, MessageSource& source, const std::function<void(Examined&)>& take)
        : nursery_(nursery), source_(source), take_(take) {}

    void go() {
        for (;;) {
            while (may_read_on())
                read_next();
            while (!row_.empty() && row_.front()->is_done)
                take_front();
            if (row_.empty() && is_at_end_) return;
            if (!may_read_on()) wait();
        }
    }

private:
    struct Worker {
        ParsingChild child;
        Pending* work = nullptr;
    };

    bool may_read_on() const {
        if (is_at_end_ || row_.size() >= most_waiting || octets_ >= most_octets_waiting)
            return false;
        return workers_.size() < cores() ||
               std::any_of(workers_.begin(), workers_.end(),
                           [](const Worker& worker) { return worker.work == nullptr; });
    }

    void read_next() {
        auto item = source_.next();
        if (!item) {
            is_at_end_ = true;
            return;
        }
        row_.push_back(std::make_unique<Pending>());
        Pending& pending = *row_.back();
        pending.examined.item = std::move(*item);
        octets_ += pending.examined.item.message.octets.size();
        if (!pending.examined.is_message()) {
            pending.is_done = true;
            return;
        }
        Worker& worker = idle_worker();
        worker.work = &pending;
        worker.child.send(pending.examined.item.message.octets);
    }

    Worker& idle_worker() {
        const auto idle = std::find_if(workers_.begin(), workers_.end(),
                                       [](const Worker& worker) { return worker.work == nullptr; });
        if (idle == workers_.end()) {
            workers_.push_back({nursery_.child(), nullptr});
            return workers_.back();
        }
        if (!idle->child.is_usable()) idle->child = nursery_.child();
        return *idle;
    }

    void take_front() {
        const std::unique_ptr<Pending> front = std::move(row_.front());
        row_.pop_front();
        octets_ -= front->examined.item.message.octets.size();
        take_(front->examined);
    }

    // Until at least one child has answered or run out of time.
    void wait() {
        std::vector<pollfd> sockets;
        auto earliest = ParsingChild::Clock::time_point::max();
        for (const auto& worker : workers_) {
            if (worker.work == nullptr) continue;
            sockets.push_back({worker.child.socket(), POLLIN, 0});
            earliest = std::min(earliest, worker.child.deadline());
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            earliest - ParsingChild::Clock::now());
        poll(sockets.data(), sockets.size(), static_cast<int>(std::max<long>(left.count(), 0)));
        for (auto& worker : workers_) {
            if (worker.work == nullptr || !has_answered(worker)) continue;
            worker.work->examined.examination = worker.child.receive();
            worker.work->is_done = true;
            worker.work = nullptr;
        }
    }

    static bool has_answered(const Worker& worker) {
        pollfd socket{worker.child.socket(), POLLIN, 0};
        return poll(&socket, 1, 0) > 0 || ParsingChild::Clock::now() >= worker.child.deadline();
    }

    Nursery& nursery_;
    MessageSource& source_;
    const std::function<void(Examined&)>& take_;
    std::deque<std::unique_ptr<Pending>> row_;
    std::deque<Worker> workers_;
    std::uint64_t octets_ = 0;
    bool is_at_end_ = false;
};

void JudgePool::judge_all(MessageSource& source, const std::function<void(Examined&)>& take) {
    Run(*nursery_, source, take).go();
}

}  // namespace ndr
