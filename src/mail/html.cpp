#include "html.hpp"

#include <glib.h>
#include <gumbo.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

bool is_block(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_P:
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_BR:
        case GUMBO_TAG_HR:
        case GUMBO_TAG_TR:
        case GUMBO_TAG_TABLE:
        case GUMBO_TAG_LI:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_DL:
        case GUMBO_TAG_DT:
        case GUMBO_TAG_DD:
        case GUMBO_TAG_PRE:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_CENTER:
        case GUMBO_TAG_H1:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6:
            return true;
        default:
            return false;
    }
}

bool is_hidden(const GumboElement& element) {
    switch (element.tag) {
        case GUMBO_TAG_SCRIPT:
        case GUMBO_TAG_STYLE:
        case GUMBO_TAG_HEAD:
        case GUMBO_TAG_TEMPLATE:
            return true;
        default:
            break;
    }
    if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr) return true;
    const GumboAttribute* style = gumbo_get_attribute(&element.attributes, "style");
    if (style == nullptr) return false;
    std::string value;
    for (const char c : ascii_lower(style->value)) {
        if (!trimmed({&c, 1}).empty()) value += c;
    }
    return value.find("display:none") != std::string::npos;
}

std::string tag_name(std::string_view text) {
    const auto end =
        std::find_if(text.begin(), text.end(), [](char c) { return !g_ascii_isalnum(c); });
    return ascii_lower(text.substr(0, static_cast<std::size_t>(end - text.begin())));
}

// Elements that are empty, or that the next of their kind ends.
bool never_nests(std::string_view name) {
    constexpr auto names = std::to_array<std::string_view>(
        {"area",   "base",  "body", "br",    "col", "colgroup", "dd",   "dt",     "embed", "head",
         "hr",     "html",  "img",  "input", "li",  "link",     "meta", "option", "p",     "param",
         "source", "tbody", "td",   "tfoot", "th",  "thead",    "tr",   "track",  "wbr"});
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Elements that are open where a tag stands, as far as gumbo's time is concerned.
class Nesting {
public:
    // False for a tag to leave out. `tag` begins with '<'.
    bool admits(std::string_view tag) {
        const bool closes = tag.starts_with("</");
        const std::string name = tag_name(tag.substr(closes ? 2 : 1));
        if (name == "svg" || name == "math") return false;  // inside, every element nests
        if (name.empty()) return true;
        if (tag.substr(0, longest_tag).find('>') == std::string_view::npos) return false;
        if (never_nests(name)) return true;
        std::size_t& count = open_[name];
        if (!closes && depth_ >= most_open) return false;
        if (!closes) {
            ++count;
            ++depth_;
        } else if (count > 0) {
            --count;
            --depth_;
        }
        return true;
    }

private:
    static constexpr std::size_t most_open = 300;
    static constexpr std::size_t longest_tag = 8192;  // an image inside its own tag, say
    std::map<std::string, std::size_t> open_;
    std::size_t depth_ = 0;
};

// gumbo's time grows with the square of the depth, to minutes for one mail of nothing but "<div>",
// and of the attributes in one tag: tags that stand deeper or are longer than in any page are left
// out, which loses no text.
std::string flattened(std::string_view html) {
    std::string result;
    Nesting nesting;
    while (!html.empty()) {
        const bool skipped = html.starts_with('<') && !nesting.admits(html);
        const std::size_t length = skipped ? std::min(html.find('>'), html.size() - 1) + 1
                                           : std::min(html.find('<', 1), html.size());
        if (!skipped) result.append(html.substr(0, length));
        html.remove_prefix(length);
    }
    return result;
}

class Reader {
public:
    explicit Reader(std::size_t limit) : limit_(limit) {}

    void read(const GumboNode& node, int depth) {
        if (depth > deepest || text_.size() > limit_) return;
        switch (node.type) {
            case GUMBO_NODE_TEXT:
            case GUMBO_NODE_CDATA:
                text_ += node.v.text.text;
                break;
            case GUMBO_NODE_WHITESPACE:
                text_ += preformatted_ ? node.v.text.text : " ";
                break;
            case GUMBO_NODE_ELEMENT:
                read_element(node.v.element, depth);
                break;
            case GUMBO_NODE_DOCUMENT:
            case GUMBO_NODE_COMMENT:
            case GUMBO_NODE_TEMPLATE:
                break;
        }
    }

    // Lines without the blanks around them, empty lines squeezed to one.
    std::string take() {
        put_links();
        std::string result;
        bool last_empty = true;
        for (const auto line : split_lines(text_)) {
            const std::string_view words = trimmed(line);
            if (words.empty() && last_empty) continue;
            last_empty = words.empty();
            result.append(words).append("\n");
        }
        return std::string(cut(result, limit_));
    }

private:
    static constexpr int deepest = 2000;
    static constexpr std::size_t most_links = 20;
    static constexpr std::size_t longest_link = 300;

    void read_element(const GumboElement& element, int depth) {
        if (is_hidden(element)) return;
        const bool block = is_block(element.tag);
        const bool outer = preformatted_;
        preformatted_ = outer || element.tag == GUMBO_TAG_PRE;
        if (block) text_ += '\n';
        const std::size_t begin = text_.size();
        for (unsigned i = 0; i < element.children.length; ++i)
            read_child(*static_cast<const GumboNode*>(element.children.data[i]), depth + 1);
        if (element.tag == GUMBO_TAG_A) keep_link(element, begin);
        if (block) text_ += '\n';
        if (block && element.tag != GUMBO_TAG_BR) put_links();
        if (element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH) text_ += ' ';
        preformatted_ = outer;
    }

    // Where a link leads, unless the words from `begin` on, which bear it, say so themselves.
    void keep_link(const GumboElement& element, std::size_t begin) {
        const GumboAttribute* href = gumbo_get_attribute(&element.attributes, "href");
        if (href == nullptr || links_ == most_links) return;
        const std::string_view link = trimmed(href->value);
        const bool is_page =
            ascii_istarts_with(link, "http://") || ascii_istarts_with(link, "https://");
        if (!is_page || link.size() > longest_link ||
            link.find_first_of(" \t\r\n<>") != std::string_view::npos ||
            text_.find(link, begin) != std::string::npos)
            return;
        ++links_;
        pending_.append("<").append(link).append(">\n");
    }

    void put_links() {
        if (!pending_.empty() && !text_.ends_with('\n')) text_ += '\n';
        text_ += pending_;
        pending_.clear();
    }

    void read_child(const GumboNode& node, int depth) {
        if (node.type != GUMBO_NODE_TEXT || preformatted_) return read(node, depth);
        for (const char c : std::string_view(node.v.text.text))
            text_ += c == '\n' || c == '\r' ? ' ' : c;
    }

    std::string text_;
    std::size_t limit_;
    bool preformatted_ = false;
    std::string pending_;  // links of the block that is being read, one a line
    std::size_t links_ = 0;
};

}  // namespace

std::string text_of_html(std::string_view html, std::size_t limit) {
    const auto free_tree = [](GumboOutput* tree) {
        gumbo_destroy_output(&kGumboDefaultOptions, tree);
    };
    const std::string flat = flattened(html);
    const std::unique_ptr<GumboOutput, decltype(free_tree)> tree(
        gumbo_parse_with_options(&kGumboDefaultOptions, flat.data(), flat.size()), free_tree);
    Reader reader(limit);
    if (tree) reader.read(*tree->root, 0);
    return reader.take();
}

}  // namespace ndr
