#include "ndr_triage/mail/digest.hpp"

#include <glib.h>

#include <algorithm>
#include <array>
#include <vector>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::size_t header_limit = 1024 * 1024;
constexpr std::array counted_fields{"Message-ID", "Date", "From", "Subject"};

bool is_continuation(std::string_view line) {
    return line.starts_with(' ') || line.starts_with('\t');
}

// The value of a field with its folding and all blanks taken out: agents fold anew.
std::string bare_value(std::string_view header, std::string_view name) {
    std::string value;
    bool inside = false;
    for (const auto line : split_lines(header)) {
        if (inside && !is_continuation(line)) return value;
        if (!inside) {
            inside = ascii_istarts_with(line, name) && line.substr(name.size(), 1) == ":";
            if (!inside) continue;
        }
        for (const char c : inside&& value.empty() && !is_continuation(line)
                                ? line.substr(name.size() + 1)
                                : line) {
            if (c != ' ' && c != '\t') value += c;
        }
    }
    return value;
}

bool is_header_line(std::string_view line) {
    if (is_continuation(line)) return true;
    const auto colon = line.find(':');
    const auto blank = line.find_first_of(" \t");
    return colon != std::string_view::npos && colon > 0 &&
           (blank == std::string_view::npos || blank >= colon ||
            trimmed(line.substr(blank, colon - blank)).empty());
}

}  // namespace

class DigestStream::State {
public:
    State() : checksum_(g_checksum_new(G_CHECKSUM_SHA256)) {}
    ~State() { g_checksum_free(checksum_); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void feed(std::string_view octets) {
        std::string lf;
        lf.reserve(octets.size());
        for (const char c : octets) {
            if (c == '\n' && after_cr_) {
                after_cr_ = false;
                continue;
            }
            after_cr_ = c == '\r';
            lf += after_cr_ ? '\n' : c;
        }
        if (in_body_) return feed_body(lf);
        header_ += lf;
        look_for_body(false);
    }

    std::string finish() {
        if (!in_body_ && !header_.empty() && header_.back() != '\n') header_ += '\n';
        if (!in_body_) look_for_body(true);
        return g_checksum_get_string(checksum_);
    }

private:
    // The header ends at the first empty line, or where a line is no field, or at its limit.
    void look_for_body(bool at_end) {
        for (;;) {
            const auto end = header_.find('\n', scanned_);
            if (end >= header_limit) break;  // npos too
            const auto line = std::string_view(header_).substr(scanned_, end - scanned_);
            const bool leading = scanned_ == start_ && (line.empty() || line.starts_with("From ") ||
                                                        line.starts_with(">From "));
            if (leading) {
                start_ = scanned_ = end + 1;
                continue;
            }
            if (line.empty()) return start_body(scanned_, end + 1);
            if (!is_header_line(line)) return start_body(scanned_, scanned_);
            scanned_ = end + 1;
        }
        const auto end = std::min(header_.size(), header_limit);
        if (at_end || header_.size() > header_limit) start_body(end, end);
    }

    void start_body(std::size_t header_end, std::size_t body_start) {
        in_body_ = true;
        const auto header = std::string_view(header_).substr(start_, header_end - start_);
        for (const char* name : counted_fields) {
            add(bare_value(header, name));
            add("\n");
        }
        feed_body(std::string_view(header_).substr(body_start));
        header_.clear();
    }

    void feed_body(std::string_view lf) {
        const auto last = lf.find_last_not_of('\n');
        if (last == std::string_view::npos) {
            newlines_ += lf.size();
            return;
        }
        for (; newlines_ > 0; --newlines_)
            add("\n");
        add(lf.substr(0, last + 1));
        newlines_ = lf.size() - last - 1;
    }

    void add(std::string_view octets) {
        g_checksum_update(checksum_, reinterpret_cast<const guchar*>(octets.data()),
                          static_cast<gssize>(octets.size()));
    }

    GChecksum* checksum_;
    std::string header_;
    std::size_t start_ = 0;
    std::size_t scanned_ = 0;
    std::size_t newlines_ = 0;
    bool in_body_ = false;
    bool after_cr_ = false;
};

DigestStream::DigestStream() : state_(std::make_unique<State>()) {}
DigestStream::~DigestStream() = default;

void DigestStream::feed(std::string_view octets) {
    state_->feed(octets);
}

std::string DigestStream::finish() {
    return state_->finish();
}

std::string digest_of(std::string_view octets) {
    DigestStream stream;
    stream.feed(octets);
    return stream.finish();
}

}  // namespace ndr
