#include "options.hpp"

#include <algorithm>
#include <boost/program_options.hpp>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace po = boost::program_options;

namespace {

po::options_description description_of(const std::vector<OptionSpec>& specs) {
    po::options_description description;
    for (const auto& spec : specs) {
        if (spec.argument.empty()) {
            description.add_options()(spec.name.c_str(), spec.help.c_str());
        } else {
            description.add_options()(spec.name.c_str(),
                                      po::value<std::string>()->value_name(spec.argument),
                                      spec.help.c_str());
        }
    }
    return description;
}

// True if the word is an option that takes the next word as its value.
bool takes_next(const std::vector<OptionSpec>& specs, const std::string& word) {
    return std::any_of(specs.begin(), specs.end(), [&](const OptionSpec& spec) {
        return !spec.argument.empty() && word == "--" + spec.name;
    });
}

// "--sender=" as two words: the library allows an empty value in no other form.
std::vector<std::string> with_empty_values(const std::vector<OptionSpec>& specs,
                                           const std::vector<std::string>& words) {
    std::vector<std::string> result;
    for (auto word = words.begin(); word != words.end(); ++word) {
        if (*word == "--") {
            result.insert(result.end(), word, words.end());
            break;
        }
        const std::string name = word->ends_with('=') ? word->substr(0, word->size() - 1) : "";
        const bool is_empty_value = takes_next(specs, name);
        result.push_back(is_empty_value ? name : *word);
        if (is_empty_value) result.emplace_back();
    }
    return result;
}

bool is_repeatable(const std::vector<OptionSpec>& specs, const std::string& name) {
    return std::any_of(specs.begin(), specs.end(), [&](const OptionSpec& spec) {
        return spec.name == name && spec.is_repeatable();
    });
}

}  // namespace

Options Options::parse(const std::vector<OptionSpec>& specs,
                       const std::vector<std::string>& words) {
    auto description = description_of(specs);
    description.add_options()("operand", po::value<std::vector<std::string>>());
    po::positional_options_description positions;
    positions.add("operand", -1);
    using namespace po::command_line_style;
    Options options;
    try {
        const auto parsed =
            po::command_line_parser(with_empty_values(specs, words))
                .options(description)
                .positional(positions)
                .style(allow_long | long_allow_adjacent | long_allow_next | allow_short |
                       allow_dash_for_short | short_allow_next | short_allow_adjacent)
                .run();
        for (const auto& option : parsed.options) {
            if (option.string_key == "operand") {
                options.operands_.insert(options.operands_.end(), option.value.begin(),
                                         option.value.end());
            } else if (options.has(option.string_key) && !is_repeatable(specs, option.string_key)) {
                throw UsageError("--" + option.string_key + ": given twice");
            } else {
                options.values_.emplace(option.string_key,
                                        option.value.empty() ? "" : option.value.front());
            }
        }
    } catch (const po::error& error) {
        throw UsageError(printable(error.what()));
    }
    return options;
}

Options Options::parse_leading(const std::vector<OptionSpec>& specs,
                               std::vector<std::string>& words) {
    auto end = words.begin();
    while (end != words.end() && end->starts_with("--") && *end != "--") {
        const bool two = takes_next(specs, *end);
        ++end;
        if (two && end != words.end()) ++end;
    }
    Options options = parse(specs, {words.begin(), end});
    words.erase(words.begin(), end);
    return options;
}

std::optional<std::string> Options::value(std::string_view name) const {
    const auto found = values_.find(std::string(name));
    return found == values_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Options::all(std::string_view name) const {
    const auto [begin, end] = values_.equal_range(std::string(name));
    std::vector<std::string> found;
    for (auto value = begin; value != end; ++value)
        found.push_back(value->second);
    return found;
}

std::string help_of(const std::vector<OptionSpec>& specs) {
    std::string text;
    for (const auto& spec : specs) {
        const auto comma = spec.name.find(',');
        std::string head = "  --" + spec.name.substr(0, comma);
        if (comma != std::string::npos) head += ", -" + spec.name.substr(comma + 1);
        if (!spec.argument.empty()) head += " " + spec.argument;
        head.resize(std::max<std::size_t>(head.size() + 2, 24), ' ');
        text += head + spec.help + "\n";
    }
    return text;
}

}  // namespace ndr
