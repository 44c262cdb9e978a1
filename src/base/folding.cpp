// Folding for comparison (text.hpp). ASCII takes a short way; anything else goes through GLib's
// normalisation one cluster (a letter with its marks) at a time, so that origins stay known.
#include <glib.h>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

bool is_cjk(gunichar c) {
    if (c < 0x1100) return false;
    switch (g_unichar_get_script(c)) {
        case G_UNICODE_SCRIPT_HAN:
        case G_UNICODE_SCRIPT_HIRAGANA:
        case G_UNICODE_SCRIPT_KATAKANA:
        case G_UNICODE_SCRIPT_HANGUL:
        case G_UNICODE_SCRIPT_BOPOMOFO:
            return true;
        default:
            return (c >= 0x3001 && c <= 0x301F) || c == 0x30FC;  // CJK punctuation, long vowel
    }
}

bool is_invisible(gunichar c) {
    return g_unichar_type(c) == G_UNICODE_FORMAT;  // soft hyphen, zero width, direction marks
}

// Typographic forms that NFKC leaves alone.
gunichar plain(gunichar c) {
    switch (c) {
        case 0x2018:
        case 0x2019:
        case 0x201A:
        case 0x201B:
        case 0x2039:
        case 0x203A:
        case 0x02BC:
        case 0x00B4:
        case '`':
            return '\'';
        case 0x201C:
        case 0x201D:
        case 0x201E:
        case 0x201F:
        case 0x00AB:
        case 0x00BB:
            return '"';
        case 0x2010:
        case 0x2011:
        case 0x2012:
        case 0x2013:
        case 0x2014:
        case 0x2015:
        case 0x2212:
            return '-';
        default:
            return c;
    }
}

class Folder {
public:
    explicit Folder(std::size_t expected) {
        result_.text.reserve(expected);
        result_.origin.reserve(expected);
    }

    void blank(std::size_t at) {
        if (!pending_blank_) blank_at_ = at;
        pending_blank_ = true;
    }

    void letters(std::string_view text, bool cjk_first, bool cjk_last, std::size_t at) {
        if (text.empty()) return;
        if (pending_blank_ && !result_.text.empty() && !(last_cjk_ && cjk_first))
            append(" ", blank_at_);
        pending_blank_ = false;
        last_cjk_ = cjk_last;
        append(text, at);
    }

    Folded take() { return std::move(result_); }

private:
    void append(std::string_view text, std::size_t at) {
        result_.text.append(text);
        result_.origin.insert(result_.origin.end(), text.size(), static_cast<std::uint32_t>(at));
    }

    Folded result_;
    std::size_t blank_at_ = 0;
    bool pending_blank_ = false;
    bool last_cjk_ = false;
};

// One cluster of UTF-8 in its folded form.
std::string folded_cluster(std::string_view cluster) {
    char* normal = g_utf8_normalize(cluster.data(), static_cast<gssize>(cluster.size()),
                                    G_NORMALIZE_ALL_COMPOSE);
    if (normal == nullptr) return {};
    char* low = g_utf8_casefold(normal, -1);
    std::string result = low;
    g_free(low);
    g_free(normal);
    return result;
}

// True if `c` may become one letter with what stands before it. Half-width voiced marks and the
// later jamo of a Hangul syllable do, though they are no combining characters.
bool joins(gunichar before, gunichar c) {
    if (c < 0x300) return false;
    if (c == 0xFF9E || c == 0xFF9F) return before >= 0xFF66 && before <= 0xFF9D;
    if (c >= 0x1160 && c <= 0x11FF) return before >= 0x1100 && before <= 0x11FF;
    return g_unichar_combining_class(c) != 0;
}

std::size_t cluster_length(std::string_view text) {
    const char* end = text.data() + text.size();
    gunichar before = g_utf8_get_char(text.data());
    const char* at = g_utf8_next_char(text.data());
    while (at < end) {
        const gunichar c = g_utf8_get_char(at);
        if (!joins(before, c)) break;
        before = c;
        at = g_utf8_next_char(at);
    }
    return static_cast<std::size_t>(at - text.data());
}

void fold_cluster(Folder& folder, std::string_view cluster, std::size_t at) {
    const gunichar first = g_utf8_get_char(cluster.data());
    if (g_unichar_isspace(first) || g_unichar_iscntrl(first)) return folder.blank(at);
    if (is_invisible(first)) return;
    if (const gunichar simple = plain(first); simple != first) {
        const char c = static_cast<char>(simple);
        return folder.letters({&c, 1}, false, false, at);
    }
    const std::string text = folded_cluster(cluster);
    const bool cjk = is_cjk(first);
    if (trimmed(text).empty()) return folder.blank(at);
    folder.letters(text, cjk, cjk, at);
}

// Folds octets that are no UTF-8: as `utf8_only` mends them, with origins in what was given.
Folded folded_with_faults(std::string_view octets) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD";
    const std::string mended = utf8_only(octets);
    std::vector<std::uint32_t> given_at;
    given_at.reserve(mended.size());
    std::uint32_t given = 0;
    while (given_at.size() < mended.size()) {
        const bool is_fault = std::string_view(mended).substr(given_at.size(), 3) == replacement &&
                              octets.substr(given, 3) != replacement;
        given_at.insert(given_at.end(), is_fault ? 3 : 1, given);
        ++given;
    }
    Folded result = folded_with_origin(mended);
    for (auto& origin : result.origin)
        origin = given_at[origin];
    return result;
}

}  // namespace

Folded folded_with_origin(std::string_view utf8) {
    if (!is_utf8(utf8)) return folded_with_faults(utf8);
    Folder folder(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const auto c = static_cast<unsigned char>(utf8[at]);
        const bool plain_ascii =
            c < 0x80 && (at + 1 == utf8.size() || static_cast<unsigned char>(utf8[at + 1]) < 0x80);
        if (!plain_ascii) {
            const std::size_t length = cluster_length(utf8.substr(at));
            fold_cluster(folder, utf8.substr(at, length), at);
            at += length;
            continue;
        }
        if (c <= 0x20 || c == 0x7F) {
            folder.blank(at);
        } else {
            const char low =
                c == '`' ? '\'' : static_cast<char>(g_ascii_tolower(static_cast<gchar>(c)));
            folder.letters({&low, 1}, false, false, at);
        }
        ++at;
    }
    return folder.take();
}

std::string folded(std::string_view utf8) {
    return folded_with_origin(utf8).text;
}

}  // namespace ndr
