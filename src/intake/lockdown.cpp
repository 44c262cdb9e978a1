#include "lockdown.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/intake/parsing_child.hpp"

namespace ndr {

namespace {

void require(bool holds) {
    if (!holds) _exit(static_cast<int>(ExitStatus::os_error));
}

// A caller's limit that is lower already stays: Dovecot gives its services 256 MiB.
void limit(int resource, rlim_t most) {
    const auto which = static_cast<__rlimit_resource>(resource);
    rlimit value{};
    require(getrlimit(which, &value) == 0);
    value.rlim_max = std::min(value.rlim_max, most);
    value.rlim_cur = std::min(value.rlim_cur, most);
    require(setrlimit(which, &value) == 0);
}

void close_all_but(int kept) {
#ifdef NDR_SANITIZE
    constexpr unsigned first = STDERR_FILENO + 1;  // a report must be seen
#else
    constexpr unsigned first = 0;
#endif
    const auto fd = static_cast<unsigned>(kept);
    if (fd > first) close_range(first, fd - 1, 0);
    close_range(fd + 1, ~0U, 0);
}

// The parent's way back to root.
void drop_other_users() {
    std::array<uid_t, 3> users{};
    std::array<gid_t, 3> groups{};
    require(getresuid(&users[0], &users[1], &users[2]) == 0 &&
            getresgid(&groups[0], &groups[1], &groups[2]) == 0);
    if (users[0] == users[1] && users[1] == users[2] && groups[0] == groups[1] &&
        groups[1] == groups[2])
        return;
    require(setresgid(groups[1], groups[1], groups[1]) == 0 &&
            setresuid(users[1], users[1], users[1]) == 0);
}

// That which a unit has for firewalls, say. A caller may forbid capset(2) where there are none.
void drop_capabilities() {
    using Sets = std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3>;
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    Sets sets{};
    require(syscall(SYS_capget, &header, sets.data()) == 0);
    const bool has_any = std::any_of(sets.begin(), sets.end(), [](const auto& part) {
        return (part.permitted | part.inheritable) != 0;
    });
    sets = {};
    require(!has_any || syscall(SYS_capset, &header, sets.data()) == 0);
}

#ifndef NDR_SANITIZE

constexpr rlim_t most_memory = 1024UL * 1024 * 1024;

// glibc and GLib ask for files now and then (time zones, locales): they hear "no".
constexpr std::array refused_calls{SCMP_SYS(open),   SCMP_SYS(openat), SCMP_SYS(stat),
                                   SCMP_SYS(lstat),  SCMP_SYS(access), SCMP_SYS(newfstatat),
                                   SCMP_SYS(fcntl),  SCMP_SYS(statx),  SCMP_SYS(readlink),
                                   SCMP_SYS(getcwd), SCMP_SYS(ioctl),  SCMP_SYS(lseek)};

constexpr std::array allowed_calls{
    SCMP_SYS(read),      SCMP_SYS(write),       SCMP_SYS(recvfrom),       SCMP_SYS(sendto),
    SCMP_SYS(close),     SCMP_SYS(brk),         SCMP_SYS(munmap),         SCMP_SYS(mremap),
    SCMP_SYS(madvise),   SCMP_SYS(futex),       SCMP_SYS(clock_gettime),  SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom), SCMP_SYS(sched_yield), SCMP_SYS(rt_sigreturn),   SCMP_SYS(fstat),
    SCMP_SYS(exit),      SCMP_SYS(exit_group),  SCMP_SYS(restart_syscall)};

void filter_system_calls() {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (filter == nullptr) return;
    bool complete = true;
    for (const int call : allowed_calls)
        complete = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) == 0 && complete;
    for (const int call : refused_calls)
        complete = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EACCES), call, 0) == 0 && complete;
    // Memory, but none that may be executed: PROT_EXEC is 4.
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        complete = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 1,
                                    SCMP_A2(SCMP_CMP_MASKED_EQ, 4, 0)) == 0 &&
                   complete;
    const int loaded = complete ? seccomp_load(filter) : 0;
    seccomp_release(filter);
    require(complete && (loaded == 0 || loaded == -EINVAL || loaded == -ENOSYS));
}

#endif

}  // namespace

void lock_down(int kept) {
    close_all_but(kept);
    drop_other_users();
    drop_capabilities();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    limit(RLIMIT_CORE, 0);
    require(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    require(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
#ifndef NDR_SANITIZE  // its shadow memory needs terabytes of address space, its checks need pipes
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 0);
    limit(RLIMIT_AS, most_memory);
    filter_system_calls();
#endif
}

bool has_seccomp() {
#ifdef NDR_SANITIZE
    return false;
#else
    return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0;
#endif
}

}  // namespace ndr
