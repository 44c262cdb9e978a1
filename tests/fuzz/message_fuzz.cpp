// The way of a message through the parsing child: octets, message, judgement, JSON and back.
#include <cstdint>
#include <cstdlib>

#include "ndr_triage/triage/judgement.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ndr::RuleSet rules = [] {
        ndr::set_up_mail(true);
        return ndr::RuleSet::standard();
    }();
    const std::string_view octets{reinterpret_cast<const char*>(data), size};
    const auto judgement = ndr::judge(rules, ndr::parse_message(octets));
    const auto json = ndr::to_json(judgement);
    const auto read = ndr::judgement_of_json(json);
    // What the child sends must arrive as it was, unless it is too large for the pipe.
    constexpr std::size_t surely_taken = 4'000'000;
    if (read ? ndr::to_json(*read) != json : json.size() < surely_taken) std::abort();
    return 0;
}
