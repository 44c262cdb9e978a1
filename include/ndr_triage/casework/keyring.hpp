// casework/keyring.hpp -- the keys that sign and verify tokens, as a file holds them.
//
// A key a line, the oldest first: id, secret in hexadecimal, when it was made, what it is for.
//
//     k7qd 9f86...0a08 2026-11-23T10:00:00Z signs
//     m3xa 60ca...71b2 2026-09-01T08:00:00Z verifies
//
// The last key that signs is the one in use; those before it verify until the tokens they signed
// have run out. A key that only verifies belongs to another server that complains and sends its
// complaints here. Lines that begin with '#' are comments.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/base/clock.hpp"
#include "ndr_triage/casework/token.hpp"

namespace ndr {

struct Key {
    std::string id;      // 4 letters of base32
    std::string secret;  // 32 octets
    Instant created_at{};
    bool signs = true;
};

// As a line of the file, without its end. The secret stands in it.
std::string text(const Key& key);
class Keyring {
public:
    // Throws ConfigError naming `name` and the line.
    static Keyring parse(std::string_view octets, const std::string& name);

    const std::vector<Key>& keys() const { return keys_; }
    bool empty() const { return keys_.empty(); }
    const Key* find(std::string_view id) const;
    // The key that signs now; nullptr if there is none.
    const Key* signing() const;
    // When a later key took over from this one; nullopt for the one in use and for other servers'.
    std::optional<Instant> superseded_at(const Key& key) const;
    // False if there is a key of that id already.
    bool add(Key key);
    // A key with a secret from the kernel, which signs from now on. Throws IoError if it gives
    // none.
    const Key& add_new(Instant now);
    std::string text() const;

private:
    std::vector<Key> keys_;
};

}  // namespace ndr
