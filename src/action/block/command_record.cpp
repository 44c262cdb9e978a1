#include "command_record.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>

#include "ndr_triage/base/files.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace {

std::string line_of(const ActiveBlock& part) {
    return fmt::format("+ {} {} {}\n", part.prefix.text(), unix_seconds(part.ends_at), part.id);
}

}  // namespace

CommandRecord::CommandRecord(std::string path) : path_(std::move(path)) {
    std::string text = read_file_if_there(path_).value_or("");
    text.resize(text.rfind('\n') + 1);  // npos + 1 is 0
    int number = 0;
    for (const auto line : split_lines(text)) {
        ++number;
        if (!line.empty() && !read(line))
            throw BackEndError("command", fmt::format("{}:{}: no line of a record; if you remove "
                                                      "the file, every block is added again",
                                                      path_, number));
    }
}

bool CommandRecord::read(std::string_view line) {
    const auto words = split(line, ' ');
    const auto prefix = words.size() < 2 ? std::nullopt : Prefix::parse(words[1]);
    if (!prefix) return false;
    if (words[0] == "-" && words.size() == 2) {
        added_.erase(*prefix);
        return true;
    }
    if (words[0] != "+" || words.size() != 4) return false;
    const auto end = parse_number(words[2]);
    const auto id = parse_number(words[3]);
    if (!end || !id) return false;
    added_[*prefix] = {*id, *prefix, instant_of(*end)};
    return true;
}

void CommandRecord::write_added(const ActiveBlock& part) {
    append(line_of(part));
    added_[part.prefix] = part;
}

void CommandRecord::write_removed(const Prefix& prefix) {
    append("- " + prefix.text() + "\n");
    added_.erase(prefix);
}

void CommandRecord::put_in_order() const {
    std::string text;
    for (const auto& [prefix, part] : added_)
        text += line_of(part);
    write_file_durably(path_, text);
}

void CommandRecord::append(const std::string& line) const {
    const Descriptor fd(open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600));
    if (!fd) throw_io_error("write", path_, errno);
    write_all(fd.get(), line, path_);
}

}  // namespace ndr
