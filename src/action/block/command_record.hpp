// action/block/command_record.hpp -- the prefixes that our commands have added.
//
// A journal: "+ PREFIX SECONDS ID" (the end, since 1970) or "- PREFIX" after each command, put in
// order when a run begins and when it ends. A last line without its LF was cut off by a crash.
#pragma once

#include <map>
#include <string>

#include "ndr_triage/action/block/back_end.hpp"

namespace ndr {

class CommandRecord {
public:
    // Throws BackEndError for a file that is no record, naming the line; IoError.
    explicit CommandRecord(std::string path);

    const std::map<Prefix, ActiveBlock>& added() const { return added_; }

    void write_added(const ActiveBlock& part);
    void write_removed(const Prefix& prefix);
    // Durable, one line a prefix.
    void put_in_order() const;

private:
    void append(const std::string& line) const;
    bool read(std::string_view line);

    std::string path_;
    std::map<Prefix, ActiveBlock> added_;
};

}  // namespace ndr
