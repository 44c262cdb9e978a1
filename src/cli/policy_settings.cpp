// The keys of the policy: what follows, for how long, and what is never blocked.
#include <fmt/core.h>

#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"
#include "setting.hpp"

namespace ndr {

namespace {

Setting span_setting(std::string key, std::string help, Seconds Policy::*member) {
    return span_setting(
        std::move(key), std::move(help), member, [](auto& c) -> auto& { return c.policy; });
}

Setting own_domains_setting() {
    return {"own_domains", "domains of ours, besides those of 'address': no notice goes there",
            [](Configuration& c, const std::string& value) {
                c.policy.own_domains.clear();
                for (const auto& word : words_of(value)) {
                    if (!is_plain_address("postmaster@" + word)) return false;
                    c.policy.own_domains.insert(comparable_address(word));
                }
                return true;
            },
            [](const Configuration& c) {
                return joined({c.policy.own_domains.begin(), c.policy.own_domains.end()}, ", ");
            }};
}

Setting allow_list_setting() {
    return {"allow_list", "file of prefixes that are never blocked, one a line (absolute path)",
            [](Configuration& c, const std::string& value) {
                c.surroundings.allow_list = value;
                return value.starts_with('/');
            },
            [](const Configuration& c) { return c.surroundings.allow_list; }};
}

// A whole number from 1 to `most`.
Setting count_setting(std::string key, std::string help, std::int64_t most,
                      std::int64_t Policy::*member) {
    return {std::move(key), std::move(help),
            [member, most](Configuration& c, const std::string& value) {
                const auto count = parse_number(value);
                if (!count || *count < 1 || *count > most) return false;
                c.policy.*member = *count;
                return true;
            },
            [member](const Configuration& c) { return std::to_string(c.policy.*member); }};
}

Setting home_countries_setting() {
    return {
        "home_countries", "where one phones before blocking (ISO 3166-1)",
        [](Configuration& c, const std::string& value) {
            c.policy.home_countries.clear();
            for (const auto& word : words_of(value)) {
                const bool two_capitals = word.size() == 2 && word[0] >= 'A' && word[0] <= 'Z' &&
                                          word[1] >= 'A' && word[1] <= 'Z';
                if (!two_capitals) return false;
                c.policy.home_countries.insert(word);
            }
            return true;
        },
        [](const Configuration& c) {
            return joined({c.policy.home_countries.begin(), c.policy.home_countries.end()}, ", ");
        }};
}

Setting cell_setting(Outcome failure, Column column) {
    return {fmt::format("policy.{}.{}", text(failure), text(column)),
            "what follows: nothing, or some of block, report, notice, call",
            [=](Configuration& c, const std::string& value) {
                const auto cell = cell_of(value);
                if (cell) c.policy.cell(failure, column) = *cell;
                return cell.has_value();
            },
            [=](const Configuration& c) { return text(c.policy.cell(failure, column)); }};
}

}  // namespace

std::vector<Setting> policy_settings() {
    std::vector<Setting> settings{
        own_domains_setting(),
        home_countries_setting(),
        span_setting("block_term", "how long a network is blocked", &Policy::block_term),
        span_setting("settle", "how long a signed reply from outside waits", &Policy::settle),
        span_setting("silence", "after which a silent contact's network is proposed",
                     &Policy::silence),
        span_setting("reply_age", "an older reply is recorded, nothing follows",
                     &Policy::reply_age),
        span_setting("repeat_limit", "between two reports or notices to the same",
                     &Policy::repeat_limit),
        span_setting("review_term", "what waits for a person ends after this time",
                     &Policy::review_term),
        span_setting("dead_term", "a contact is known dead for so long after it failed",
                     &Policy::dead_term),
        count_setting("acknowledged_limit",
                      "so many acknowledged complaints propose a block if attacks go on", 1000,
                      &Policy::acknowledged_limit),
        span_setting("acknowledged_term", "within which they are counted",
                     &Policy::acknowledged_term),
        count_setting("repeat_factor", "a network blocked again within a year: so much longer", 100,
                      &Policy::repeat_factor),
        span_setting("longest_block", "a repeated block is no longer than this",
                     &Policy::longest_block),
        count_setting("blocks_a_day", "networks blocked within a day; more are held", 1000000,
                      &Policy::blocks_a_day),
        allow_list_setting(),
        hosts_setting(
            "mail_hosts", "IP addresses of our MX and relay, never blocked",
            &SurroundingsSources::mail_hosts, [](auto& c) -> auto& { return c.surroundings; }),
        switch_setting(
            "allow_documentation", "let networks of documentation space be blocked",
            &Policy::allow_documentation, [](auto& c) -> auto& { return c.policy; })};
    for (const auto failure : failure_outcomes) {
        for (const auto column : all_columns)
            settings.push_back(cell_setting(failure, column));
    }
    return settings;
}

}  // namespace ndr
