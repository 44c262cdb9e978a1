#include "ndr_triage/intake/delivery.hpp"

#include <fcntl.h>
#include <fmt/core.h>

#include <cerrno>

#include "envelope_token.hpp"
#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/intake/recording.hpp"
#include "ndr_triage/mail/message.hpp"

namespace ndr {

namespace {

std::string held_path(Hold& hold, Incoming& incoming, const HoldReason& reason) {
    if (!incoming.held && incoming.message.is_oversized())
        throw IoError(ExitStatus::temp_fail, incoming.held_fault);
    if (!incoming.held) {
        incoming.held = std::make_unique<HeldFile>(hold);
        incoming.held->write(incoming.message.octets);
    }
    return incoming.held->keep(reason);
}

HoldReason because(const Delivery& delivery, const std::string& reason) {
    return {reason, delivery.now, delivery.envelope, delivery.is_record};
}

Delivered hold(const Delivery& delivery, Incoming& incoming, const std::string& reason) {
    return {std::nullopt, std::nullopt,
            held_path(delivery.hold, incoming, because(delivery, reason)), reason};
}

Examination examine(const Delivery& delivery, const RawMessage& message) {
    set_up_mail(may_need_charsets(message.octets));
    ParsingChild child(delivery.rules);  // before the ledger is opened: the child must not have it
    return child.judge(message.octets);
}

bool has_record_token(const Envelope& envelope, const ReplyFacts& facts) {
    const auto found = token_of_envelope(envelope, facts);
    return found && found->token.purpose == TokenPurpose::record;
}

// Into the ledger; only a reason comes back for what is no complaint and should be one. What comes
// with a record token may also be a bounce of the letter that told us of a complaint: a reply.
Delivered file(const Delivery& delivery, const RawMessage& message, const HoldReason& how,
               Judgement judgement) {
    Ledger ledger(delivery.ledger, Ledger::Access::write);
    Delivered delivered;
    if (how.is_record || has_record_token(how.envelope, judgement.facts)) {
        const auto recorded = record_from_mail(ledger, delivery.house, message, how.envelope,
                                               judgement.facts, delivery.now);
        delivered.complaint = recorded.receipt;
        if (how.is_record || recorded.is_complaint) delivered.reason = recorded.fault;
        if (recorded.receipt || !delivered.reason.empty()) return delivered;
    }
    delivered.receipt =
        take_in(ledger, delivery.house, message, how.envelope, std::move(judgement), delivery.now);
    return delivered;
}

// True for a fault that this very message causes, so that trying again helps nobody.
bool is_poison(const Failure& failure) {
    return failure.status() == ExitStatus::software;
}

constexpr const char* too_large = "larger than max_size: judged by its beginning, kept here whole";

}  // namespace

Delivered deliver(const Delivery& delivery, Incoming& incoming) {
    if (incoming.message.size == 0) return hold(delivery, incoming, "it is empty");
    auto examination = examine(delivery, incoming.message);
    if (!examination.judgement) return hold(delivery, incoming, examination.fault);
    Delivered delivered;
    try {
        delivered = file(delivery, incoming.message, because(delivery, ""),
                         std::move(*examination.judgement));
    } catch (const Failure& failure) {
        if (!delivery.has_copy && !is_poison(failure)) throw;
        return hold(delivery, incoming, failure.what());
    }
    if (!delivered.is_taken_in()) return hold(delivery, incoming, delivered.reason);
    if (incoming.message.is_oversized()) {
        delivered.held = held_path(delivery.hold, incoming, because(delivery, too_large));
        delivered.reason = too_large;
    }
    return delivered;
}

std::string hold_unread(Hold& hold, Incoming& incoming, const HoldReason& reason) {
    return held_path(hold, incoming, reason);
}

Delivered retry(const Delivery& delivery, const HeldMessage& message, const SizeLimits& limits) {
    const auto put_aside = [&](const std::string& reason) {
        delivery.hold.give_up(message, reason);
        return Delivered{std::nullopt, std::nullopt, message.path, reason};
    };
    const Descriptor fd(open(message.path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd) throw_io_error("read", message.path, errno);
    const RawMessage raw = read_raw_message(fd.get(), limits, message.path);
    if (raw.size == 0) return put_aside("it is empty");
    auto examination = examine(delivery, raw);
    if (!examination.judgement) return put_aside(examination.fault);
    Delivered delivered = file(delivery, raw, message.reason, std::move(*examination.judgement));
    if (!delivered.is_taken_in()) return put_aside(delivered.reason);
    if (raw.is_oversized()) {
        delivery.hold.give_up(message, too_large);
        delivered.held = message.path;
        delivered.reason = too_large;
    } else {
        delivery.hold.drop(message);
    }
    return delivered;
}

}  // namespace ndr
