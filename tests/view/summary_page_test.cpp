#include "ndr_triage/view/summary_page.hpp"

#include <glib.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "ndr_triage/view/summary.hpp"
#include "summaries.hpp"
#include "support/words.hpp"

namespace ndr {

namespace {

using support::sample_summary;

using support::holds;

// What a reader of XML sees in the page: that it is well-formed, its elements and its words.
struct Reading {
    std::string fault;
    std::map<std::string, int> elements;
    std::set<std::string> attributes;
    std::string text;
};

void begin(GMarkupParseContext*, const gchar* element, const gchar** names, const gchar**,
           gpointer reading, GError**) {
    auto& seen = *static_cast<Reading*>(reading);
    ++seen.elements[element];
    for (; *names != nullptr; ++names)
        seen.attributes.insert(*names);
}

void words(GMarkupParseContext*, const gchar* text, gsize size, gpointer reading, GError**) {
    static_cast<Reading*>(reading)->text.append(text, size).append("\n");
}

Reading read_page(const std::string& page) {
    Reading reading;
    const GMarkupParser parser{begin, nullptr, words, nullptr, nullptr};
    GMarkupParseContext* context =
        g_markup_parse_context_new(&parser, static_cast<GMarkupParseFlags>(0), &reading, nullptr);
    GError* error = nullptr;
    const bool good = g_markup_parse_context_parse(context, page.data(),
                                                   static_cast<gssize>(page.size()), &error) != 0 &&
                      g_markup_parse_context_end_parse(context, &error) != 0;
    if (!good) reading.fault = error->message;
    g_clear_error(&error);
    g_markup_parse_context_free(context);
    return reading;
}

}  // namespace

TEST(SummaryPage, is_well_formed) {
    for (const auto& summary : {sample_summary(), Summary{}}) {
        const Reading page = read_page(summary_page(summary));
        EXPECT_EQ(page.fault, "");
        EXPECT_EQ(page.elements.at("html"), 1);
        EXPECT_EQ(page.elements.at("main"), 1);
    }
    EXPECT_NE(read_page("<a><b></a>").fault, "");
}

TEST(SummaryPage, asks_for_nothing_from_elsewhere) {
    const std::string page = summary_page(sample_summary());
    for (const char* part : {"http:", "https", "//", "url(", "@import", "javascript"})
        EXPECT_FALSE(holds(page, part)) << part;
    EXPECT_TRUE(holds(page,
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                      "'none'; style-src 'unsafe-inline';"));
    const Reading reading = read_page(page);
    for (const char* element : {"script", "link", "img", "image", "use", "a", "iframe", "object"})
        EXPECT_EQ(reading.elements.count(element), 0U) << element;
    for (const char* attribute : {"src", "href", "style", "srcset", "action", "data", "onload"})
        EXPECT_EQ(reading.attributes.count(attribute), 0U) << attribute;
}

TEST(SummaryPage, shows_what_strangers_wrote_as_text) {
    const Reading page = read_page(summary_page(sample_summary()));
    EXPECT_EQ(page.elements.count("script"), 0U);
    for (const char* before : {"\n", "\nx.example"})
        EXPECT_TRUE(holds(page.text, std::string(before) +
                                         "<script>alert('x')</script>\"&\\r\\n\\x1b[31m\\xff\n"))
            << page.text;
}

// The figures of each chart stand in the table of its section.
TEST(SummaryPage, has_all_tables_of_the_text_and_charts_that_tell_their_names) {
    const Summary summary = sample_summary();
    const std::string html = summary_page(summary);
    const Reading page = read_page(html);
    const auto sections = sections_of(summary);
    EXPECT_EQ(page.elements.at("table"), static_cast<int>(sections.size()));
    for (const auto& section : sections)
        EXPECT_TRUE(holds(html, "<section id=\"" + section.name + "\"")) << section.name;
    // The trend's two, replies, acknowledgements and four rankings.
    EXPECT_EQ(page.elements.at("svg"), 8);
    EXPECT_EQ(page.elements.at("desc"), 8);
    EXPECT_TRUE(holds(html,
                      "<th scope=\"row\">recipient-unknown</th><td class=\"number\">12</td>"
                      "<td class=\"number\">3</td><td class=\"number\">+9</td>"));
    EXPECT_TRUE(holds(page.text, "recipient-unknown: 12 this period\n"));
    EXPECT_TRUE(holds(page.text, "2026-11-20: 12 recipient-unknown\n"));
    EXPECT_FALSE(holds(page.text, "all: "));
}

TEST(SummaryPage, can_be_read_in_the_dark_and_on_paper) {
    const std::string page = summary_page(sample_summary());
    EXPECT_TRUE(holds(page, "@media screen and (prefers-color-scheme: dark)"));
    EXPECT_TRUE(holds(page, "@media print"));
}

}  // namespace ndr
