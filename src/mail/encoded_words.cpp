#include "encoded_words.hpp"

#include <glib.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "charset.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

struct Word {
    std::string_view charset;
    std::string octets;      // decoded, in that charset
    std::size_t length = 0;  // of "=?charset?Q?text?="
};

// RFC 2045 section 6.8; characters outside the alphabet are passed over.
std::string base64_octets(std::string_view text) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string octets;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        if (c == '=') count = 0;  // padding
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) continue;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        octets += static_cast<char>((bits >> count) & 0xFF);
    }
    return octets;
}

// RFC 2047 section 4.2.
std::string q_octets(std::string_view text) {
    std::string octets;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_hex = text[at] == '=' && at + 2 < text.size() &&
                            g_ascii_isxdigit(text[at + 1]) && g_ascii_isxdigit(text[at + 2]);
        if (is_hex) {
            const int high = g_ascii_xdigit_value(text[at + 1]);
            octets += static_cast<char>(high * 16 + g_ascii_xdigit_value(text[at + 2]));
            at += 2;
        } else {
            octets += text[at] == '_' ? ' ' : text[at];
        }
    }
    return octets;
}

// The encoded word that `text` begins with.
std::optional<Word> word_of(std::string_view text) {
    constexpr std::size_t longest_charset = 60;
    const auto charset_end = text.substr(0, longest_charset).find('?', 2);
    if (charset_end == std::string_view::npos || charset_end == 2) return std::nullopt;
    const auto charset = text.substr(2, charset_end - 2);
    if (charset.find_first_of(" \t=\"") != std::string_view::npos) return std::nullopt;
    const auto encoding = ascii_lower(text.substr(charset_end, 3));
    if (encoding != "?q?" && encoding != "?b?") return std::nullopt;
    const auto end = text.find("?=", charset_end + 3);
    if (end == std::string_view::npos) return std::nullopt;
    const auto inside = text.substr(charset_end + 3, end - charset_end - 3);
    Word word;
    word.charset = charset.substr(0, charset.find('*'));  // RFC 2231 section 5: a language
    word.octets = encoding == "?q?" ? q_octets(inside) : base64_octets(inside);
    word.length = end + 2;
    return word;
}

// Collects words of one charset, converts them together.
class Decoder {
public:
    void take(const Word& word) {
        if (!ascii_iequals(word.charset, charset_)) finish_words();
        charset_ = word.charset;
        octets_ += word.octets;
        after_word_ = true;
    }

    void take_text(std::string_view text) {
        finish_words();
        result_ += text;
        after_word_ = false;
    }

    bool after_word() const { return after_word_; }

    std::string finish() {
        finish_words();
        return std::move(result_);
    }

private:
    void finish_words() {
        std::string text = to_utf8(octets_, charset_);
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
        result_ += text;
        octets_.clear();
    }

    std::string result_;
    std::string_view charset_;
    std::string octets_;
    bool after_word_ = false;
};

}  // namespace

std::string with_words_decoded(std::string_view utf8) {
    Decoder decoder;
    const std::size_t last_end = utf8.rfind("?=");
    std::size_t done = 0;
    std::size_t at = 0;
    while (last_end != std::string_view::npos && (at = utf8.find("=?", at)) < last_end) {
        auto word = word_of(utf8.substr(at));
        if (!word) {
            ++at;
            continue;
        }
        const auto before = utf8.substr(done, at - done);
        if (!decoder.after_word() || !trimmed(before).empty()) decoder.take_text(before);
        at += word->length;
        done = at;
        decoder.take(*word);
    }
    decoder.take_text(utf8.substr(done));
    return decoder.finish();
}

}  // namespace ndr
