#include "ndr_triage/intake/passing_on.hpp"

#include <fmt/core.h>

#include "ndr_triage/mail/marking.hpp"

namespace ndr {

namespace {

void add_what_was_filed(const Receipt& receipt, std::vector<Field>& marks) {
    const Judgement& judgement = receipt.judgement;
    marks.push_back({"X-NDR-Triage-Outcome", std::string(text(judgement.outcome))});
    if (judgement.acknowledgement)
        marks.push_back(
            {"X-NDR-Triage-Acknowledgement", std::string(text(*judgement.acknowledgement))});
    marks.push_back({"X-NDR-Triage-Form", std::string(text(judgement.form))});
    if (receipt.filing == Filing::mail_test) return;
    marks.push_back({"X-NDR-Triage-Trust", std::string(text(receipt.identity.trust))});
    if (receipt.identity.copy)
        marks.push_back(
            {"X-NDR-Triage-Complaint", fmt::format("{}", receipt.identity.copy->complaint)});
    marks.push_back({"X-NDR-Triage-Reply", fmt::format("{}", receipt.reply)});
}

}  // namespace

std::vector<Field> marks_of(const Delivered& delivered) {
    std::vector<Field> marks;
    if (delivered.receipt) add_what_was_filed(*delivered.receipt, marks);
    if (delivered.complaint)
        marks.push_back(
            {"X-NDR-Triage-Complaint", fmt::format("{}", delivered.complaint->complaint)});
    if (!delivered.held.empty())
        marks.push_back(
            {"X-NDR-Triage-Held", delivered.held.substr(delivered.held.rfind('/') + 1)});
    return marks;
}

void pass_on(const Incoming& incoming, const std::vector<Field>& marks, int fd) {
    Marking marking(marks,
                    [&](std::string_view octets) { write_all(fd, octets, "standard output"); });
    if (incoming.message.is_oversized()) {
        incoming.held->read([&](std::string_view octets) { marking.feed(octets); });
    } else {
        marking.feed(incoming.message.octets);
    }
    marking.finish();
}

}  // namespace ndr
