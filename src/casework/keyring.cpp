#include "ndr_triage/casework/keyring.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <functional>

#include "ndr_triage/base/base32.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/secret.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::size_t secret_octets = 32;
constexpr std::string_view signs = "signs";
constexpr std::string_view verifies = "verifies";

std::vector<std::string_view> words_of(std::string_view line) {
    auto words = split(line, ' ');
    std::erase_if(words, [](std::string_view word) { return word.empty(); });
    return words;
}

Key key_of(std::string_view line, const std::function<ConfigError(const std::string&)>& fault) {
    const auto words = words_of(line);
    if (words.size() != 4)
        throw fault("a key is 'ID SECRET TIME signs' or 'ID SECRET TIME verifies'");
    const auto secret = octets_of_hexadecimal(words[1]);
    const auto created_at = parse_instant(words[2]);
    if (words[0].size() != key_id_letters || !is_base32(words[0]))
        throw fault(
            fmt::format("'{}' is no key id: four letters of a-z and 2-7", printable(words[0])));
    if (!secret || secret->size() != secret_octets)
        throw fault("the secret is not 64 hexadecimal digits");
    if (!created_at) throw fault(fmt::format("'{}' is no time", printable(words[2])));
    if (words[3] != signs && words[3] != verifies)
        throw fault(fmt::format("'{}' is neither 'signs' nor 'verifies'", printable(words[3])));
    return {ascii_lower(words[0]), *secret, *created_at, words[3] == signs};
}

}  // namespace

std::string text(const Key& key) {
    return fmt::format("{} {} {} {}", key.id, hexadecimal(key.secret), iso_text(key.created_at),
                       key.signs ? signs : verifies);
}

Keyring Keyring::parse(std::string_view octets, const std::string& name) {
    Keyring keyring;
    for (const auto& line : table_lines(octets)) {
        const auto fault = [&](const std::string& what) {
            return ConfigError(fmt::format("{}:{}: {}", name, line.number, what));
        };
        Key key = key_of(line.text, fault);
        const std::string id = key.id;
        if (!keyring.add(std::move(key))) throw fault("a second key '" + id + "'");
    }
    return keyring;
}

const Key* Keyring::find(std::string_view id) const {
    const auto found =
        std::find_if(keys_.begin(), keys_.end(), [&](const Key& key) { return key.id == id; });
    return found == keys_.end() ? nullptr : &*found;
}

const Key* Keyring::signing() const {
    const auto found =
        std::find_if(keys_.rbegin(), keys_.rend(), [](const Key& key) { return key.signs; });
    return found == keys_.rend() ? nullptr : &*found;
}

std::optional<Instant> Keyring::superseded_at(const Key& key) const {
    const auto self = std::find_if(keys_.begin(), keys_.end(),
                                   [&](const Key& other) { return other.id == key.id; });
    if (!key.signs || self == keys_.end()) return std::nullopt;
    const auto later =
        std::find_if(std::next(self), keys_.end(), [](const Key& other) { return other.signs; });
    return later == keys_.end() ? std::nullopt : std::optional(later->created_at);
}

bool Keyring::add(Key key) {
    if (find(key.id) != nullptr) return false;
    keys_.push_back(std::move(key));
    return true;
}

const Key& Keyring::add_new(Instant now) {
    std::string id;
    do {
        id = base32(random_octets(key_id_letters)).substr(0, key_id_letters);
    } while (!add({id, random_octets(secret_octets), now, true}));
    return keys_.back();
}

std::string Keyring::text() const {
    std::string octets;
    for (const auto& key : keys_)
        octets += ndr::text(key) + "\n";
    return octets;
}

}  // namespace ndr
