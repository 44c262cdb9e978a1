#include "ndr_triage/casework/registry_desk.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "filling.hpp"
#include "ndr_triage/base/embedded.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

constexpr std::int64_t greatest_limit = 100'000;

std::vector<std::string_view> words_in(std::string_view text) {
    auto words = split(text, ' ');
    std::erase(words, std::string_view());
    return words;
}

// Reads one table; `known` are the records that it may lean on and replace.
class TableReader {
public:
    TableReader(std::vector<RegistryDesk>& known, const std::string& name)
        : known_(known), name_(name) {}

    void read(std::string_view table) {
        for (const auto& line : table_lines(table)) {
            number_ = line.number;
            const auto end = std::min(line.text.find(' '), line.text.size());
            take(line.text.substr(0, end), trimmed(line.text.substr(end)));
        }
        finish();
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw ConfigError(fmt::format("{}:{}: {}", name_, number_, what));
    }
    void require(bool is_so, std::string_view keyword, std::string_view wanted) const {
        if (!is_so) fail(fmt::format("{}: {} is wanted", keyword, wanted));
    }
    void require_names(std::string_view text) const {
        for (const auto name : names_in(text)) {
            const auto& all = report_names();
            if (std::find(all.begin(), all.end(), name) == all.end())
                fail(fmt::format("'{{{}}}' is no name that a report has", printable(name)));
        }
    }

    void take(std::string_view keyword, std::string_view value) {
        if (!is_utf8(value)) fail("text that is no UTF-8");
        if (keyword == "registry") return begin(value);
        if (!open_) fail("'registry ID' must come first");
        if (keyword == "|") return take_line(value);
        require(!value.empty(), keyword, "a value");
        if (take_place(keyword, value) || take_words(keyword, value)) return;
        fail(fmt::format("'{}' is no keyword of a registry", printable(keyword)));
    }

    bool take_place(std::string_view keyword, std::string_view value) {
        RegistryDesk& desk = *open_;
        if (keyword == "name") {
            desk.name = value;
        } else if (keyword == "national") {
            take_national(value);
        } else if (keyword == "url") {
            require(value.starts_with("https://") || value.starts_with("http://"), keyword,
                    "an http URL");
            desk.url = value;
        } else if (keyword == "mail") {
            require(is_plain_address(value), keyword, "a mail address");
            desk.mail = value;
        } else if (keyword == "checked") {
            desk.checked_at = parse_instant(value);
            require(desk.checked_at.has_value(), keyword, "a date (2026-11-23)");
        } else {
            return false;
        }
        return true;
    }

    bool take_words(std::string_view keyword, std::string_view value) {
        RegistryDesk& desk = *open_;
        require_names(value);
        if (keyword == "subject") {
            desk.subject = value;
        } else if (keyword == "first") {
            desk.first.emplace_back(value);
        } else if (keyword == "field") {
            desk.fields.push_back({std::string(value), 0, {}});
        } else if (keyword == "limit") {
            const auto limit = parse_number(value);
            require(limit && *limit > 0 && *limit <= greatest_limit && !desk.fields.empty(),
                    keyword, "a count of characters, below a field,");
            desk.fields.back().limit = static_cast<std::size_t>(*limit);
        } else if (keyword == "as") {
            take_over(value);
        } else {
            return false;
        }
        return true;
    }

    void take_line(std::string_view value) {
        if (open_->fields.empty()) fail("a line of text without a field above it");
        require_names(value);
        open_->fields.back().lines.emplace_back(value);
    }

    void take_national(std::string_view value) {
        const auto words = words_in(value);
        open_->national_of = words.empty() ? std::nullopt : rir_of(words[0]);
        require(open_->national_of && words.size() >= 3 && words[1].size() == 2, "national",
                "RIR COUNTRY MARK...");
        open_->country = words[1];
        for (auto mark = words.begin() + 2; mark != words.end(); ++mark)
            open_->marks.push_back(ascii_lower(*mark));
    }

    void take_over(std::string_view id) {
        const auto model = std::find_if(known_.begin(), known_.end(),
                                        [&](const RegistryDesk& desk) { return desk.id == id; });
        if (model == known_.end())
            fail(fmt::format("as: no record '{}' stands before", printable(id)));
        open_->subject = model->subject;
        open_->first = model->first;
        open_->fields = model->fields;
    }

    void begin(std::string_view id) {
        finish();
        require(!id.empty() && id.find(' ') == std::string_view::npos, "registry", "one word");
        open_.emplace();
        open_->id = id;
        open_->name = id;
        began_ = number_;
    }

    // A record must be whole: somewhere to go, and something to say.
    void finish() {
        if (!open_) return;
        const auto whole = [&](bool is_so, std::string_view what) {
            if (is_so) return;
            throw ConfigError(fmt::format("{}:{}: registry {}: {} is missing", name_, began_,
                                          printable(open_->id), what));
        };
        whole(!open_->url.empty() || !open_->mail.empty(), "url or mail");
        whole(open_->mail.empty() || !open_->subject.empty(), "the subject of the mail");
        whole(!open_->fields.empty(), "a field");
        whole(open_->national_of || rir_of(open_->id), "national (it is none of the five)");
        const auto same = std::find_if(known_.begin(), known_.end(), [&](const RegistryDesk& desk) {
            return desk.id == open_->id;
        });
        if (same == known_.end()) {
            known_.push_back(std::move(*open_));
        } else {
            *same = std::move(*open_);
        }
        open_.reset();
    }

    std::vector<RegistryDesk>& known_;
    const std::string& name_;
    std::size_t number_ = 0;
    std::size_t began_ = 0;
    std::optional<RegistryDesk> open_;
};

// "whois.kisa.or.kr" of "whois://whois.kisa.or.kr"; "" for a file.
std::string host_in(std::string_view source) {
    const auto scheme = source.find("://");
    if (scheme == std::string_view::npos) return {};
    const auto rest = source.substr(scheme + 3);
    return ascii_lower(rest.substr(0, rest.find_first_of(":/")));
}

bool lies_in(std::string_view host, const std::string& domain) {
    return host == domain || host.ends_with("." + domain);
}

bool is_marked(const RegistryDesk& desk, const Network& network) {
    const std::string host = host_in(network.source);
    return std::any_of(desk.marks.begin(), desk.marks.end(),
                       [&](const std::string& mark) { return lies_in(host, mark); });
}

}  // namespace

RegistryDesks RegistryDesks::standard() {
    RegistryDesks desks;
    desks.add(embedded::registries_table, "registries.table");
    return desks;
}

void RegistryDesks::add(std::string_view table, const std::string& name) {
    TableReader(desks_, name).read(table);
}

const RegistryDesk* RegistryDesks::find(std::string_view id) const {
    const auto found = std::find_if(desks_.begin(), desks_.end(),
                                    [&](const RegistryDesk& desk) { return desk.id == id; });
    return found == desks_.end() ? nullptr : &*found;
}

const RegistryDesk* RegistryDesks::holder_of(const Network& network) const {
    if (!network.registry) return nullptr;
    for (const auto& desk : desks_) {
        if (desk.national_of == network.registry && is_marked(desk, network)) return &desk;
    }
    return find(text(*network.registry));
}

const RegistryDesk* RegistryDesks::national_of_country(const Network& network) const {
    for (const auto& desk : desks_) {
        if (network.registry && desk.national_of == network.registry &&
            desk.country == network.country)
            return &desk;
    }
    return nullptr;
}

}  // namespace ndr
