#include "ndr_triage/view/progress.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstdio>

namespace ndr {

std::string progress_text(std::uint64_t done, std::uint64_t all, std::size_t count,
                          const std::string& what) {
    constexpr std::size_t width = 30;
    const double part =
        all == 0 ? 0 : std::min(1.0, static_cast<double>(done) / static_cast<double>(all));
    const auto full = static_cast<std::size_t>(part * width);
    std::string bar(full, '=');
    if (full < width) bar += '>';
    bar.resize(width, ' ');
    return fmt::format("[{}] {:3}%  {} {}", bar, static_cast<int>(part * 100), count, what);
}

void ProgressBar::update(std::uint64_t done, std::uint64_t all, std::size_t count) {
    const auto now = std::chrono::steady_clock::now();
    if (!is_shown_ || now < next_) return;
    next_ = now + std::chrono::milliseconds(100);
    std::fputs(("\r" + progress_text(done, all, count, what_)).c_str(), stderr);
    std::fflush(stderr);
    is_drawn_ = true;
}

void ProgressBar::clear() {
    if (!is_drawn_) return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    is_drawn_ = false;
}

}  // namespace ndr
