#include "ndr_triage/intake/retry_folders.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "ndr_triage/base/failure.hpp"
#include "ndr_triage/intake/delivery.hpp"

namespace ndr {

namespace {

// The mailbox's user may have put anything there: only a file is a message, no link or pipe.
Descriptor open_message(const std::string& path) {
    Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!fd) throw_io_error("read", path, errno);
    struct stat file {};
    if (fstat(fd.get(), &file) != 0) throw_io_error("read", path, errno);
    if (!S_ISREG(file.st_mode))
        throw IoError(ExitStatus::data_error, path + ": is no file: remove it");
    return fd;
}

void move_into(Hold& hold, const HeldMessage& message, Instant now) {
    const Descriptor fd = open_message(message.path);
    Incoming incoming = read_incoming(fd.get(), {}, hold, message.path);
    HoldReason reason = message.reason;
    reason.held_at = now;
    hold_unread(hold, incoming, reason);
    if (unlink(message.path.c_str()) != 0) throw_io_error("remove", message.path, errno);
}

std::vector<HeldMessage> waiting_in_folder(const std::string& folder) {
    auto messages = Hold(folder).list();
    for (auto& message : messages) {
        message.was_retried = false;
        message.reason = {"its caller could not hand it over: it lay in " + folder,
                          {},
                          {"", "", nobody_knows},
                          false};
    }
    return messages;
}

}  // namespace

std::vector<HeldMessage> waiting_in(const std::vector<std::string>& folders) {
    std::vector<HeldMessage> waiting;
    for (const auto& folder : folders) {
        auto messages = waiting_in_folder(folder);
        waiting.insert(waiting.end(), std::make_move_iterator(messages.begin()),
                       std::make_move_iterator(messages.end()));
    }
    return waiting;
}

std::vector<std::string> empty_into(Hold& hold, const std::vector<std::string>& folders,
                                    Instant now) {
    std::vector<std::string> faults;
    const auto attempt = [&](const auto& work) {
        try {
            work();
        } catch (const IoError& fault) {
            faults.emplace_back(fault.what());
        }
    };
    for (const auto& folder : folders) {
        attempt([&] {
            for (const auto& message : waiting_in_folder(folder))
                attempt([&] { move_into(hold, message, now); });
        });
    }
    return faults;
}

}  // namespace ndr
