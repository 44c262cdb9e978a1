#include "confinement.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/files.hpp"

namespace ndr {

namespace {

using Access = __u64;

constexpr Access all_of_first = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
constexpr int abi_with_truncate = 3;
constexpr Access truncating = 1ULL << 14;  // LANDLOCK_ACCESS_FS_TRUNCATE of later headers
constexpr Access on_files =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | truncating;
constexpr Access reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr Access writing = reading | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                           LANDLOCK_ACCESS_FS_REMOVE_FILE | truncating;

// What libcurl, OpenSSL, c-ares and the C library read; of /etc no more, for others keep secrets
// there. Links are followed, as that of resolv.conf into /run.
constexpr const char* needed[] = {"/usr",
                                  "/lib",
                                  "/lib64",
                                  "/etc/ca-certificates",
                                  "/etc/gai.conf",
                                  "/etc/host.conf",
                                  "/etc/hostname",
                                  "/etc/hosts",
                                  "/etc/ld.so.cache",
                                  "/etc/localtime",
                                  "/etc/nsswitch.conf",
                                  "/etc/protocols",
                                  "/etc/resolv.conf",
                                  "/etc/services",
                                  "/etc/ssl",
                                  "/dev/urandom",
                                  "/proc/self"};

class Ruleset {
public:
    explicit Ruleset(Access handled) : handled_(handled) {
        const landlock_ruleset_attr attributes{handled};
        fd_ = Descriptor(static_cast<int>(
            syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0)));
        require(static_cast<bool>(fd_));
    }

    // What is not there needs no rule.
    void allow(const std::string& path, Access access) const {
        const Descriptor place(open(path.c_str(), O_PATH | O_CLOEXEC));
        struct stat status {};
        if (!place || fstat(place.get(), &status) != 0) return;
        if (!S_ISDIR(status.st_mode)) access &= on_files;
        const landlock_path_beneath_attr rule{access & handled_, place.get()};
        require(syscall(SYS_landlock_add_rule, fd_.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0) ==
                0);
    }

    void enforce() const { require(syscall(SYS_landlock_restrict_self, fd_.get(), 0) == 0); }

private:
    static void require(bool is_so) {
        if (!is_so) throw Failure(ExitStatus::os_error, "Landlock does not confine this process");
    }

    Access handled_;
    Descriptor fd_;
};

}  // namespace

void confine(const std::vector<std::string>& files, const std::string& directory) {
    const auto abi =
        syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1) return;
    const Ruleset ruleset(abi < abi_with_truncate ? all_of_first : all_of_first | truncating);
    for (const char* path : needed)
        ruleset.allow(path, reading);
    for (const auto& file : files)
        ruleset.allow(file, reading);
    if (!directory.empty()) ruleset.allow(directory, writing);
    ruleset.enforce();
}

}  // namespace ndr
