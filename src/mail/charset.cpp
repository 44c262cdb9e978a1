#include "charset.hpp"

#include <glib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>

#include "charset_guess.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

struct Label {
    std::string_view label;  // lower case, letters and digits only
    const char* charset;     // as iconv names it: a superset where mail uses the label loosely
};

// IANA names, their aliases and the misspellings seen in mail. ISO-8859-1 is read as Windows-1252,
// GB2312 as GB18030, Shift_JIS as CP932, EUC-KR as CP949: what mail programs mean by them. US-ASCII
// is missing: where octets above it are found, that label tells nothing.
constexpr std::array labels = std::to_array<Label>({
    {"iso88591", "CP1252"},
    {"latin1", "CP1252"},
    {"windows1252", "CP1252"},
    {"cp1252", "CP1252"},
    {"iso885915", "ISO-8859-15"},
    {"latin9", "ISO-8859-15"},
    {"iso88592", "ISO-8859-2"},
    {"latin2", "ISO-8859-2"},
    {"iso88593", "ISO-8859-3"},
    {"iso88594", "ISO-8859-4"},
    {"iso88595", "ISO-8859-5"},
    {"iso88596", "CP1256"},
    {"iso88597", "CP1253"},
    {"iso88598", "CP1255"},
    {"iso88598i", "CP1255"},
    {"iso88599", "CP1254"},
    {"latin5", "CP1254"},
    {"iso885910", "ISO-8859-10"},
    {"iso885911", "CP874"},
    {"iso885913", "ISO-8859-13"},
    {"windows1250", "CP1250"},
    {"cp1250", "CP1250"},
    {"windows1251", "CP1251"},
    {"cp1251", "CP1251"},
    {"windows1253", "CP1253"},
    {"windows1254", "CP1254"},
    {"windows1255", "CP1255"},
    {"windows1256", "CP1256"},
    {"windows1257", "CP1257"},
    {"windows1258", "CP1258"},
    {"windows874", "CP874"},
    {"tis620", "CP874"},
    {"koi8r", "KOI8-R"},
    {"koi8", "KOI8-R"},
    {"koi8u", "KOI8-U"},
    {"koi8ru", "KOI8-U"},
    {"ibm866", "CP866"},
    {"cp866", "CP866"},
    {"macintosh", "MACINTOSH"},
    {"gb2312", "GB18030"},
    {"eucgb2312cn", "GB18030"},  // Python's email package writes its codec's name
    {"gb231280", "GB18030"},
    {"euccn", "GB18030"},
    {"gbk", "GB18030"},
    {"xgbk", "GB18030"},
    {"cp936", "GB18030"},
    {"windows936", "GB18030"},
    {"gb18030", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"big5tw", "BIG5-HKSCS"},
    {"bigfive", "BIG5-HKSCS"},
    {"cnbig5", "BIG5-HKSCS"},
    {"cp950", "BIG5-HKSCS"},
    {"big5hkscs", "BIG5-HKSCS"},
    {"euctw", "EUC-TW"},
    {"iso2022jp", "ISO-2022-JP-3"},
    {"iso2022jp1", "ISO-2022-JP-3"},
    {"iso2022jp2", "ISO-2022-JP-3"},
    {"iso2022jpms", "ISO-2022-JP-3"},
    {"cp50220", "ISO-2022-JP-3"},
    {"cp50221", "ISO-2022-JP-3"},
    {"jis", "ISO-2022-JP-3"},
    {"shiftjis", "CP932"},
    {"sjis", "CP932"},
    {"xsjis", "CP932"},
    {"windows31j", "CP932"},
    {"cp932", "CP932"},
    {"mskanji", "CP932"},
    {"eucjp", "EUC-JP-MS"},
    {"xeucjp", "EUC-JP-MS"},
    {"ujis", "EUC-JP-MS"},
    {"euckr", "UHC"},
    {"ksc56011987", "UHC"},
    {"ksc5601", "UHC"},
    {"cp949", "UHC"},
    {"uhc", "UHC"},
    {"windows949", "UHC"},
    {"iso2022kr", "ISO-2022-KR"},
    {"utf7", "UTF-7"},
    {"unicode11utf7", "UTF-7"},
    {"utf16", "UTF-16"},
    {"utf16le", "UTF-16LE"},
    {"utf16be", "UTF-16BE"},
});

std::string squeezed(std::string_view label) {
    std::string result;
    for (const char c : ascii_lower(label)) {
        if (g_ascii_isalnum(c)) result += c;
    }
    return result;
}

const char* charset_of(std::string_view label) {
    const std::string wanted = squeezed(label);
    const auto* found = std::find_if(labels.begin(), labels.end(),
                                     [&](const Label& l) { return l.label == wanted; });
    return found == labels.end() ? nullptr : found->charset;
}

