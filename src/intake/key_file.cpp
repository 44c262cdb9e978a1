#include "ndr_triage/intake/key_file.hpp"

#include <fmt/core.h>
#include <sys/stat.h>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/file_lock.hpp"
#include "ndr_triage/base/files.hpp"

namespace ndr {

Keyring load_keyring(const std::string& path) {
    const auto octets = read_file_if_there(path);
    if (!octets) return {};
    struct stat state {};
    if (stat(path.c_str(), &state) == 0 && (state.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        throw ConfigError(fmt::format(
            "{}: others may read the keys (mode {:04o}): chmod 600 it, and 'keys new' if they did",
            path, state.st_mode & 07777U));
    return Keyring::parse(*octets, path);
}

void update_keyring(const std::string& path, const std::function<void(Keyring&)>& change) {
    make_directories(directory_of(path));
    const FileLock lock(path + ".lock");
    Keyring keyring = load_keyring(path);
    change(keyring);
    write_file_durably(path, keyring.text());
}

const Key& signing_key(Keyring& keyring, const std::string& path, Instant now) {
    if (keyring.signing() == nullptr) {
        update_keyring(path, [&](Keyring& stored) {
            if (stored.signing() == nullptr) stored.add_new(now);
            keyring = stored;
        });
    }
    return *keyring.signing();
}

}  // namespace ndr
