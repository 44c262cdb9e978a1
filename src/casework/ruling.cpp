#include "ndr_triage/casework/ruling.hpp"

#include <fmt/core.h>

#include "ndr_triage/base/named.hpp"

namespace ndr {

namespace {

using Verb = Ruling::Verb;

constexpr std::array verbs = std::to_array<Named<Verb>>({
    {Verb::approve, "approve"},
    {Verb::approve_around, "approve-around"},
    {Verb::dismiss, "dismiss"},
    {Verb::sent, "sent"},
    {Verb::satisfied, "satisfied"},
    {Verb::contact, "contact"},
    {Verb::no_satisfaction, "no-satisfaction"},
});

std::string_view past_of(Verb verb) {
    switch (verb) {
        case Verb::approve:
            return "approved";
        case Verb::approve_around:
            return "approved, around what must stay open,";
        case Verb::dismiss:
            return "dismissed";
        case Verb::sent:
            return "sent";
        case Verb::satisfied:
            return "called, with satisfaction,";
        case Verb::contact:
            return "called, and given another contact,";
        case Verb::no_satisfaction:
            break;
    }
    return "called, without satisfaction,";
}

}  // namespace

std::string_view text(Verb verb) {
    return name_in(verbs, verb);
}

std::optional<Verb> verb_of(std::string_view text) {
    return value_in(verbs, text);
}

std::string description_of(const Ruling& ruling) {
    std::string text = fmt::format("{} by {} on {}", past_of(ruling.verb), ruling.by,
                                   iso_text(ruling.at).substr(0, 10));
    if (!ruling.detail.empty()) text += ", " + ruling.detail;
    if (!ruling.why.empty()) text += ": " + ruling.why;
    return text;
}

}  // namespace ndr
