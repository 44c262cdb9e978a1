// intake/nursery.hpp -- a process without secrets that forks parsing children on demand.
#pragma once

#include "ndr_triage/intake/judging.hpp"

namespace ndr {

class JudgePool::Nursery {
public:
    explicit Nursery(const RuleSet& rules);  // forks the nursery
    ParsingChild child();                    // throws IoError if it gives none

private:
    Descriptor socket_;
};

}  // namespace ndr
