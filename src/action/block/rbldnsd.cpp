#include "ndr_triage/action/block/rbldnsd.hpp"

#include <fmt/format.h>

#include <array>
#include <set>

#include "exported_file.hpp"
#include "ndr_triage/action/block/disjoint.hpp"
#include "ndr_triage/base/text.hpp"
#include "tool.hpp"

namespace ndr {

namespace {

const std::string back_end = "rbldnsd";
const std::string mark = mark_of("#");

// A data set: a default answer, in which "$" would be the address, then a prefix a line.
std::string data_set(const RbldnsdSettings& settings, const std::vector<ActiveBlock>& parts) {
    std::string text =
        mark + fmt::format("$TTL {}\n:{}:{}\n", settings.ttl, settings.answer, settings.text);
    for (const auto& part : parts)
        text += fmt::format("# {}\n{}\n", note_of(part), part.prefix.text());
    return text;
}

struct Parts {
    std::vector<ActiveBlock> ipv4;
    std::vector<ActiveBlock> ipv6;
};

Parts parts_of(const std::vector<ActiveBlock>& blocks, Instant now) {
    Parts result;
    for (auto& part : disjoint(blocks, now))
        (part.prefix.is_ipv4() ? result.ipv4 : result.ipv6).push_back(part);
    return result;
}

// The address from behind, its octets in decimal or its half octets in hexadecimal (RFC 5782
// sections 2.1 and 2.4).
std::string question(const Address& address, const std::string& zone) {
    const auto& octets = address.octets();
    std::string name;
    for (std::size_t i = octets.size(); i-- > (address.is_ipv4() ? 12U : 0U);) {
        if (address.is_ipv4())
            name += fmt::format("{}.", octets[i]);
        else
            name += fmt::format("{:x}.{:x}.", octets[i] & 15, octets[i] >> 4);
    }
    return name + zone + ".";
}

std::vector<std::string> answer_faults(const RbldnsdSettings& settings,
                                       const std::vector<ActiveBlock>& parts) {
    std::string questions;
    for (const auto& part : parts) {
        for (const auto& address : {part.prefix.start(), part.prefix.last()})
            questions += question(address, settings.zone) + " A\n";
    }
    if (questions.empty()) return {};
    // dig's status is that of its last question, and tells nothing of the others.
    const auto finished =
        run_tool(back_end,
                 {settings.dig, "@" + settings.server, "-p", std::to_string(settings.port),
                  "+tries=2", "+time=2", "+noall", "+answer", "-f", "-"},
                 questions);
    std::set<std::string, std::less<>> answered;  // "NAME TTL IN A ANSWER", blanks and tabs between
    for (const auto line : split_lines(finished.output)) {
        const auto end = line.find_first_of(" \t");
        const auto last = line.find_last_of(" \t");
        if (end != std::string_view::npos && line.substr(last + 1) == settings.answer)
            answered.insert(std::string(line.substr(0, end)));
    }
    std::vector<std::string> found;
    for (const auto& part : parts) {
        for (const auto& address : {part.prefix.start(), part.prefix.last()}) {
            if (answered.contains(question(address, settings.zone))) continue;
            found.push_back(fmt::format("block {}, {}: {} does not answer for {}", part.id,
                                        part.prefix.text(), settings.server, address.text()));
            break;
        }
    }
    return found;
}

void check_file(const std::string& path, const std::vector<ActiveBlock>& parts, Instant now,
                std::vector<std::string>& found) {
    const auto file = read_exported(back_end, path, mark);
    if (!file) found.push_back(path + ": missing");
    for (auto& line : lines(differences(parts, noted_prefixes(file.value_or("")), now)))
        found.push_back(std::move(line));
}

}  // namespace

Rbldnsd::Rbldnsd(RbldnsdSettings settings) : settings_(std::move(settings)) {
    if (printable(settings_.text, settings_.text.size()) != settings_.text)
        throw ConfigError(
            fmt::format("rbldnsd: text '{}' is not one line", printable(settings_.text)));
    const auto answer = Address::parse(settings_.answer);
    if (!answer || !Prefix::parse("127.0.0.0/8")->contains(*answer))
        throw ConfigError(fmt::format("rbldnsd: answer '{}' is no address of 127.0.0.0/8",
                                      printable(settings_.answer)));
    if (settings_.zone.empty() ||
        ascii_lower(settings_.zone).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") !=
            std::string::npos)
        throw ConfigError(
            fmt::format("rbldnsd: zone '{}' is no domain", printable(settings_.zone)));
}

std::string Rbldnsd::plan(const std::vector<ActiveBlock>& blocks, Instant now) const {
    const auto parts = parts_of(blocks, now);
    return data_set(settings_, parts.ipv4) + data_set(settings_, parts.ipv6);
}

void Rbldnsd::apply(const std::vector<ActiveBlock>& blocks, Instant now) const {
    const auto parts = parts_of(blocks, now);
    write_exported(back_end, settings_.ipv4_path, mark, data_set(settings_, parts.ipv4));
    write_exported(back_end, settings_.ipv6_path, mark, data_set(settings_, parts.ipv6));
}

std::vector<std::string> Rbldnsd::verify(const std::vector<ActiveBlock>& blocks,
                                         Instant now) const {
    const auto parts = parts_of(blocks, now);
    std::vector<std::string> found;
    check_file(settings_.ipv4_path, parts.ipv4, now, found);
    check_file(settings_.ipv6_path, parts.ipv6, now, found);
    for (const auto* family : {&parts.ipv4, &parts.ipv6}) {
        for (auto& line : answer_faults(settings_, *family))
            found.push_back(std::move(line));
    }
    return found;
}

}  // namespace ndr
