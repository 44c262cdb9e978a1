#include "ndr_triage/intake/hold.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/base/text.hpp"

namespace ndr {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

// Unique as a Maildir name is: time, process, a count; no host, for the hold is of this host alone.
std::string unique_name() {
    static std::atomic<int> count{0};
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    return fmt::format("{}.M{:06}P{}Q{}", micros / 1000000, micros % 1000000, getpid(), ++count);
}

std::string info_path(const std::string& directory, const std::string& name) {
    return directory + "/info/" + name + ".json";
}

void write_info(const std::string& directory, const std::string& name, const HoldReason& reason) {
    const Json json{{"reason", reason.reason},
                    {"held_at", iso_text(reason.held_at)},
                    {"recipient", reason.envelope.recipient},
                    {"sender", reason.envelope.sender},
                    {"client", reason.envelope.client ? Json(*reason.envelope.client) : Json()},
                    {"record", reason.is_record}};
    write_file_durably(info_path(directory, name),
                       json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

// A damaged note costs the reason, never the message.
HoldReason read_info(const std::string& directory, const std::string& name) {
    HoldReason reason;
    const auto octets = read_file_if_there(info_path(directory, name));
    const Json json = Json::parse(octets.value_or(""), nullptr, false);
    const auto word = [&](const char* key) {
        const bool there = json.is_object() && json.contains(key) && json[key].is_string();
        return there ? json[key].get<std::string>() : std::string();
    };
    reason.reason = json.is_object() ? word("reason") : "unknown: its note is missing";
    reason.held_at = parse_instant(word("held_at")).value_or(Instant{});
    reason.envelope = {word("recipient"), word("sender"), std::nullopt};
    if (json.is_object() && json.contains("client") && json["client"].is_string())
        reason.envelope.client = word("client");
    reason.is_record = json.is_object() && json.contains("record") && json["record"] == true;
    return reason;
}

void move(const std::string& from, const std::string& to) {
    if (rename(from.c_str(), to.c_str()) != 0) throw_io_error("create", to, errno);
    sync_directory(directory_of(to));
}

void remove(const std::string& path) {
    if (unlink(path.c_str()) != 0 && errno != ENOENT) throw_io_error("remove", path, errno);
}

}  // namespace

std::vector<HeldMessage> Hold::list() const {
    std::vector<HeldMessage> found;
    for (const char* folder : {"new", "cur"}) {
        std::error_code error;
        fs::directory_iterator entries(fs::path(directory_) / folder, error);
        if (error == std::errc::no_such_file_or_directory) continue;
        if (error) throw_io_error("read", directory_ + "/" + folder, error.value());
        for (const auto& entry : entries) {
            HeldMessage message;
            message.name = entry.path().filename().string();
            message.path = entry.path().string();
            message.was_retried = std::string_view(folder) == "cur";
            message.size = entry.file_size(error);
            message.reason = read_info(directory_, message.name);
            if (!message.name.starts_with('.')) found.push_back(std::move(message));
        }
    }
    std::sort(found.begin(), found.end(),
              [](const HeldMessage& a, const HeldMessage& b) { return a.name < b.name; });
    return found;
}

std::optional<HeldMessage> Hold::find(std::string_view name_or_number) const {
    auto held = list();
    const auto number = parse_number(name_or_number);
    if (number && *number >= 1 && static_cast<std::size_t>(*number) <= held.size())
        return std::move(held[static_cast<std::size_t>(*number) - 1]);
    const auto named = std::find_if(held.begin(), held.end(), [&](const HeldMessage& message) {
        return message.name == name_or_number;
    });
    if (named == held.end()) return std::nullopt;
    return std::move(*named);
}

void Hold::drop(const HeldMessage& message) {
    remove(message.path);
    sync_directory(directory_of(message.path));
    remove(info_path(directory_, message.name));
}

void Hold::give_up(const HeldMessage& message, const std::string& reason) {
    HoldReason again = message.reason;
    again.reason = reason;
    write_info(directory_, message.name, again);
    if (!message.was_retried) move(message.path, directory_ + "/cur/" + message.name);
}

HeldFile::HeldFile(Hold& hold) : directory_(hold.directory()), name_(unique_name()) {
    for (const char* folder : {"/tmp", "/new", "/cur", "/info"})
        make_directories(directory_ + folder);
    const std::string path = directory_ + "/tmp/" + name_;
    fd_ = Descriptor(open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!fd_) throw_io_error("create", path, errno);
}

HeldFile::~HeldFile() {
    if (!is_kept_) unlink((directory_ + "/tmp/" + name_).c_str());
}

void HeldFile::write(std::string_view octets) {
    write_all(fd_.get(), octets, directory_ + "/tmp/" + name_);
}

void HeldFile::read(const std::function<void(std::string_view)>& take) const {
    std::array<char, 64 * 1024> buffer{};
    off_t at = 0;
    for (;;) {
        const ssize_t got = pread(fd_.get(), buffer.data(), buffer.size(), at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw_io_error("read", directory_ + "/tmp/" + name_, errno);
        if (got == 0) return;
        take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
        at += got;
    }
}

std::string HeldFile::keep(const HoldReason& reason) {
    std::string path = directory_ + "/new/" + name_;
    if (fsync(fd_.get()) != 0) throw_io_error("write", path, errno);
    write_info(directory_, name_, reason);
    move(directory_ + "/tmp/" + name_, path);
    is_kept_ = true;
    return path;
}

}  // namespace ndr
