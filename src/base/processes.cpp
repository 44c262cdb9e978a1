#include "ndr_triage/base/processes.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" {  // glibc 2.36 declares these without C linkage
#include <sys/pidfd.h>
}

#include <algorithm>
#include <array>
#include <cerrno>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"

namespace ndr {

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* search_path =
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
constexpr const char* plain_locale = "LC_ALL=C.UTF-8";

struct Pipe {
    Descriptor read;
    Descriptor write;
};

Pipe make_pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw_io_error("make", "pipe", errno);
    Pipe made{Descriptor(ends[0]), Descriptor(ends[1])};
    fcntl(made.read.get(), F_SETFL, O_NONBLOCK);
    return made;
}

Descriptor file_of_memory(std::string_view octets) {
    Descriptor file(memfd_create("input", MFD_CLOEXEC));
    if (!file) throw_io_error("make", "file of memory", errno);
    write_all(file.get(), octets, "file of memory");
    lseek(file.get(), 0, SEEK_SET);
    return file;
}

// What the new process is to be, in posix_spawn(3)'s words.
class Plan {
public:
    Plan(int in, int out, int err) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, in, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, err, STDERR_FILENO);
        posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_init(&attributes_);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Plan() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    Plan(const Plan&) = delete;
    Plan& operator=(const Plan&) = delete;

    pid_t start(std::vector<std::string> arguments) const {
        std::vector<char*> words;
        words.reserve(arguments.size() + 1);
        for (auto& argument : arguments)
            words.push_back(argument.data());
        words.push_back(nullptr);
        std::string path = search_path;
        std::string locale = plain_locale;
        std::array<char*, 3> environment{path.data(), locale.data(), nullptr};
        pid_t process = -1;
        const std::string program = found(arguments.front());
        const int error = posix_spawn(&process, program.c_str(), &actions_, &attributes_,
                                      words.data(), environment.data());
        if (error != 0) throw_io_error("start", arguments.front(), error);
        return process;
    }

private:
    // posix_spawnp(3) would look through the PATH of our own environment.
    static std::string found(const std::string& name) {
        if (name.find('/') != std::string::npos) return name;
        std::string_view directories = std::string_view(search_path).substr(5);
        while (!directories.empty()) {
            const auto end = std::min(directories.find(':'), directories.size());
            std::string path = std::string(directories.substr(0, end)) + "/" + name;
            if (access(path.c_str(), X_OK) == 0) return path;
            directories.remove_prefix(std::min(end + 1, directories.size()));
        }
        return name;
    }

    posix_spawn_file_actions_t actions_{};
    posix_spawnattr_t attributes_{};
};

// Takes what is there to read. False at its end.
bool drain(int fd, std::string& octets, std::size_t most, bool& was_cut) {
    std::array<char, 64 * 1024> buffer{};
    for (;;) {
        const ssize_t got = read(fd, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno == EAGAIN;
        if (got == 0) return false;
        const auto size = static_cast<std::size_t>(got);
        const std::size_t kept = std::min(size, most - octets.size());
        octets.append(buffer.data(), kept);
        was_cut = was_cut || kept < size;
    }
}

// Milliseconds that are left, for poll(2).
int left_until(Clock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    return static_cast<int>(std::clamp<long>(left.count(), 0, 60'000));
}

// Reads until the program has ended, or the time is up.
void follow(Finished& finished, Pipe& out, Pipe& err, int process, Clock::time_point deadline,
            std::size_t most) {
    bool has_ended = false;
    while (!has_ended && !finished.was_late) {
        std::array<pollfd, 3> waits{
            {{out.read.get(), POLLIN, 0}, {err.read.get(), POLLIN, 0}, {process, POLLIN, 0}}};
        const int ready = poll(waits.data(), waits.size(), left_until(deadline));
        if (ready < 0 && errno != EINTR) throw_io_error("wait for", "a program", errno);
        finished.was_late = Clock::now() >= deadline;
        has_ended = ready > 0 && waits[2].revents != 0;
        if (out.read && !drain(out.read.get(), finished.output, most, finished.was_cut))
            out.read.reset();
        if (err.read && !drain(err.read.get(), finished.errors, most, finished.was_cut))
            err.read.reset();
    }
    finished.was_late = !has_ended;
}

// Ends what is left of the group, and takes the leader's status.
int reap(pid_t process) {
    kill(-process, SIGKILL);
    int status = 0;
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Finished run_program(const std::vector<std::string>& arguments, std::string_view input,
                     std::chrono::milliseconds limit, std::size_t most_output) {
    const Clock::time_point deadline = Clock::now() + limit;
    Pipe out = make_pipe();
    Pipe err = make_pipe();
    const Descriptor in = file_of_memory(input);
    const pid_t process = Plan(in.get(), out.write.get(), err.write.get()).start(arguments);
    out.write.reset();
    err.write.reset();
    const Descriptor handle(pidfd_open(process, 0));
    Finished finished;
    follow(finished, out, err, handle.get(), deadline, most_output);
    finished.status = reap(process);
    return finished;
}

}  // namespace ndr
