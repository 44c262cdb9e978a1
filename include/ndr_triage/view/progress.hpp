// view/progress.hpp -- how far a long run has come, on a terminal's standard error; elsewhere
// silent.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace ndr {

class ProgressBar {
public:
    // `what` is counted.
    explicit ProgressBar(bool is_shown, std::string what = "messages")
        : is_shown_(is_shown), what_(std::move(what)) {}
    ~ProgressBar() { clear(); }
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    // Draws at most ten times a second.
    void update(std::uint64_t done, std::uint64_t all, std::size_t count);
    // Before anything else is written to the terminal.
    void clear();

private:
    bool is_shown_;
    std::string what_;
    bool is_drawn_ = false;
    std::chrono::steady_clock::time_point next_{};
};

// "[=====>    ]  52%  1234 messages"
std::string progress_text(std::uint64_t done, std::uint64_t all, std::size_t count,
                          const std::string& what = "messages");

}  // namespace ndr
