// restrict-families FAMILIES COMMAND...: what systemd.exec(5) calls RestrictAddressFamilies=, for a
// command that a test runs as a unit would.
#include <seccomp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

namespace {

struct Family {
    const char* name;
    int number;
};
constexpr std::array<Family, 5> families{{{"AF_UNIX", AF_UNIX},
                                          {"AF_INET", AF_INET},
                                          {"AF_INET6", AF_INET6},
                                          {"AF_NETLINK", AF_NETLINK},
                                          {"AF_PACKET", AF_PACKET}}};

bool restrict_to(const std::string& allowed) {
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool is_complete = filter != nullptr;
    for (const auto& family : families) {
        if ((" " + allowed + " ").find(" " + std::string(family.name) + " ") != std::string::npos)
            continue;
        is_complete =
            is_complete &&
            seccomp_rule_add(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1,
                             SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(family.number))) == 0;
    }
    return is_complete && seccomp_load(filter) == 0;
}

}  // namespace

int main(int count, char** words) {
    if (count < 3 || !restrict_to(words[1])) return 126;
    execvp(words[2], words + 2);
    return 127;
}
