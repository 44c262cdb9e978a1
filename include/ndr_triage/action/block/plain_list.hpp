// action/block/plain_list.hpp -- blocks as a file with one prefix a line, for whatever reads such.
//
//     203.0.113.0/24  # block 42, until 2026-12-23T10:00:00Z
//
// The prefixes do not overlap. The file is replaced whole, and only if it changes; whoever reads it
// must be told to read it again (a path unit). What it does with it nobody can verify from here.
#pragma once

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

class PlainList : public BackEnd {
public:
    explicit PlainList(std::string path) : path_(std::move(path)) {}

    std::string name() const override { return "list"; }
    std::string plan(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    void apply(const std::vector<ActiveBlock>& blocks, Instant now) const override;
    std::vector<std::string> verify(const std::vector<ActiveBlock>& blocks,
                                    Instant now) const override;

private:
    std::string path_;
};

}  // namespace ndr
