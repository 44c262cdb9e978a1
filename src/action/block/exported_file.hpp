// action/block/exported_file.hpp -- a file of blocks that another program reads.
//
// Its first line says that it is ours; a file that begins otherwise is not touched.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ndr_triage/action/block/differences.hpp"

namespace ndr {

// `sign` begins a comment in the format of the file.
std::string mark_of(std::string_view sign);

// What is in the file, nullopt if it is not there. Throws BackEndError for a file that is not ours,
// IoError.
std::optional<std::string> read_exported(const std::string& back_end, const std::string& path,
                                         std::string_view mark);

// Makes it hold `text`, durable and readable by all; does nothing where it does. Throws as above.
void write_exported(const std::string& back_end, const std::string& path, std::string_view mark,
                    std::string_view text);

// What a remark on a prefix says: "block 42, until 2026-12-23T10:00:00Z".
std::string note_of(const ActiveBlock& part);
// The end that such a remark at the end of `line` tells.
std::optional<Instant> end_in(std::string_view line);

// The prefixes that begin a line, each with the end that a remark on the line above tells.
std::vector<PresentBlock> noted_prefixes(std::string_view text);

}  // namespace ndr
