// intake/key_file.hpp -- the file that holds the keys of our tokens.
//
// It is a secret: who reads it can forge every token. Throws IoError naming the file.
#pragma once

#include <functional>
#include <string>

#include "ndr_triage/casework/keyring.hpp"

namespace ndr {

// An empty keyring if there is no file. Throws ConfigError for a file that others may read or
// write, and for one that holds anything but keys.
Keyring load_keyring(const std::string& path);

// Lets `change` change the keys that the file holds now, and writes them, durable and with mode
// 0600 when it returns. Nobody else changes the file meanwhile.
void update_keyring(const std::string& path, const std::function<void(Keyring&)>& change);

// The key that signs; made and saved if there is none yet.
const Key& signing_key(Keyring& keyring, const std::string& path, Instant now);

}  // namespace ndr
