#include "parts.hpp"

#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

constexpr std::size_t most_text = 64 * 1024;

bool is_delivery_status(const Part& part) {
    return part.media_type == "message/delivery-status" ||
           part.media_type == "message/global-delivery-status";
}
bool is_disposition(const Part& part) {
    return part.media_type == "message/disposition-notification" ||
           part.media_type == "message/global-disposition-notification";
}
bool is_header_part(const Part& part) {
    return part.media_type == "text/rfc822-headers" ||
           part.media_type == "message/global-headers" ||
           part.media_type == "message/rfc822-headers";
}

class Finder {
public:
    explicit Finder(int depth) : depth_(depth) {}

    Roles find(const Part& body) {
        visit(body);
        if (roles_.delivery_status == nullptr && forwarded_ != nullptr)
            visit_forwarded(*forwarded_);
        return std::move(roles_);
    }

private:
    static constexpr int deepest = 4;  // messages within messages that are looked into

    void visit(const Part& part) {
        if (is_delivery_status(part)) {
            if (roles_.delivery_status == nullptr) roles_.delivery_status = &part;
            seen_machine_part_ = true;
        } else if (is_disposition(part)) {
            if (roles_.disposition == nullptr) roles_.disposition = &part;
            seen_machine_part_ = true;
        } else if (part.media_type == "message/feedback-report") {
            roles_.is_feedback_report = true;
        } else if (part.is_message() || is_header_part(part)) {
            take_returned(part);
        } else if (part.media_type == "multipart/alternative") {
            visit_alternative(part);
        } else if (part.is_multipart()) {
            take_text(part);  // a multipart without parts keeps its text
            for (const auto& child : part.parts)
                visit(child);
        } else {
            if (roles_.message_class.empty())
                roles_.message_class = ascii_lower(part.message_class);
            take_text(part);
        }
    }

    static int worth(const Part& alternative) {
        if (trimmed(alternative.text).empty()) return 0;
        return alternative.media_type == "text/plain" ? 2 : 1;
    }

    // One of them is enough: the plain text if it says anything.
    void visit_alternative(const Part& part) {
        const Part* best = nullptr;
        for (const auto& child : part.parts) {
            if (child.is_multipart()) visit(child);
            if (best == nullptr || worth(child) > worth(*best)) best = &child;
        }
        if (best != nullptr && !best->is_multipart()) visit(*best);
        if (best == nullptr) take_text(part);
    }

    void take_returned(const Part& part) {
        roles_.has_returned_message = true;
        if (roles_.returned == nullptr) roles_.returned = &part.header;
        if (forwarded_ == nullptr && part.is_message()) forwarded_ = &part;
    }

    void take_text(const Part& part) {
        if (part.text.empty() || roles_.has_returned_message) return;
        if (seen_machine_part_ && !roles_.text.empty()) return;
        const bool is_note = !part.message_class.empty();
        if (!part.media_type.starts_with("text/") && !part.is_multipart() && !is_note) return;
        if (roles_.text.size() >= most_text) return;
        roles_.text.append(cut(part.text, most_text - roles_.text.size())).append("\n");
    }

    // A report within a message that came inside this one: forwarded by a person or a gateway.
    void visit_forwarded(const Part& message) {
        if (message.parts.empty() || depth_ >= deepest) return;
        Roles inner = Finder(depth_ + 1).find(message.parts.front());
        if (inner.delivery_status != nullptr) roles_ = std::move(inner);
    }

    Roles roles_;
    const Part* forwarded_ = nullptr;
    bool seen_machine_part_ = false;
    int depth_;
};

}  // namespace

Roles roles_of(const Message& message) {
    return Finder(0).find(message.body);
}

}  // namespace ndr
