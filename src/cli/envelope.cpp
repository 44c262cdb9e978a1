#include "envelope.hpp"

#include <cstdlib>
#include <initializer_list>

namespace ndr {

namespace {

// The option, else the first of these variables that is set.
std::string told(const Options& options, std::string_view option,
                 std::initializer_list<const char*> variables) {
    if (const auto value = options.value(option)) return *value;
    for (const char* name : variables) {
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
    }
    return {};
}

}  // namespace

std::vector<OptionSpec> envelope_options() {
    return {{"recipient", "ADDRESS", "envelope recipient, else from RECIPIENT and the like"},
            {"sender", "ADDRESS", "envelope sender, else from SENDER"},
            {"client", "IP", "the host that handed it to our MTA; empty for none"}};
}

Envelope envelope_of(const Options& options) {
    return {told(options, "recipient", {"RECIPIENT", "ORIGINAL_RECIPIENT", "ORIG_RECIPIENT"}),
            told(options, "sender", {"SENDER"}), options.value("client")};
}

}  // namespace ndr
