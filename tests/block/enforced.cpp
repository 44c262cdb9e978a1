#include "enforced.hpp"

#include <regex>

#include "ndr_triage/base/text.hpp"

namespace ndr::support {

namespace {

constexpr const char* ipv4 =
    "% Abuse contact for '203.0.113.0 - 203.0.113.255' is 'abuse@example.net'\n\n"
    "inetnum: 203.0.113.0 - 203.0.113.255\nnetname: EXAMPLE\ncountry: ZZ\nsource: RIPE\n";
constexpr const char* ipv6 =
    "% Abuse contact for '2001:db8:1::/48' is 'abuse@example.com'\n\n"
    "inet6num: 2001:db8:1::/48\nnetname: EXAMPLE\ncountry: ZZ\nsource: RIPE\n";

}  // namespace

Enforced::Enforced(const std::string& lines)
    : complained_(ipv4), begin_(parse_instant(Site::now).value()) {
    auto& site = complained_.site;
    site.configure("enforce = block\n" + lines);
    site.output({"networks", "import", site.write("whois6.txt", ipv6)});
    site.output({"complain", "--ip", "2001:db8:1::5"});
    for (const char* contact : {"abuse@example.net", "abuse@example.com"})
        complained_.bounce(contact, "5.1.1", "smtp; 550 5.1.1 User unknown");
}

Finished Enforced::run(const Lines& words) const {
    const auto past = std::chrono::steady_clock::now() - began_;
    const auto now = begin_ + std::chrono::duration_cast<Seconds>(past);
    Lines line{"setpriv",
               "--reuid=nobody",
               "--regid=nogroup",
               "--clear-groups",
               "--no-new-privs",
               "--bounding-set=-all,+net_admin",
               "--inh-caps=+net_admin",
               "--ambient-caps=+net_admin",
               NDR_PROGRAM,
               "--config",
               site().at("site.conf"),
               "--now",
               iso_text(now)};
    line.insert(line.end(), words.begin(), words.end());
    return run_program(line, {}, std::chrono::seconds(60), 1 << 20);
}

void Enforced::act(Lines options) const {
    options.insert(options.begin(), "act");
    const auto finished = run(options);
    EXPECT_EQ(finished.status, 0) << finished.errors;
    EXPECT_EQ(finished.errors, "");
}

Lines Enforced::differences() const {
    const auto finished = run({"verify"});
    EXPECT_EQ(finished.errors, "");
    if (finished.status == 0) return {};
    EXPECT_EQ(finished.status, 1) << finished.output;
    static const std::regex number("block [0-9]+, ");
    return lines_of(std::regex_replace(finished.output, number, ""));
}

void Enforced::expect_mended(const std::string& harm, const Lines& found) const {
    ASSERT_EQ(differences(), Lines{}) << "before " << harm;
    typed(harm);
    EXPECT_EQ(differences(), found) << harm;
    act();
    EXPECT_EQ(differences(), Lines{}) << harm;
}

}  // namespace ndr::support
