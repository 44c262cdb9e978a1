#include "ndr_triage/mail/message.hpp"

#include <gmime/gmime.h>

#include <algorithm>

#include "bounded_fields.hpp"
#include "charset.hpp"
#include "encoded_words.hpp"
#include "gref.hpp"
#include "html.hpp"
#include "ndr_triage/base/text.hpp"
#include "tnef.hpp"

namespace ndr {

// ---- values ------------------------------------------------------------------------------------

const std::string* Header::find(std::string_view name) const {
    const auto found = std::find_if(fields_.begin(), fields_.end(),
                                    [&](const Field& f) { return ascii_iequals(f.name, name); });
    return found == fields_.end() ? nullptr : &found->value;
}

std::string_view Header::value(std::string_view name) const {
    const std::string* found = find(name);
    return found == nullptr ? std::string_view() : std::string_view(*found);
}

std::vector<std::string_view> Header::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& field : fields_) {
        if (ascii_iequals(field.name, name)) values.emplace_back(field.value);
    }
    return values;
}

bool Part::is_message() const {
    return media_type == "message/rfc822" || media_type == "message/global" ||
           media_type == "message/news" || media_type == "message/rfc2822";
}

std::string_view Part::parameter(std::string_view name) const {
    const auto found = parameters.find(std::string(name));
    return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

// ---- from GMime --------------------------------------------------------------------------------

namespace {

std::string text_of(const char* text) {
    return text == nullptr ? std::string() : std::string(text);
}

std::string decoded_field(const char* raw, std::size_t limit) {
    const GText unfolded(g_mime_utils_header_unfold(raw));
    std::string octets = text_of(unfolded.get());
    if (octets.size() > limit) octets.resize(limit);
    return std::string(trimmed(with_words_decoded(to_utf8(octets, ""))));
}

// The fields of an RFC 5322 header block start with printable characters and a colon.
bool looks_like_field(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view name = trimmed(line.substr(0, colon));
    return std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

// Blank lines in front of the header go; a text that has no header at all becomes a body.
std::string with_header(const std::string& octets) {
    const auto start = octets.find_first_not_of('\n');
    if (start == std::string::npos) return "\n" + octets;
    const std::string_view from_start = std::string_view(octets).substr(start);
    if (!looks_like_field(from_start.substr(0, from_start.find('\n')))) return "\n" + octets;
    return octets.substr(start);
}

GRef<GMimeMessage> gmime_message(const std::string& octets) {
    const auto stream =
        GRef<GMimeStream>::adopt(g_mime_stream_mem_new_with_buffer(octets.data(), octets.size()));
    const auto parser = GRef<GMimeParser>::adopt(g_mime_parser_new_with_stream(stream.get()));
    return GRef<GMimeMessage>::adopt(g_mime_parser_construct_message(parser.get(), nullptr));
}

// Copies GMime's tree into values within the limits.
class Converter {
public:
    explicit Converter(const MessageLimits& limits) : limits_(limits) {}

    Message message(std::string_view octets, int depth) {
        const auto parsed = gmime_message(
            with_bounded_fields(with_header(with_lf_line_ends(octets)), limits_.field_octets));
        if (!parsed) return {};
        return message(parsed.get(), depth);
    }

private:
    Message message(GMimeMessage* message, int depth) {
        Message result;
        result.header = header(GMIME_OBJECT(message));
        if (GMimeObject* body = g_mime_message_get_mime_part(message)) {
            result.body = part(body, depth + 1);
        }
        return result;
    }

    Header header(GMimeObject* object) {
        std::vector<Field> fields;
        add_fields(g_mime_object_get_header_list(object), fields);
        return Header(std::move(fields));
    }

    void add_fields(GMimeHeaderList* list, std::vector<Field>& fields) {
        const int count = list == nullptr ? 0 : g_mime_header_list_get_count(list);
        for (int i = 0; i < count && fields.size() < limits_.fields; ++i) {
            GMimeHeader* field = g_mime_header_list_get_header_at(list, i);
            const char* raw = g_mime_header_get_raw_value(field);
            if (raw == nullptr) continue;
            fields.push_back({utf8_only(text_of(g_mime_header_get_name(field))),
                              decoded_field(raw, limits_.field_octets)});
        }
    }

    Part part(GMimeObject* object, int depth) {
        Part result;
        describe(object, result);
        if (depth > limits_.depth || ++parts_ > limits_.parts) {
            result.is_cut = true;
        } else if (GMIME_IS_MULTIPART(object)) {
            read_multipart(GMIME_MULTIPART(object), depth, result);
        } else if (GMIME_IS_MESSAGE_PART(object)) {
            GMimeMessage* inner = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));
            if (inner != nullptr) adopt(message(inner, depth), result);
        } else if (GMIME_IS_PART(object)) {
            read_leaf(GMIME_PART(object), depth, result);
        }
        return result;
    }

    static void adopt(Message inner, Part& result) {
        result.header = std::move(inner.header);
        result.parts.push_back(std::move(inner.body));
    }

    static void describe(GMimeObject* object, Part& result) {
        GMimeContentType* type = g_mime_object_get_content_type(object);
        if (type != nullptr) {
            const GText name(g_mime_content_type_get_mime_type(type));
            if (name) result.media_type = ascii_lower(utf8_only(name.get()));
            // GMime's word for what it cannot read; RFC 2045 section 5.2 says plain text.
            const std::string raw = text_of(g_mime_object_get_header(object, "Content-Type"));
            if (result.media_type == "application/octet-stream" &&
                ascii_ifind(raw, "octet-stream") == std::string_view::npos)
                result.media_type = "text/plain";
            GMimeParamList* list = g_mime_content_type_get_parameters(type);
            const int count = std::min(g_mime_param_list_length(list), 50);
            for (int i = 0; i < count; ++i) {
                GMimeParam* parameter = g_mime_param_list_get_parameter_at(list, i);
                result.parameters[ascii_lower(text_of(g_mime_param_get_name(parameter)))] =
                    utf8_only(text_of(g_mime_param_get_value(parameter)));
            }
        }
        if (GMIME_IS_PART(object))
            result.file_name = utf8_only(text_of(g_mime_part_get_filename(GMIME_PART(object))));
        result.description = decoded_field(
            text_of(g_mime_object_get_header(object, "Content-Description")).c_str(), 200);
    }

    void read_multipart(GMimeMultipart* multipart, int depth, Part& result) {
        const int count = g_mime_multipart_get_count(multipart);
        for (int i = 0; i < count && parts_ < limits_.parts; ++i)
            result.parts.push_back(part(g_mime_multipart_get_part(multipart, i), depth + 1));
        if (result.parts.size() < static_cast<std::size_t>(count)) result.is_cut = true;
        if (count == 0) {  // no boundary in the body: what there is stands in front of it
            take_text(text_of(g_mime_multipart_get_prologue(multipart)), result);
        }
    }

    void read_leaf(GMimePart* leaf, int depth, Part& result) {
        const std::string& type = result.media_type;
        if (type == "application/ms-tnef") return take_tnef(content(leaf), result);
        if (!type.starts_with("text/") && !type.starts_with("message/")) return;
        const std::string octets = content(leaf);
        if (result.is_message()) return adopt(message(octets, depth), result);
        take_text(octets, result);
        if (type == "text/rfc822-headers" || type == "message/global-headers" ||
            type == "message/rfc822-headers") {
            result.header = message(result.text, depth).header;
        }
    }

    static std::string content(GMimePart* leaf) {
        GMimeDataWrapper* wrapper = g_mime_part_get_content(leaf);
        if (wrapper == nullptr) return {};
        const auto stream = GRef<GMimeStream>::adopt(g_mime_stream_mem_new());
        g_mime_data_wrapper_write_to_stream(wrapper, stream.get());
        const GByteArray* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
        return {reinterpret_cast<const char*>(array->data), array->len};
    }

    std::size_t room() const {
        return std::min(limits_.text_octets,
                        limits_.all_text_octets - std::min(limits_.all_text_octets, text_octets_));
    }

    void take_tnef(const std::string& octets, Part& result) {
        auto note = read_tnef(octets, room());
        if (!note) return;
        result.message_class = std::move(note->message_class);
        result.text = with_lf_line_ends(note->text);
        text_octets_ += result.text.size();
    }

    void take_text(std::string_view octets, Part& result) {
        const std::size_t room = this->room();
        std::string_view taken = octets.substr(0, room);
        result.is_cut = result.is_cut || taken.size() < octets.size();
        result.text = to_utf8(taken, result.parameter("charset"));
        if (result.media_type == "text/html") result.text = text_of_html(result.text, room);
        if (result.text.find('\r') != std::string::npos)
            result.text = with_lf_line_ends(result.text);
        text_octets_ += taken.size();
    }

    const MessageLimits& limits_;
    std::size_t parts_ = 0;
    std::size_t text_octets_ = 0;
};

}  // namespace

Message parse_message(std::string_view octets, const MessageLimits& limits) {
    return Converter(limits).message(octets, 0);
}

void set_up_mail(bool with_charsets) {
    g_mime_init();
    if (with_charsets) load_charsets();
}

}  // namespace ndr
