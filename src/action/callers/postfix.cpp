#include "postfix.hpp"

#include "findings.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

std::vector<std::string> logical_lines(const std::string& text) {
    std::vector<std::string> lines;
    for (const auto line : split_lines(text)) {
        const auto bare = trimmed(line);
        if (bare.empty() || bare.front() == '#') continue;
        if ((line.front() == ' ' || line.front() == '\t') && !lines.empty()) {
            lines.back() += " " + std::string(bare);
        } else {
            lines.emplace_back(bare);
        }
    }
    return lines;
}

std::string MainCf::value(std::string_view name, std::string_view otherwise) const {
    std::string value(otherwise);
    for (const auto& line : lines_) {
        const auto equals = line.find('=');
        if (equals != std::string::npos && trimmed(line.substr(0, equals)) == name)
            value = trimmed(line.substr(equals + 1));
    }
    return value;
}

std::vector<Checked> check_postfix(const CallerSite& site) {
    const MainCf main_cf(text_of(site.etc + "/postfix/main.cf"));
    std::vector<Checked> all;
    check_services(site, main_cf, all);
    check_local_commands(site, main_cf, all);
    if (!all.empty() && ascii_iequals(main_cf.value("soft_bounce"), "yes"))
        all.push_back({Health::warning,
                       "Postfix: soft_bounce = yes: no complaint fails before its lifetime in the "
                       "queue is over",
                       "take soft_bounce out of main.cf once all is set up"});
    return all;
}

}  // namespace ndr
