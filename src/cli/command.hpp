// cli/command.hpp -- what a command is, and what it is given.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "configuration.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/privileges.hpp"
#include "ndr_triage/casework/house.hpp"
#include "ndr_triage/casework/registry_desk.hpp"
#include "ndr_triage/ledger/ledger.hpp"
#include "ndr_triage/triage/rules.hpp"
#include "options.hpp"

namespace ndr {

struct Listing;

// What stood before the command's name.
struct Globals {
    std::string config;          // --config, "" if not given
    std::string ledger;          // --ledger
    std::optional<Instant> now;  // --now
};

// A command's view of the world: its options, and the configuration when it asks for it.
class Context {
public:
    Context(Globals globals, Options options)
        : globals_(std::move(globals)), options_(std::move(options)) {}

    const Options& options() const { return options_; }
    const std::vector<std::string>& operands() const { return options_.operands(); }
    bool wants_json() const { return options_.has("json"); }
    Instant now() const;

    // Read on first use. Throws ConfigError, IoError.
    const Configuration& configuration();
    // What stands in the file alone: neither this host's surroundings nor the allow list are read.
    Configuration configuration_as_written() const;
    // For going on where the file cannot be read: the defaults, and --ledger. If it was read, it
    // stays.
    void use_default_configuration();
    // The program's rules and the site's. Throws ConfigError naming file and line.
    RuleSet rules();
    // Where registries take reports: the program's records and the site's. Throws ConfigError,
    // IoError.
    RegistryDesks desks();
    // The policy and the keys, read as the ledger's owner. Throws ConfigError, IoError.
    House house();
    // What the registry says of the address' network; nullopt if nothing was learnt, with a line on
    // standard error that says why.
    std::optional<Network> look_up(const Address& address);
    // As root becomes whoever owns the ledger, or the directory where it will stand, so that no
    // file of root's appears there and no program that is started has root's rights. Otherwise
    // nothing.
    void become_ledger_owner();
    // Becomes root again where the program was started so, for what needs its privileges.
    void become_caller();
    // To be asked before anything is carried out, as the caller. Throws ConfigError if others may
    // write the configuration, the allow list, the rules, what cscli is given, or the directories
    // of these: for root, and below /etc, whoever is not root.
    void require_own_files();
    // Opens the ledger as its owner; its directory is made if it is missing.
    Ledger ledger(Ledger::Access access);

    // A listing as a table, or as JSON with --json; `if_empty` is said where there are no rows.
    void print(const Listing& listing, std::string_view if_empty) const;

private:
    void use(Configuration configuration);

    Globals globals_;
    Options options_;
    std::optional<Configuration> configuration_;
    Privileges privileges_;
};

struct Subcommand {
    std::string_view name;
    std::string_view operands;  // "PATH...", for the usage line
    std::string_view summary;   // one line
    std::vector<OptionSpec> options;
    std::size_t least_operands = 0;
    std::size_t most_operands = 0;
    ExitStatus (*run)(Context&) = nullptr;
};

inline constexpr std::size_t any_number = static_cast<std::size_t>(-1);

// Text to standard output; what cannot be written is an IoError, unless nobody reads any more.
void print(std::string_view text);
// From now on a reader that goes away (`| head`) does not end the work half way.
void outlive_reader();
bool is_terminal(int fd);
// Columns of the terminal on standard output; 0 if it is none.
std::size_t terminal_width();

Subcommand act_command();
Subcommand allow_command();
Subcommand approve_command();
Subcommand blocks_command();
Subcommand calls_command();
Subcommand classify_command();
Subcommand complain_command();
Subcommand config_command();
Subcommand contacts_command();
Subcommand deliver_command();
Subcommand dismiss_command();
Subcommand doctor_command();
Subcommand explain_command();
Subcommand filter_command();
Subcommand hold_command();
Subcommand keys_command();
Subcommand ledger_command();
Subcommand networks_command();
Subcommand purge_command();
Subcommand record_command();
Subcommand replay_command();
Subcommand replies_command();
Subcommand reports_command();
Subcommand review_command();
Subcommand rules_command();
Subcommand status_command();
Subcommand summary_command();
Subcommand verify_command();

}  // namespace ndr
