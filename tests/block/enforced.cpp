#include "enforced.hpp"

#include <filesystem>
#include <iterator>
#include <optional>
#include <regex>
#include <sstream>

#include "ndr_triage/base/text.hpp"
#include "support/words.hpp"

namespace ndr::support {

namespace {

const std::string ipv4 = ripe_answer("203.0.113.0 - 203.0.113.255", "abuse@example.net");
const std::string ipv6 = ripe_answer("2001:db8:1::/48", "abuse@example.com");

// The value of a key that stands once in a unit file; nullopt if it does not.
std::optional<std::string> value_of(const std::string& unit, const std::string& key) {
    for (const auto& line : lines_of(unit)) {
        if (line.starts_with(key + "=")) return line.substr(key.size() + 1);
    }
    return std::nullopt;
}

Lines words_of(const std::string& text) {
    std::istringstream stream(text);
    return {std::istream_iterator<std::string>(stream), {}};
}

// "CAP_SETUID CAP_SETGID" in setpriv's words: "-all,+setuid,+setgid".
std::string capabilities(const std::string& list) {
    std::string result = "-all";
    for (const auto& word : words_of(list))
        result += ",+" + ascii_lower(word.substr(std::string_view("CAP_").size()));
    return result;
}

// A command line that takes one. The unit's user is nobody here, whose the ledger is.
Lines rights_of(const std::string& unit) {
    Lines line{"setpriv", "--no-new-privs",
               "--bounding-set=" + capabilities(value_of(unit, "CapabilityBoundingSet").value())};
    if (value_of(unit, "User")) {
        const auto ambient = capabilities(value_of(unit, "AmbientCapabilities").value_or(""));
        line.insert(line.end(), {"--reuid=nobody", "--regid=nogroup", "--clear-groups",
                                 "--inh-caps=" + ambient, "--ambient-caps=" + ambient});
    }
    line.insert(line.end(),
                {NDR_RESTRICT_FAMILIES, value_of(unit, "RestrictAddressFamilies").value()});
    return line;
}

std::string file_of(const std::string& unit) {
    return example("systemd/" + unit + ".service");
}

}  // namespace

Enforced::Enforced(const std::string& lines, Lines units)
    : complained_(ipv4), units_(std::move(units)), begin_(parse_instant(Site::now).value()) {
    std::filesystem::permissions(etc_.path(), std::filesystem::perms(0755));
    auto& site = complained_.site;
    site.configure("enforce = block, notice\n" + lines);
    site.output({"networks", "import", site.write("whois6.txt", ipv6)});
    site.output({"complain", "--ip", "2001:db8:1::5"});
    for (const char* contact : {"abuse@example.net", "abuse@example.com"})
        complained_.bounce(contact, "5.1.1", "smtp; 550 5.1.1 User unknown");
}

Finished Enforced::run(const std::string& unit, const Lines& words) const {
    const auto past = std::chrono::steady_clock::now() - began_;
    const auto now = begin_ + std::chrono::duration_cast<Seconds>(past);
    const auto file = etc_.write("ndr-triage.conf", octets_of(site().at("site.conf")));
    Lines line = rights_of(file_of(unit));
    // The leak sanitizer would need CAP_SYS_PTRACE after a change of user.
    if (is_sanitized()) line.insert(line.end(), {"env", "ASAN_OPTIONS=detect_leaks=0"});
    line.insert(line.end(), {NDR_PROGRAM, "--config", file, "--now", iso_text(now)});
    line.insert(line.end(), words.begin(), words.end());
    return run_program(line, {}, std::chrono::seconds(60), 1 << 20);
}

void Enforced::start(const Lines& options) const {
    for (const auto& unit : units_) {
        Lines words = words_of(value_of(file_of(unit), "ExecStart").value());
        words.erase(words.begin());
        words.insert(words.end(), options.begin(), options.end());
        const auto finished = run(unit, words);
        EXPECT_EQ(finished.status, 0) << unit << ": " << finished.errors;
        EXPECT_EQ(finished.errors, "") << unit;
    }
}

Lines Enforced::differences() const {
    const auto finished = run(units_.back(), {"verify"});
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
    EXPECT_EQ(lasting([this] { return differences(); }), Lines{}) << harm;
}

}  // namespace ndr::support
