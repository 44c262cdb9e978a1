// The only translation unit that sees spdlog: its headers cost seconds of compile time.
#include "ndr_triage/base/log.hpp"

#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/sinks/syslog_sink.h>
#include <spdlog/spdlog.h>

namespace ndr::log {

namespace {

spdlog::level::level_enum spdlog_level(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

spdlog::logger& logger() {
    static spdlog::logger instance = [] {
        spdlog::logger made("ndr-triage", std::make_shared<spdlog::sinks::stderr_sink_st>());
        made.set_pattern("ndr-triage: %v");
        return made;
    }();
    return instance;
}

}  // namespace

void set_up(bool to_syslog, Level least) {
    if (to_syslog) {
        logger().sinks() = {std::make_shared<spdlog::sinks::syslog_sink_st>("ndr-triage", LOG_PID,
                                                                            LOG_MAIL, false)};
    }
    logger().set_level(spdlog_level(least));
}

void write(Level level, const std::string& line) {
    logger().log(spdlog_level(level), spdlog::string_view_t(line));
    logger().flush();
}

}  // namespace ndr::log
