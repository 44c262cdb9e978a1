#include <fmt/core.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "command.hpp"
#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/log.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/key_file.hpp"
#include "ndr_triage/mail/address.hpp"
#include "ndr_triage/view/listing.hpp"

namespace ndr {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> rule_files(const std::string& directory) {
    std::vector<std::string> files;
    std::error_code error;
    if (directory.empty() || !fs::exists(directory, error)) return files;
    for (fs::directory_iterator entry(directory, error); !error && entry != fs::end(entry);
         entry.increment(error)) {
        if (entry->path().extension() == ".rules") files.push_back(entry->path().string());
    }
    if (error) throw_io_error("read", directory, error.value());
    std::sort(files.begin(), files.end());
    return files;
}

// ndr-triage-fetch is installed beside ndr-triage.
std::string helper_beside_us() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return (program.parent_path() / "ndr-triage-fetch").string();
}

// Nobody but root, or for a site of one's own whoever calls, may write there. In a directory with
// the sticky bit nobody replaces what is another's.
void require_own(const std::string& path) {
    struct stat state {};
    if (stat(path.c_str(), &state) != 0) return;
    const bool may_be_callers = !path.starts_with("/etc/");
    const bool is_ours = state.st_uid == 0 || (may_be_callers && state.st_uid == getuid());
    const bool is_shared = (state.st_mode & (S_IWGRP | S_IWOTH)) != 0 &&
                           !(S_ISDIR(state.st_mode) && (state.st_mode & S_ISVTX) != 0);
    if (is_ours && !is_shared) return;
    throw ConfigError(fmt::format(
        "{}: others may write it, and nothing is carried out by what others may write: chown root, "
        "chmod go-w",
        path));
}

// Mail of ours that came back in would go on for ever.
void require_outside(const Configuration& configuration, const char* key,
                     const std::string& value) {
    const auto& own = configuration.addresses;
    if (std::find(own.begin(), own.end(), comparable_address(value)) != own.end())
        throw ConfigError(
            fmt::format("{}: {}: replies arrive there: name an address that people read",
                        configuration.file, key));
}

// What the policy must know besides what stands in the file.
void complete(Configuration& configuration) {
    require_outside(configuration, "answers", configuration.answers);
    require_outside(configuration, "notify", configuration.notify);
    Policy& policy = configuration.policy;
    SurroundingsSources sources = configuration.surroundings;
    if (const auto relay = Address::parse(configuration.desk.relay.host))
        sources.mail_hosts.push_back(*relay);
    policy.surroundings = surroundings_of_host(sources);
    policy.asks_mail_hosts = !configuration.mail_hosts.controls.empty();
    for (const auto& address : configuration.addresses) {
        policy.own_addresses.insert(address);
        policy.own_domains.insert(std::string(domain_of(address)));
    }
}

}  // namespace

Instant Context::now() const {
    return globals_.now ? *globals_.now : system_now();
}

const Configuration& Context::configuration() {
    if (!configuration_) {
        Configuration configuration = load_configuration(globals_.config);
        complete(configuration);
        use(std::move(configuration));
    }
    return *configuration_;
}

Configuration Context::configuration_as_written() const {
    return load_configuration(globals_.config);
}

void Context::use_default_configuration() {
    if (!configuration_) use(default_configuration());
}

void Context::use(Configuration configuration) {
    if (!globals_.ledger.empty()) configuration.ledger = fs::absolute(globals_.ledger).string();
    if (configuration.hold.empty())
        configuration.hold = directory_of(configuration.ledger) + "/hold";
    configuration.back_ends.command.record = directory_of(configuration.ledger) + "/commands";
    if (configuration.keys.empty())
        configuration.keys = directory_of(configuration.ledger) + "/keys";
    if (configuration.reports.empty())
        configuration.reports = directory_of(configuration.ledger) + "/reports";
    if (configuration.lookup.cache.empty())
        configuration.lookup.cache = directory_of(configuration.ledger) + "/cache";
    if (configuration.lookup.program.empty()) configuration.lookup.program = helper_beside_us();
    configuration.mail_hosts.program = configuration.lookup.program;
    configuration_ = std::move(configuration);
}

std::optional<Network> Context::look_up(const Address& address) {
    const LookupSettings& settings = configuration().lookup;
    if (!settings.is_on) return std::nullopt;
    auto looked = ndr::look_up(settings, address, now());
    if (!looked.network) log::warn("{}: {}", address.text(), printable(looked.fault));
    return std::move(looked.network);
}

House Context::house() {
    const Configuration& known = configuration();
    become_ledger_owner();
    return {known.policy, load_keyring(known.keys), known.keys, known.own_mta, known.token_age};
}

RuleSet Context::rules() {
    RuleSet rules = RuleSet::standard();
    for (const auto& file : rule_files(configuration().rules_dir))
        rules.add(read_file(file), file, true);
    return rules;
}

RegistryDesks Context::desks() {
    RegistryDesks desks = RegistryDesks::standard();
    const std::string& file = configuration().registries;
    if (!file.empty()) desks.add(read_file(file), file);
    return desks;
}

void Context::become_ledger_owner() {
    const std::string& path = configuration().ledger;
    struct stat owner {};
    if (geteuid() != 0) return;
    if (stat(path.c_str(), &owner) != 0 && stat(directory_of(path).c_str(), &owner) != 0) return;
    privileges_.put_down(owner.st_uid, owner.st_gid, path);
}

void Context::become_caller() {
    privileges_.take_up();
}

void Context::require_own_files() {
    const Configuration& known = configuration();
    std::vector<std::string> paths{known.file, known.surroundings.allow_list, known.rules_dir,
                                   known.back_ends.crowdsec.config};
    for (auto& file : rule_files(known.rules_dir))
        paths.push_back(std::move(file));
    for (const auto& path : paths) {
        if (path.empty()) continue;
        require_own(path);
        require_own(directory_of(path));
    }
}

Ledger Context::ledger(Ledger::Access access) {
    const std::string& path = configuration().ledger;
    become_ledger_owner();
    if (access == Ledger::Access::write) make_directories(directory_of(path));
    return {path, access};
}

void Context::print(const Listing& listing, std::string_view if_empty) const {
    if (wants_json()) {
        ndr::print(listing.json_lines());
    } else if (listing.rows.empty()) {
        ndr::print(fmt::format("{}\n", if_empty));
    } else {
        ndr::print(listing.table(terminal_width()));
    }
}

void print(std::string_view text) {
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (written && std::fflush(stdout) == 0) return;
    if (errno != EPIPE) throw_io_error("write", "standard output", errno);
}

void outlive_reader() {
    signal(SIGPIPE, SIG_IGN);
}

bool is_terminal(int fd) {
    return isatty(fd) == 1;
}

std::size_t terminal_width() {
    winsize size{};
    if (!is_terminal(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

}  // namespace ndr
