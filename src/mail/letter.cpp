#include "ndr_triage/mail/letter.hpp"

#include <gmime/gmime.h>

#include <algorithm>

#include "gref.hpp"
#include "ndr_triage/base/text.hpp"
#include "ndr_triage/mail/date.hpp"

namespace ndr {

namespace {

// RFC 5322 section 2.1.1: longer lines are none.
constexpr std::size_t longest_line = 998;

bool needs_encoding(const std::string& text) {
    const auto lines = split_lines(text);
    return !is_ascii(text) || std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
        return line.size() > longest_line;
    });
}

GRef<GMimeTextPart> body_of(const Letter& letter) {
    auto part = GRef<GMimeTextPart>::adopt(g_mime_text_part_new_with_subtype("plain"));
    g_mime_text_part_set_charset(part.get(), is_ascii(letter.text) ? "us-ascii" : "utf-8");
    g_mime_text_part_set_text(part.get(), letter.text.c_str());
    g_mime_part_set_content_encoding(
        GMIME_PART(part.get()), needs_encoding(letter.text) ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
                                                            : GMIME_CONTENT_ENCODING_7BIT);
    return part;
}

GRef<GMimePart> part_of(const Enclosure& enclosure) {
    const bool is_encoded = needs_encoding(enclosure.octets);
    const std::string type = is_encoded ? "application/octet-stream" : enclosure.media_type;
    const auto slash = type.find('/');
    auto part = GRef<GMimePart>::adopt(
        g_mime_part_new_with_type(type.substr(0, slash).c_str(), type.substr(slash + 1).c_str()));
    const auto stream = GRef<GMimeStream>::adopt(
        g_mime_stream_mem_new_with_buffer(enclosure.octets.data(), enclosure.octets.size()));
    const auto content = GRef<GMimeDataWrapper>::adopt(
        g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
    g_mime_part_set_content(part.get(), content.get());
    g_mime_part_set_content_encoding(
        part.get(), is_encoded ? GMIME_CONTENT_ENCODING_BASE64 : GMIME_CONTENT_ENCODING_7BIT);
    g_mime_part_set_filename(part.get(), enclosure.file_name.c_str());
    return part;
}

GRef<GMimeMultipart> with_enclosures(const Letter& letter) {
    auto all = GRef<GMimeMultipart>::adopt(g_mime_multipart_new_with_subtype("mixed"));
    g_mime_multipart_add(all.get(), GMIME_OBJECT(body_of(letter).get()));
    for (const auto& enclosure : letter.enclosures)
        g_mime_multipart_add(all.get(), GMIME_OBJECT(part_of(enclosure).get()));
    return all;
}

std::string written(GMimeMessage* message) {
    const auto stream = GRef<GMimeStream>::adopt(g_mime_stream_mem_new());
    g_mime_object_write_to_stream(GMIME_OBJECT(message), nullptr, stream.get());
    const GByteArray* octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return {reinterpret_cast<const char*>(octets->data), octets->len};
}

void set_header(const Letter& letter, GMimeMessage* message) {
    g_mime_object_set_header(GMIME_OBJECT(message), "Date", mail_date_text(letter.date).c_str(),
                             nullptr);
    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM,
                               letter.from_name.empty() ? nullptr : letter.from_name.c_str(),
                               letter.from.c_str());
    for (const auto& to : letter.to)
        g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, nullptr, to.c_str());
    if (!letter.reply_to.empty())
        g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, nullptr,
                                   letter.reply_to.c_str());
    g_mime_message_set_subject(message, letter.subject.c_str(), "utf-8");
    g_mime_message_set_message_id(message, letter.message_id.c_str());
    for (const auto& field : letter.fields)
        g_mime_object_set_header(GMIME_OBJECT(message), field.name.c_str(), field.value.c_str(),
                                 "us-ascii");
}

}  // namespace

std::string octets_of(const Letter& letter) {
    auto message = GRef<GMimeMessage>::adopt(g_mime_message_new(TRUE));
    set_header(letter, message.get());
    if (letter.enclosures.empty()) {
        g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(body_of(letter).get()));
    } else {
        g_mime_message_set_mime_part(message.get(), GMIME_OBJECT(with_enclosures(letter).get()));
    }
    return written(message.get());
}

}  // namespace ndr
