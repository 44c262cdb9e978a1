#include "program.hpp"

#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace ndr::support {

namespace {

constexpr uid_t nobody = 65534;
constexpr std::chrono::seconds patience{60};

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

void close_fd(int& fd) {
    if (fd >= 0) close(fd);
    fd = -1;
}

struct Pipe {
    int read = -1;
    int write = -1;
    Pipe() {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) fail("pipe2");
        read = ends[0];
        write = ends[1];
    }
};

std::vector<std::string> environment_of(const Program& program) {
    std::map<std::string, std::string> all{
        {"PATH", "/usr/bin:/bin"}, {"TZ", "UTC"}, {"LC_ALL", "C.UTF-8"}};
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "G_SLICE", "G_DEBUG",
                             "ASAN_SYMBOLIZER_PATH"}) {
        if (const char* value = std::getenv(name); value != nullptr) all[name] = value;
    }
    for (const auto& [name, value] : program.environment)
        all[name] = value;
    std::vector<std::string> words;
    for (const auto& [name, value] : all)
        words.push_back(name + "=" + value);
    return words;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> result;
    for (auto& word : words)
        result.push_back(word.data());
    result.push_back(nullptr);
    return result;
}

// What happens between fork and exec; only what signal-safety(7) allows.
void become(const Program& program, int in, int out, int err) {
    signal(SIGPIPE, SIG_DFL);
    for (const auto& [resource, most] : program.limits) {
        const rlimit limit{most, most};
        if (setrlimit(static_cast<__rlimit_resource>(resource), &limit) != 0) _exit(126);
    }
    if (program.is_unprivileged && geteuid() == 0 &&
        (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0))
        _exit(126);
    if (!program.directory.empty() && chdir(program.directory.c_str()) != 0) _exit(126);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(err, STDERR_FILENO) < 0)
        _exit(126);
    for (const int fd : program.closed)
        close(fd);
}

}  // namespace

std::ostream& operator<<(std::ostream& stream, const Ran& ran) {
    return stream << "status " << ran.status << ", signal " << ran.signal << ", after "
                  << ran.took.count() << " ms\nstandard output:\n"
                  << ran.out << "\nstandard error:\n"
                  << ran.err;
}

Running::Running(const Program& program) {
    signal(SIGPIPE, SIG_IGN);
    Pipe in;
    Pipe out;
    Pipe err;
    start(program, in.read, program.out >= 0 ? program.out : out.write,
          program.err >= 0 ? program.err : err.write);
    in_ = in.write;
    out_ = out.read;
    err_ = err.read;
    close_fd(in.read);
    close_fd(out.write);
    close_fd(err.write);
    for (const int fd : {in_, out_, err_})
        fcntl(fd, F_SETFL, O_NONBLOCK);
    ran_.took_all_input = true;
}

// The file is opened before the user changes: he need not be able to reach the build directory.
void Running::start(const Program& program, int in, int out, int err) {
    std::vector<std::string> words = program.words;
    words.insert(words.begin(), NDR_PROGRAM);
    std::vector<std::string> variables = environment_of(program);
    const auto argv = pointers(words);
    const auto envp = pointers(variables);
    int file = open(NDR_PROGRAM, O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(NDR_PROGRAM);
    pid_ = fork();
    if (pid_ < 0) fail("fork");
    if (pid_ == 0) {
        become(program, in, out, err);
        fexecve(file, argv.data(), envp.data());
        _exit(127);
    }
    close_fd(file);
}

Running::~Running() {
    if (pid_ >= 0) {
        kill(pid_, SIGKILL);
        reap();
    }
    close_fd(in_);
    close_fd(out_);
    close_fd(err_);
}

void Running::read(int& fd, std::string& octets) {
    std::array<char, 64 * 1024> buffer{};
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got > 0) octets.append(buffer.data(), static_cast<std::size_t>(got));
    if (got == 0) close_fd(fd);
}

// Waits until one of the pipes can move, and moves it.
void Running::turn(std::string_view& octets) {
    std::array<pollfd, 3> fds{
        {{octets.empty() ? -1 : in_, POLLOUT, 0}, {out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    const auto left = patience - (std::chrono::steady_clock::now() - began_);
    if (left.count() <= 0) kill(pid_, SIGKILL);
    const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(left).count();
    if (poll(fds.data(), fds.size(), wait > 0 ? static_cast<int>(wait) : 1000) < 0) return;
    if (fds[0].revents != 0) {
        const ssize_t written = ::write(in_, octets.data(), octets.size());
        if (written >= 0) {
            octets.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EPIPE) {
            ran_.took_all_input = false;
            octets = {};
        }
    }
    if (fds[1].revents != 0) read(out_, ran_.out);
    if (fds[2].revents != 0) read(err_, ran_.err);
}

void Running::feed(std::string_view octets) {
    while (!octets.empty())
        turn(octets);
}

void Running::reap() {
    int status = 0;
    rusage usage{};
    while (wait4(pid_, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    ran_.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    ran_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    ran_.most_memory = usage.ru_maxrss;
}

void Running::end_input() {
    close_fd(in_);
}

Ran Running::finish() {
    end_input();
    std::string_view nothing;
    while (out_ >= 0 || err_ >= 0)
        turn(nothing);
    reap();
    ran_.took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - began_);
    return ran_;
}

Ran run(const Program& program) {
    Running running(program);
    running.feed(program.input);
    return running.finish();
}

bool comes_true(const std::function<bool()>& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        // What is looked at are files and processes of others, which wake nobody.
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

std::vector<pid_t> children_of(pid_t parent) {
    std::vector<pid_t> children;
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        const std::string name = entry.path().filename().string();
        if (name.find_first_not_of("0123456789") != std::string::npos) continue;
        std::ifstream file(entry.path() / "stat");
        std::string line;
        if (!std::getline(file, line)) continue;
        // "PID (NAME) STATE PPID ...", and the name may hold anything (proc(5)).
        const auto end = line.rfind(')');
        if (end == std::string::npos) continue;
        const char state = line.at(end + 2);
        const auto of = std::stoi(line.substr(end + 4));
        if (of == parent && state != 'Z') children.push_back(std::stoi(name));
    }
    return children;
}

void give_to_program(const std::string& path) {
    if (geteuid() == 0 && lchown(path.c_str(), nobody, nobody) != 0) fail("lchown");
}

}  // namespace ndr::support
