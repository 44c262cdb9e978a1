#include "ndr_triage/casework/complaint_tokens.hpp"

#include <fmt/core.h>

#include "ndr_triage/mail/address.hpp"

namespace ndr {

namespace {

std::string record_binding(const Complaint& complaint) {
    std::string bound =
        fmt::format("{} {}", complaint.address.text(), unix_seconds(complaint.sent_at));
    for (const auto& copy : complaint.copies)
        bound += " " + copy.contact;
    return bound;
}

}  // namespace

std::string with_extension(std::string_view address, std::string_view token) {
    return fmt::format("{}+{}@{}", local_part(address), token, domain_of(address));
}

Token copy_token(const Key& key, const Complaint& complaint, TokenPurpose purpose,
                 std::size_t position) {
    return sign(key.id, key.secret, purpose, complaint.token_number, position,
                complaint.copies.at(position).contact);
}

void sign_copies(const Key& key, std::string_view domain, Complaint& complaint) {
    for (std::size_t i = 0; i < complaint.copies.size(); ++i)
        complaint.copies[i].message_id = fmt::format(
            "{}@{}", copy_token(key, complaint, TokenPurpose::answer, i).text(), domain);
}

Token record_token(const Key& key, const Complaint& complaint) {
    return sign(key.id, key.secret, TokenPurpose::record, complaint.token_number, 0,
                record_binding(complaint));
}

bool is_record_of(const Token& token, const Key& key, const Complaint& complaint) {
    return token.purpose == TokenPurpose::record &&
           is_signed_with(token, key.secret, record_binding(complaint));
}

}  // namespace ndr
