// triage/pattern.hpp -- a phrase as a table of rules writes it: "mailbox {is|was} {full|over
// quota}" stands for every way to take one of each brace. An alternative may be empty; braces do
// not nest.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ndr {

// Points into the text it was parsed from.
class Pattern {
public:
    // nullopt: a brace without its partner, or one within another.
    static std::optional<Pattern> parse(std::string_view text);

    std::size_t phrases() const { return phrases_; }  // how many; not exact beyond a million
    std::size_t octets() const;                       // of all of them together
    void append_phrase(std::size_t number, std::string& text) const;

private:
    using Choice = std::vector<std::string_view>;
    std::vector<Choice> choices_;  // one after the other; plain text is a choice of one
    std::size_t phrases_ = 1;
};

}  // namespace ndr
