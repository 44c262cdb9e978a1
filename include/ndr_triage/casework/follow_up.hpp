// casework/follow_up.hpp -- something to do because of an outcome, and how far it has come.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/casework/trust.hpp"
#include "ndr_triage/network/network.hpp"
#include "ndr_triage/triage/outcome.hpp"

namespace ndr {

// The whole network, for a term.
struct Block {
    AddressRange range;
    Seconds term{};
    bool around = false;  // but for what must stay open, as it is when the block is applied
    bool operator==(const Block&) const = default;
};
// Inaccurate contact data, told to the registry.
struct RegistryReport {
    std::optional<Rir> registry;
    std::string about;  // a contact's address; the network's range where it publishes no contact
    bool operator==(const RegistryReport&) const = default;
};
// RFC 2142: to postmaster@ the contact's domain.
struct PostmasterNotice {
    std::string domain;
    bool operator==(const PostmasterNotice&) const = default;
};
// For a person to make.
struct Call {
    std::string telephone;
    bool operator==(const Call&) const = default;
};
// The end of a running block before its term.
struct Lift {
    AddressRange range;
    bool operator==(const Lift&) const = default;
};
using Deed = std::variant<Block, RegistryReport, PostmasterNotice, Call, Lift>;

enum class FollowUpKind { block, report, notice, call, lift };

// Proposed ones are only shown, held ones wait for a person, due ones are carried out.
enum class FollowUpState {
    proposed,
    held,
    due,
    refused,    // not allowed, whoever approves it: a block that would hurt its owner
    dismissed,  // a person does not want it
    sending,    // a letter on its way: whether it left, nobody knows before it is done
};

struct FollowUp {
    Deed deed;
    FollowUpState state = FollowUpState::proposed;
    Instant due_at{};    // not before; for a reply from outside the end of `settle`
    std::string reason;  // one line: which outcome of which contact, and why this state
    std::optional<Outcome> outcome{};  // because of which; nullopt: of no failure
    Trust trust = Trust::unknown;      // in the replies that say so, the least of them
    std::string approved_by{};         // login name; "" nobody had to

    bool operator==(const FollowUp&) const = default;
};

FollowUpKind kind_of(const Deed& deed);
// What it is aimed at, unique with complaint and kind: a range, a contact, a domain, a network.
std::string target_of(const Deed& deed);
// "block 198.51.100.0/24 for 30d", for people.
std::string description_of(const Deed& deed);

std::string_view text(FollowUpKind kind);
std::string_view text(FollowUpState state);
std::optional<FollowUpKind> follow_up_kind_of(std::string_view text);
std::optional<FollowUpState> follow_up_state_of(std::string_view text);

}  // namespace ndr
