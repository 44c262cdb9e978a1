#include "exported_file.hpp"

#include "ndr_triage/action/block/back_end.hpp"
#include "ndr_triage/base/files.hpp"

namespace ndr {

std::string mark_of(std::string_view sign) {
    return std::string(sign) + " Written by ndr-triage; what you change is lost.\n";
}

std::optional<std::string> read_exported(const std::string& back_end, const std::string& path,
                                         std::string_view mark) {
    auto text = read_file_if_there(path);
    if (text && !text->empty() && text->compare(0, mark.size(), mark) != 0)
        throw BackEndError(back_end,
                           path + " was not written by ndr-triage: move it away, or name another");
    return text;
}

void write_exported(const std::string& back_end, const std::string& path, std::string_view mark,
                    std::string_view text) {
    if (read_exported(back_end, path, mark) != text) write_file_durably(path, text, 0644);
}

}  // namespace ndr
