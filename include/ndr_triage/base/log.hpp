// base/log.hpp -- one line to standard error or to syslog, led by "ndr-triage: ".
//
// The prefix matters: an MTA reads a leading "5.1.1" of our output as our verdict on the delivery
// (Postfix pipe(8), DIAGNOSTICS). Text that came from a message passes `printable` first.
#pragma once

#include <fmt/core.h>

#include <string>

namespace ndr::log {

enum class Level { debug, info, warning, error };

// Where lines go, and which: syslog's facility is LOG_MAIL. Without a call: standard error, info.
void set_up(bool to_syslog, Level least);

void write(Level level, const std::string& line);

template <typename... Args>
void debug(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::debug, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void info(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::info, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void warn(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::warning, fmt::format(format, std::forward<Args>(args)...));
}
template <typename... Args>
void error(fmt::format_string<Args...> format, Args&&... args) {
    write(Level::error, fmt::format(format, std::forward<Args>(args)...));
}

}  // namespace ndr::log