// The label that a page carries in itself: <meta ... charset=iso-8859-9">.
std::string_view label_in_page(std::string_view octets) {
    octets = octets.substr(0, 2048);
    const auto meta = ascii_ifind(octets, "<meta");
    const auto name = meta == octets.npos ? meta : ascii_ifind(octets, "charset=", meta);
    if (name == octets.npos) return {};
    octets = octets.substr(name + 8);
    if (octets.starts_with('"') || octets.starts_with('\'')) octets.remove_prefix(1);
    return octets.substr(0, octets.find_first_of("\"' />;\n"));
}

// Open converters, kept for the life of the process: opening one again would load its module again.
class Converters {
public:
    ~Converters() {
        for (const auto& [name, converter] : open_) {
            if (is_open(converter)) g_iconv_close(converter);
        }
    }

    GIConv find(const std::string& charset) {
        const auto known = open_.find(charset);
        if (known != open_.end()) return known->second;
        return open_[charset] = g_iconv_open("UTF-8", charset.c_str());
    }

    static bool is_open(GIConv converter) {
        // NOLINTNEXTLINE(performance-no-int-to-ptr): iconv's own mark of failure
        return converter != reinterpret_cast<GIConv>(-1);
    }

private:
    std::map<std::string, GIConv> open_;
};

Converters& converters() {
    static Converters instance;
    return instance;
}

// True for UTF-8 that was cut or broken here and there: right sequences by far outnumber faults.
bool is_damaged_utf8(std::string_view octets) {
    std::size_t sequences = 0;
    std::size_t faults = 0;
    for (;;) {
        const char* end = nullptr;
        g_utf8_validate_len(octets.data(), octets.size(), &end);
        const auto good = static_cast<std::size_t>(end - octets.data());
        sequences += static_cast<std::size_t>(std::count_if(
            octets.data(), end, [](char c) { return static_cast<unsigned char>(c) >= 0xC0; }));
        octets.remove_prefix(good);
        if (octets.empty()) return sequences >= 2 * faults;
        ++faults;
        octets.remove_prefix(1);
        while (!octets.empty() && (static_cast<unsigned char>(octets.front()) & 0xC0) == 0x80)
            octets.remove_prefix(1);
    }
}

}  // namespace

Conversion converted(std::string_view octets, const char* charset) {
    Conversion result;
    GIConv converter = converters().find(charset);
    if (!Converters::is_open(converter)) return {utf8_only(octets), octets.size()};
    g_iconv(converter, nullptr, nullptr, nullptr, nullptr);
    std::string input(octets);
    char* from = input.data();
    gsize left = input.size();
    std::array<char, 4096> buffer{};
    while (left > 0) {
        char* to = buffer.data();
        gsize room = buffer.size();
        const gsize status = g_iconv(converter, &from, &left, &to, &room);
        const int error = errno;
        result.text.append(buffer.data(), buffer.size() - room);
        if (status != static_cast<gsize>(-1) || error == E2BIG) continue;
        result.text.append("\xEF\xBF\xBD");
        ++result.faults;
        ++from;
        --left;
    }
    return result;
}

void load_charsets() {
    for (const auto& label : labels)
        converters().find(label.charset);
    // GMime opens these by their own labels when it decodes a header.
    for (const char* name : {"GB2312", "GBK", "BIG5", "EUC-KR", "EUC-JP", "SHIFT_JIS",
                             "ISO-2022-JP", "ISO-8859-1", "KOI8-R"})
        converters().find(name);
}

bool may_need_charsets(std::string_view octets) {
    if (!is_ascii(octets) || octets.find('\x1b') != std::string_view::npos) return true;
    constexpr std::array words{"=?", "base64", "quoted-printable", "utf-7", "utf-16"};
    return std::any_of(words.begin(), words.end(), [&](const char* word) {
        return ascii_ifind(octets, word) != std::string_view::npos;
    });
}

std::string to_utf8(std::string_view octets, std::string_view label) {
    const char* charset = charset_of(label);
    if (charset == nullptr && !is_ascii(octets)) charset = charset_of(label_in_page(octets));
    const bool is_wide = charset != nullptr && std::string_view(charset).starts_with("UTF-");
    const bool has_nul = octets.find('\0') != std::string_view::npos;
    if (is_wide && (has_nul || !is_ascii(octets) || charset == std::string_view("UTF-7"))) {
        if (auto result = converted(octets, charset); result.faults == 0)
            return utf8_only(result.text);
    }
    std::string without_nul;
    if (has_nul) {
        without_nul = octets;
        std::replace(without_nul.begin(), without_nul.end(), '\0', ' ');
        octets = without_nul;
    }
    if (const char* shifted = shifted_charset(octets))
        return utf8_only(converted(octets, shifted).text);
    if (is_utf8(octets)) return std::string(octets);
    if (is_damaged_utf8(octets)) return utf8_only(octets);
    return utf8_only(best_reading(octets, is_wide ? nullptr : charset));
}

}  // namespace ndr
