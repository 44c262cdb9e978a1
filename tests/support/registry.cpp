#include "registry.hpp"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "site.hpp"

namespace ndr::support {

namespace fs = std::filesystem;

Registry::Registry() {
    fs::permissions(directory_.path(),
                    fs::perms::owner_all | fs::perms::others_exec | fs::perms::others_read);
    const std::string log = directory_.write("log", "");
    int in[2];
    int out[2];
    if (pipe(in) != 0 || pipe(out) != 0) throw std::runtime_error("pipe");
    process_ = fork();
    if (process_ < 0) throw std::runtime_error("fork");
    if (process_ == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        for (const int fd : {in[0], in[1], out[0], out[1]})
            close(fd);
        execlp("python3", "python3", NDR_REGISTRY_SERVER, log.c_str(), nullptr);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    input_ = in[1];
    FILE* ready = fdopen(out[0], "r");
    const int read = std::fscanf(ready, "%d %d %d", &rdap_, &whois_, &referred_);
    std::fclose(ready);
    if (read != 3) throw std::runtime_error("registry.py did not start; is python3 there?");
}

Registry::~Registry() {
    close(input_);
    waitpid(process_, nullptr, 0);
}

std::string Registry::bootstrap(const std::string& behaviour) {
    return directory_.write(behaviour + ".json",
                            R"({"version": "1.0", "services": [[["0.0.0.0/0"], ["http://)" +
                                rdap() + "/" + behaviour + R"(/"]]]})");
}

std::vector<std::string> Registry::questions() const {
    return lines_of(octets_of(directory_.at("log")));
}

std::string fetch_program() {
    return NDR_FETCH_PROGRAM;
}

}  // namespace ndr::support
