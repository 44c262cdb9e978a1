#include "tool.hpp"

#include <fmt/format.h>

#include "ndr_triage/action/block/back_end.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::chrono::seconds time_limit{60};
constexpr std::size_t most_output = 64 * 1024 * 1024;  // a listing has some 150 octets a prefix

}  // namespace

Finished run_tool(const std::string& back_end, const std::vector<std::string>& arguments,
                  std::string_view input) {
    try {
        auto finished = run_program(arguments, input, time_limit, most_output);
        if (finished.was_late)
            throw BackEndError(back_end, fmt::format("{} did not end within {}", arguments.front(),
                                                     span_text(time_limit)));
        if (finished.was_cut) throw BackEndError(back_end, arguments.front() + " says too much");
        return finished;
    } catch (const IoError& error) {
        throw BackEndError(back_end, fmt::format("{}; is it installed?", error.what()));
    }
}

std::string complaint_of(const Finished& finished) {
    for (const auto line : split_lines(finished.errors)) {
        if (!trimmed(line).empty()) return printable(trimmed(line));
    }
    return finished.status < 0 ? "ended by a signal"
                               : fmt::format("exit status {}", finished.status);
}

std::string answer_of_tool(const std::string& back_end, const std::vector<std::string>& arguments,
                           std::string_view input) {
    auto finished = run_tool(back_end, arguments, input);
    if (finished.status != 0)
        throw BackEndError(back_end,
                           fmt::format("{}: {}", arguments.front(), complaint_of(finished)));
    return std::move(finished.output);
}

}  // namespace ndr
