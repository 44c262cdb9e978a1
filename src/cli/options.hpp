// cli/options.hpp -- the command line of one command, by Boost.Program_options behind one wall.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ndr {

struct OptionSpec {
    std::string name;      // "dry-run"; "subject,s" may also be written -s
    std::string argument;  // "FILE"; "" for a flag; "ADDRESS..." may be given several times
    std::string help;

    bool is_repeatable() const { return argument.ends_with("..."); }
};

// What stood on the command line.
class Options {
public:
    // Takes all of `words`; every word that is no option is an operand. Throws UsageError naming
    // the word.
    static Options parse(const std::vector<OptionSpec>& specs,
                         const std::vector<std::string>& words);
    // The same up to the first operand (the command); the rest comes back.
    static Options parse_leading(const std::vector<OptionSpec>& specs,
                                 std::vector<std::string>& words);

    bool has(std::string_view name) const { return values_.count(std::string(name)) > 0; }
    // The first of its values.
    std::optional<std::string> value(std::string_view name) const;
    std::vector<std::string> all(std::string_view name) const;
    const std::vector<std::string>& operands() const { return operands_; }

private:
    std::multimap<std::string, std::string> values_;
    std::vector<std::string> operands_;
};

// "  --ledger FILE   help" lines.
std::string help_of(const std::vector<OptionSpec>& specs);

}  // namespace ndr
