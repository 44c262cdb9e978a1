#include "ndr_triage/base/login.hpp"

#include <pwd.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <limits>

#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// nullopt for one that is not set: of a daemon, or without the kernel's audit.
std::optional<uid_t> login_uid() {
    const auto text = read_file_if_there("/proc/self/loginuid");
    const auto number = text ? parse_number(trimmed(*text)) : std::nullopt;
    if (!number || *number >= std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
    return static_cast<uid_t>(*number);
}

}  // namespace

std::string login_name() {
    const auto login = login_uid();
    if (const passwd* user = login ? getpwuid(*login) : nullptr) return user->pw_name;
    const char* sudo = std::getenv("SUDO_USER");
    if (const passwd* user = sudo != nullptr ? getpwnam(sudo) : nullptr) return user->pw_name;
    if (const passwd* user = getpwuid(getuid())) return user->pw_name;
    return "uid " + std::to_string(getuid());
}

}  // namespace ndr
