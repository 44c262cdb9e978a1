// intake/judging.hpp -- many messages through parsing children, one child a core, answers in the
// order of the messages.
#pragma once

#include <functional>
#include <memory>

#include "ndr_triage/intake/parsing_child.hpp"
#include "ndr_triage/mail/sources.hpp"

namespace ndr {

// One message of a source and what was made of it. An item without octets has only its fault.
struct Examined {
    SourceItem item;
    Examination examination;
    bool is_message() const { return item.message.size > 0; }
};

// A pool of children. They, and those that take a dead one's place, come from a process forked when
// the pool is made: make it before the ledger is opened.
class JudgePool {
public:
    explicit JudgePool(const RuleSet& rules);
    ~JudgePool();
    JudgePool(const JudgePool&) = delete;
    JudgePool& operator=(const JudgePool&) = delete;

    // Gives each item of the source to `take`, in order; what `take` throws ends the work.
    void judge_all(MessageSource& source, const std::function<void(Examined&)>& take);

private:
    class Nursery;
    class Run;
    std::unique_ptr<Nursery> nursery_;
};

}  // namespace ndr
