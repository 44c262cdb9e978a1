#include <fmt/core.h>
#include <unistd.h>

#include "command.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/intake/incoming.hpp"
#include "ndr_triage/intake/key_file.hpp"
#include "ndr_triage/view/key_list.hpp"

namespace ndr {

namespace {

const Key& key_of(const Keyring& keyring, const std::string& id, const std::string& path) {
    const Key* key = keyring.find(ascii_lower(id));
    if (key == nullptr)
        throw Failure(ExitStatus::no_input,
                      fmt::format("{}: no key '{}': 'keys' lists them", path, printable(id)));
    return *key;
}

void make_new(Context& context, const std::string& path) {
    std::string id;
    update_keyring(path, [&](Keyring& keyring) { id = keyring.add_new(context.now()).id; });
    print(fmt::format("{}: key {} signs from now on\n", path, id));
}

// Keys of other servers verify what they send here; they never sign.
void import(const std::string& path) {
    const RawMessage input = read_raw_message(STDIN_FILENO, {}, "standard input");
    const Keyring other = Keyring::parse(input.octets, "standard input");
    if (other.empty()) throw ConfigError("standard input: no key in it");
    update_keyring(path, [&](Keyring& keyring) {
        for (Key key : other.keys()) {
            key.signs = false;
            const std::string id = key.id;
            if (!keyring.add(std::move(key)))
                throw Failure(ExitStatus::data_error,
                              fmt::format("{}: there is a key '{}' already", path, id));
        }
    });
    for (const auto& key : other.keys())
        print(fmt::format("{}: key {} verifies\n", path, key.id));
}

ExitStatus keys(Context& context) {
    const House house = context.house();
    const std::string& path = house.key_file;
    const auto& words = context.operands();
    const std::string verb = words.empty() ? "list" : words.front();
    if (verb == "list" && words.size() <= 1) {
        context.print(listing_of_keys(house, context.now()),
                      "no key: 'complain' makes the first one");
    } else if (verb == "new" && words.size() == 1) {
        make_new(context, path);
    } else if (verb == "export" && words.size() == 2) {
        print(text(key_of(house.keyring, words[1], path)) + "\n");
    } else if (verb == "import" && words.size() == 1) {
        import(path);
    } else {
        throw UsageError(
            "keys: write 'keys [list]', 'keys new', 'keys export ID' or 'keys import'");
    }
    return ExitStatus::ok;
}

}  // namespace

Subcommand keys_command() {
    return {"keys",
            "[list | new | export ID | import]",
            "The keys that sign what is sent: list them, make a new one, carry one to another host",
            {{"json", "", "one object a line"}},
            0,
            2,
            keys};
}

}  // namespace ndr
