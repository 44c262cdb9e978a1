// support/program.hpp -- runs the real program: words and octets in, octets and a status out. No
// shell stands between.
//
// A program that does not end within a minute is killed, and its Ran tells of the signal.
#pragma once

#include <sys/resource.h>
#include <sys/types.h>

#include <chrono>
#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ndr::support {

// How a program ended, and what it said.
struct Ran {
    int status = -1;  // exit status, -1 if a signal ended it
    int signal = 0;   // that ended it
    std::string out;
    std::string err;
    std::chrono::milliseconds took{};
    long most_memory = 0;         // KiB resident, the largest of it and of children it waited for
    bool took_all_input = false;  // nobody met a broken pipe
};
// For the messages of failed assertions.
std::ostream& operator<<(std::ostream& stream, const Ran& ran);

struct Program {
    std::vector<std::string> words;  // after the program's name
    std::string input;
    std::map<std::string, std::string> environment;  // nothing else, but the sanitizers' options
    std::string directory;                           // to start in
    bool is_unprivileged = true;  // tests that run as root start it as the user nobody
    std::vector<std::pair<int, rlim_t>> limits;  // RLIMIT_..., soft and hard
    int out = -1;  // a descriptor of the caller's instead of a pipe that is read
    int err = -1;
    std::vector<int> closed;  // standard streams that it does not get
};

// A program that was started and is fed by hand.
class Running {
public:
    explicit Running(const Program& program);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    pid_t pid() const { return pid_; }
    // Until all octets are in the pipe, or nobody reads it any more.
    void feed(std::string_view octets);
    void end_input();
    // Ends its standard input, and waits for it.
    Ran finish();

private:
    void start(const Program& program, int in, int out, int err);
    void turn(std::string_view& octets);
    void read(int& fd, std::string& octets);
    void reap();

    pid_t pid_ = -1;
    int in_ = -1;
    int out_ = -1;
    int err_ = -1;
    Ran ran_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
};

Ran run(const Program& program);

// Polls until it is true; false after half a minute.
bool comes_true(const std::function<bool()>& condition);

// The processes that `parent` started and that still run.
std::vector<pid_t> children_of(pid_t parent);

// Whom the program runs as: the files of a test must be his.
void give_to_program(const std::string& path);

// True under the address sanitizer, which needs terabytes of address space and more time.
constexpr bool is_sanitized() {
#ifdef NDR_SANITIZE
    return true;
#else
    return false;
#endif
}

}  // namespace ndr::support
