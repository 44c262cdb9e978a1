#include "nursery.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "ndr_triage/base/failure.hpp"

namespace ndr {

namespace {

// Two descriptors cross a socket in one control message (unix(7), SCM_RIGHTS).
struct Crossing {
    std::array<int, 2> fds{-1, -1};
    char octet = 0;
    iovec content{&octet, 1};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(2 * sizeof(int))> control{};
    msghdr header{nullptr, 0, &content, 1, control.data(), control.size(), 0};
};

void send_child(int socket, const ParsingChild& child) {
    Crossing crossing;
    crossing.fds = {child.socket(), child.process()};
    cmsghdr* rights = CMSG_FIRSTHDR(&crossing.header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof crossing.fds);
    std::memcpy(CMSG_DATA(rights), crossing.fds.data(), sizeof crossing.fds);
    sendmsg(socket, &crossing.header, MSG_NOSIGNAL);
}

// One octet in is one child wanted. The children outlive the sending of their descriptors, so they
// are given up here, not ended; the kernel reaps them (SIGCHLD ignored).
[[noreturn]] void serve(const RuleSet& rules, int socket) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    char request = 0;
    while (recv(socket, &request, 1, 0) == 1) {
        try {
            ParsingChild child(rules);
            send_child(socket, child);
            child.give_up();
        } catch (const Failure&) {
            break;  // no more processes: the other side sees the end of the stream
        }
    }
    _exit(0);
}

}  // namespace

JudgePool::Nursery::Nursery(const RuleSet& rules) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        throw_io_error("make", "socket", errno);
    socket_ = Descriptor(ends[0]);
    const Descriptor theirs(ends[1]);
    const pid_t process = fork();
    if (process < 0) throw_io_error("start", "parsing child", errno);
    if (process == 0) {
        socket_.reset();
        serve(rules, theirs.get());
    }
}

ParsingChild JudgePool::Nursery::child() {
    const char request = 1;
    Crossing crossing;
    const bool asked = ::send(socket_.get(), &request, 1, MSG_NOSIGNAL) == 1;
    if (!asked || recvmsg(socket_.get(), &crossing.header, MSG_CMSG_CLOEXEC) != 1)
        throw IoError(ExitStatus::os_error, "parsing child: cannot start: no process to be had");
    const cmsghdr* rights = CMSG_FIRSTHDR(&crossing.header);
    if (rights == nullptr || rights->cmsg_len != CMSG_LEN(sizeof crossing.fds))
        throw IoError(ExitStatus::os_error, "parsing child: cannot start: no descriptors came");
    std::memcpy(crossing.fds.data(), CMSG_DATA(rights), sizeof crossing.fds);
    return {Descriptor(crossing.fds[0]), Descriptor(crossing.fds[1])};
}

}  // namespace ndr
