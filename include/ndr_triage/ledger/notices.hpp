// ledger/notices.hpp -- what a notice to a postmaster needs to know, and what came of one.
//
// To be called within Ledger::read or Ledger::write.
#pragma once

#include <optional>
#include <string>

#include "ndr_triage/casework/complaint.hpp"
#include "ndr_triage/casework/notice_letter.hpp"
#include "ndr_triage/ledger/follow_ups.hpp"

namespace ndr {

// Of a follow-up that is a notice: its role mailbox that failed, and the bounce by which it did;
// who writes, where answers go and `at` are left to the caller. nullopt: the case knows no such
// bounce (any more).
struct NoticeOccasion {
    NoticeFacts facts;
    Complaint complaint;
    std::size_t position = 0;  // of the mailbox among its contacts
};
std::optional<NoticeOccasion> notice_occasion(Ledger& ledger, const FollowUpRow& notice);

// Somebody answered the notice about this contact: it is tried again, and the cases whose copies it
// did not get, for it was known dead, are to be decided again.
void note_answer(Ledger& ledger, const std::string& contact, Instant at);

}  // namespace ndr
