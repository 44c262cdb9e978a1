// cli/judging.hpp -- what the commands share that read messages from paths.
#pragma once

#include <functional>

#include "command.hpp"
#include "ndr_triage/intake/judging.hpp"

namespace ndr {

// Faults met on the way: each was printed as it came, the first decides the exit status.
class Faults {
public:
    // `before` is called before a fault is printed.
    explicit Faults(std::function<void()> before = [] {}) : before_(std::move(before)) {}

    void add(ExitStatus status, const std::string& text);
    ExitStatus status() const { return status_; }
    std::size_t count() const { return count_; }

private:
    std::function<void()> before_;
    ExitStatus status_ = ExitStatus::ok;
    std::size_t count_ = 0;
};

// Gives every message that is one to `take`, in order; what is none is a fault, and the work goes
// on. `progress` is called after each item.
void for_each_message(
    JudgePool& pool, MessageSource& source, Faults& faults,
    const std::function<void(Examined&)>& take, const std::function<void()>& progress = [] {});

// Exactly one message from one path, judged. Throws IoError if there is none.
Examined one_message(Context& context, const std::string& path);

}  // namespace ndr
