#include "tnef.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

extern "C" {
#include <ytnef.h>
}
#include <mapitags.h>

#include "charset.hpp"
#include "html.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

// One parsed winmail.dat; libytnef's own structure with an owner.
class Tnef {
public:
    Tnef() { TNEFInitialize(&tnef_); }
    ~Tnef() { TNEFFree(&tnef_); }
    Tnef(const Tnef&) = delete;
    Tnef& operator=(const Tnef&) = delete;

    bool parse(std::string_view octets) {
        std::string copy(octets);  // libytnef takes it as its own to write to
        return TNEFParseMemory(reinterpret_cast<BYTE*>(copy.data()), static_cast<long>(copy.size()),
                               &tnef_) >= 0;
    }

    std::string message_class() const {
        return utf8_only(std::string_view(tnef_.messageClass,
                                          strnlen(tnef_.messageClass, sizeof tnef_.messageClass)));
    }

    std::string property(unsigned int type, unsigned int tag) {
        const auto* found = MAPIFindProperty(&tnef_.MapiProperties, PROP_TAG(type, tag));
        return found == MAPI_UNDEFINED ? std::string() : text_of(*found);
    }

    std::string body() const { return text_of(tnef_.body); }

    std::string rtf() {
        auto* found =
            MAPIFindProperty(&tnef_.MapiProperties, PROP_TAG(PT_BINARY, PR_RTF_COMPRESSED));
        if (found == MAPI_UNDEFINED) return {};
        int size = 0;
        BYTE* octets = DecompressRTF(found, &size);
        if (octets == nullptr) return {};
        std::string text(reinterpret_cast<char*>(octets), static_cast<std::size_t>(size));
        std::free(octets);  // NOLINT: malloc of libytnef
        return text;
    }

private:
    static std::string text_of(const variableLength& value) {
        if (value.data == nullptr || value.size <= 0) return {};
        std::string text(reinterpret_cast<const char*>(value.data),
                         static_cast<std::size_t>(value.size));
        return text.substr(0, text.find('\0'));
    }

    TNEFStruct tnef_{};
};

bool is_hexadecimal(std::string_view text) {
    return text.size() == 2 &&
           text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

// The words of an RTF document: control words go, \par ends a line, \'e9 is an octet. Groups that
// hold no text of the document ({\fonttbl ...}, {\*\...}) are left out.
class RtfText {
public:
    explicit RtfText(std::string_view rtf) : rtf_(rtf) {}

    std::string read() {
        while (at_ < rtf_.size())
            step();
        return std::move(text_);
    }

private:
    void step() {
        const char c = rtf_[at_++];
        if (c == '{') {
            ++depth_;
        } else if (c == '}') {
            if (depth_ <= hidden_from_) hidden_from_ = 0;
            --depth_;
        } else if (c == '\\') {
            control();
        } else if (c != '\n' && c != '\r') {
            put(c);
        }
    }

    void put(char c) {
        if (hidden_from_ == 0) text_ += c;
    }

    void hide() {
        if (hidden_from_ == 0) hidden_from_ = depth_;
    }

    void control() {
        if (at_ >= rtf_.size()) return;
        if (rtf_[at_] == '\'' && is_hexadecimal(rtf_.substr(at_ + 1, 2))) {
            put(static_cast<char>(std::stoi(std::string(rtf_.substr(at_ + 1, 2)), nullptr, 16)));
            at_ += 3;
            return;
        }
        const auto begin = at_;
        while (at_ < rtf_.size() && std::isalpha(static_cast<unsigned char>(rtf_[at_])) != 0)
            ++at_;
        if (at_ == begin) return symbol();
        word(rtf_.substr(begin, at_ - begin));
        while (at_ < rtf_.size() &&
               (std::isdigit(static_cast<unsigned char>(rtf_[at_])) != 0 || rtf_[at_] == '-'))
            ++at_;
        if (at_ < rtf_.size() && rtf_[at_] == ' ') ++at_;
    }

    void symbol() {
        const char c = rtf_[at_++];
        if (c == '*') return hide();
        put(c == '~' ? ' ' : c);
    }

    void word(std::string_view name) {
        if (name == "par" || name == "line") put('\n');
        if (name == "tab") put('\t');
        if (name == "fonttbl" || name == "colortbl" || name == "stylesheet" || name == "info" ||
            name == "pict" || name == "generator")
            hide();
    }

    std::string_view rtf_;
    std::size_t at_ = 0;
    int depth_ = 0;
    int hidden_from_ = 0;  // depth of the group that is left out, 0: none
    std::string text_;
};

// The charset that an RTF document names: "\ansicpg1251"; Windows-1252 if it names none.
std::string charset_of_rtf(std::string_view rtf) {
    constexpr std::string_view control = "\\ansicpg";
    const auto at = rtf.find(control);
    if (at == std::string_view::npos) return "windows-1252";
    const auto digits = rtf.substr(at + control.size(), 5);
    const auto page = digits.substr(0, digits.find_first_not_of("0123456789"));
    return (page.size() == 3 ? "cp" : "windows-") + std::string(page);
}

std::string text_of_rtf(const std::string& rtf) {
    return to_utf8(RtfText(rtf).read(), charset_of_rtf(rtf));
}

std::string body_of(Tnef& tnef, std::size_t limit) {
    std::string text = tnef.property(PT_STRING8, PR_BODY);
    if (text.empty()) text = tnef.property(PT_UNICODE, PR_BODY);
    if (text.empty()) text = tnef.body();
    if (text.empty()) {
        const std::string html = tnef.property(PT_BINARY, PR_BODY_HTML);
        if (!html.empty()) return text_of_html(to_utf8(html, ""), limit);
    }
    if (text.empty()) return std::string(cut(text_of_rtf(tnef.rtf()), limit));
    return std::string(cut(to_utf8(text, ""), limit));
}

}  // namespace

std::optional<TnefNote> read_tnef(std::string_view octets, std::size_t limit) {
    Tnef tnef;
    const bool is_whole = tnef.parse(octets);
    TnefNote note{tnef.message_class(), body_of(tnef, limit)};
    if (!is_whole && note.message_class.empty() && note.text.empty()) return std::nullopt;
    return note;
}

}  // namespace ndr
