#include "charset_guess.hpp"

#include <glib.h>

#include <algorithm>
#include <array>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// Frequent characters of running Chinese and of mail: enough to tell a right reading from a wrong
// one, whose characters are spread evenly over the whole table.
constexpr std::string_view common_hanzi =
    "的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可"
    "她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同"
    "三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名"
    "定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内"
    "加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原"
    "车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战"
    "邮箱退信收件户存空间满系统址错误送达拒绝服器查联络请您抱歉接连版域投递失败容量超满"
    "郵件戶間滿統錯誤達絕務聯絡請歉連遞敗無來個國這時會學對過發經頭動現將與點機給業電產應"
    "使用者不存在信箱主題寄回原因";

bool is_common_hanzi(gunichar c) {
    std::array<char, 8> utf8{};
    const int length = g_unichar_to_utf8(c, utf8.data());
    return common_hanzi.find(std::string_view(utf8.data(), static_cast<std::size_t>(length))) !=
           std::string_view::npos;
}

bool is_ascii_letter(gunichar c) {
    return c < 0x80 && g_unichar_isalpha(c);
}

bool is_cyrillic(gunichar c) {
    return c >= 0x0410 && c <= 0x044F;
}

bool is_greek(gunichar c) {
    return c == 0x0386 || (c >= 0x0388 && c <= 0x03CE);
}

// How plausible a character above ASCII is in mail, alone and between its neighbours.
double plausibility(gunichar c, gunichar before, gunichar after) {
    if (c == 0xFFFD) return -4;
    if (c >= 0xFF61 && c <= 0xFF9F) return -1;   // half-width katakana
    if (c >= 0x3040 && c <= 0x30FF) return 2;    // kana
    if (c >= 0xAC00 && c <= 0xD7A3) return 1.4;  // hangul syllables
    if (c >= 0x4E00 && c <= 0x9FFF) return is_common_hanzi(c) ? 2 : -0.5;
    if (c >= 0x3000 && c <= 0x3020) return 1;    // CJK punctuation
    if (c >= 0xFF01 && c <= 0xFF5E) return 0.8;  // full-width forms
    if (is_cyrillic(c) || is_greek(c)) {         // capitals lead words
        const bool after_letter = is_cyrillic(before) || is_greek(before);
        const bool touches_latin = is_ascii_letter(before) || is_ascii_letter(after);
        if (touches_latin) return -1.5;
        return g_unichar_isupper(c) && after_letter ? -0.6 : 1;
    }
    if (c < 0x0180 && g_unichar_isalpha(c)) {  // accented Latin stands alone
        return before >= 0x80 ? -0.5 : 0.7;
    }
    if (c == 0x20AC || (c >= 0x2013 && c <= 0x2026)) return before < 0x80 ? 0.7 : -0.3;  // quotes
    // Box drawing: a wrong reading as KOI8-R has it between letters.
    if (c >= 0x2500 && c <= 0x25A0) return g_unichar_isalpha(before) ? -1 : 0;
    if (c < 0x00C0) return c >= 0xA0 ? 0.1 : -1;
    return g_unichar_isalpha(c) ? 0 : -0.3;
}

double score(const Conversion& reading) {
    double sum = 0;
    std::size_t count = 0;
    gunichar before = 0;
    const std::string text = utf8_only(reading.text);
    for (const char* at = text.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        if (c >= 0x80) {
            sum += plausibility(c, before, g_utf8_get_char(g_utf8_next_char(at)));
            ++count;
        }
        before = c;
    }
    return count == 0 ? 0 : sum / static_cast<double>(count);
}

struct Candidate {
    const char* charset;
    const char* measure;  // what its text is made of; the charset itself has rare characters too
};
constexpr std::array candidates = std::to_array<Candidate>({
    {"GB18030", "GB18030"},
    {"BIG5-HKSCS", "BIG5-HKSCS"},
    {"UHC", "EUC-KR"},  // any two octets, or an octet and a letter, are a syllable of UHC
    {"EUC-JP-MS", "EUC-JP-MS"},
    {"CP932", "CP932"},
    {"KOI8-R", "KOI8-R"},
    {"CP1251", "CP1251"},
    {"CP1252", "CP1252"},
    {"CP1250", "CP1250"},
});
constexpr double convincing = 0.5;       // of a labelled reading: nobody else is asked
constexpr double trust_in_label = 0.35;  // and more, the fewer octets speak against it
constexpr double trust_of_short_text = 8;
constexpr std::size_t sample = 4096;

}  // namespace

const char* shifted_charset(std::string_view octets) {
    for (auto at = octets.find('\x1b'); at != std::string_view::npos;
         at = octets.find('\x1b', at + 1)) {
        const std::string_view next = octets.substr(at + 1, 3);
        if (next.starts_with("$)C")) return "ISO-2022-KR";
        if (next.starts_with("$B") || next.starts_with("$@") || next.starts_with("(J"))
            return "ISO-2022-JP-3";
    }
    return nullptr;
}

std::string best_reading(std::string_view octets, const char* labelled) {
    const std::string_view probe = octets.substr(0, sample);
    const char* best = labelled != nullptr ? labelled : "CP1252";
    const Conversion first = converted(probe, best);
    double best_score = score(first);
    if (labelled != nullptr) {
        if (first.faults == 0 && best_score >= convincing) return converted(octets, labelled).text;
        const auto high = std::count_if(probe.begin(), probe.end(), [](char c) {
            return static_cast<unsigned char>(c) >= 0x80;
        });
        best_score += trust_in_label + trust_of_short_text / static_cast<double>(high + 1);
    }
    for (const auto& candidate : candidates) {
        const double its = score(converted(probe, candidate.measure));
        if (its > best_score) {
            best = candidate.charset;
            best_score = its;
        }
    }
    return converted(octets, best).text;
}

}  // namespace ndr
